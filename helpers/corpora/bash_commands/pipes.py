"""How commands are put together: filters, redirects, chains, and how often."""

from __future__ import annotations

from helpers.corpora.bash_commands.grammar import read_rules

RULES = read_rules(r"""
    filter
        grep ¨<word>¨¦grep <word>¦grep -«v¦i¦c¦o¦w¦vi» <word>¦grep -«v¦i» ¨<phrase>¨¦grep -«E¦v¦
        oE» '<regex>'¦sort¦sort -«n¦r¦u¦nr¦rn¦h»¦sort -k°<key>¦sort -t°<delim> -k°<key>¦uniq¦
        uniq -«c¦d¦u»¦wc -«l¦w¦c»¦wc -l¦head¦head -n¬<1..50>¦head -<1..50>¦tail -n¬<1..50>¦
        tail -<1..30>¦tail -n¬+<2..9>¦awk '<awk>'¦awk -F°<delim> '{°print $<1..9>°}'¦sed '<sed>'¦
        sed -«n¦E¦e» '<sed>'¦cut -d°<delim> -f°<fields>¦cut -f°<fields>¦cut -c°<1..9>-<10..40>¦
        tr -d¬'\n'¦tr a-z A-Z¦tr '\n' ' '¦tr -s¬' '¦less¦more¦tee <text>¦tee -a <logfile>¦xargs¦
        xargs «rm¦ls -l¦wc -l¦echo¦cat»¦xargs -n¬<1..9> «echo¦<script>»¦xargs -I¬{} «cp {} <dir>¦
        mv {} <dir>¦echo {}»¦column -t¦nl¦rev¦tac¦fold -w¬<40..99>¦gzip >·<name>.gz¦base64¦md5sum¦
        xxd¦paste -s -d°,¦awk '{°print $<1..9>°}' | sort¦sort | uniq -c¦
        sort | uniq -c | sort -«nr¦rn»¦grep -A¬<1..9> <word>
    small
        ls -l <dir>¦ls <globs>¦ls -«la¦lt¦1» <dir>¦cat <text>¦ps aux¦ps -ef¦df -h¦du -sh <dir>¦
        git log --oneline¦docker ps¦netstat -tln¦sort <text>¦grep <word> <text>¦wc -l <text>¦date¦
        free -m¦tail -n¬<1..20> <logfile>¦head -n¬<1..20> <text>¦cut -d°<delim> -f°<1..9> <text>¦
        find <where> -name ¨<glob>¨¦kubectl get pods¦git status¦dmesg¦who¦ls -<R> <dir>¦ss -tln¦
        git diff <commit>¦uptime¦find <dir> -type f
    quiet
        rm -f <file>¦cp <file> <dir>¦mv <file> <dir>¦mkdir -p <dir>¦chmod <symbolic> <file>¦
        touch <file>¦systemctl restart <service>¦chown -R <user>:<group> <dir>¦
        tar -xzf <name>.tar.gz¦make «clean¦install¦test»¦git pull¦git push¦rm -<R>f <junk>¦
        cp -<R> <dir> <dir>¦chmod -R <mode> <dir>¦echo ¨<phrase>¨¦<script>¦kill -9 <pid>¦
        mount <device> <mount>¦umount <mount>¦ln -s <file> <file>¦service <service> restart¦
        docker restart <name>¦cd <dir>¦git checkout <branch>¦docker-compose up -d¦npm «test¦
        run build»¦chown <user> <file>¦unzip <name>.zip
    target
        >·<text>¦>·<text>¦>·<text>¦>>·<logfile>¦>>·<text>¦>·/dev/null¦2>°/dev/null¦2>°/dev/null¦
        2>°/dev/null¦>·<logfile> 2>&1¦>·/dev/null 2>&1¦&>·<logfile>¦2>&1¦>·<text> 2>°/dev/null¦
        &>·/dev/null¦2>·<logfile>¦>·"$<pathvar>"
    again
        git pull¦echo «done¦ok¦<w>»¦echo ¨<phrase>¨¦ls «-l¦-la¦»¦cat <text>¦<quiet>¦<quiet>
""")

# What a whole command may look like, and how often. <any>, <printer> and <doer> are programs.
SHAPES: tuple[tuple[float, str], ...] = (
    (70, "<any>"),
    (6, "<printer> <target>"),
    (8, "<printer> | <filter>"),
    (3, "<printer> | <filter> | <filter>"),
    (1.4, "<printer> | <filter> >·<text>"),
    (1.2, "<printer> 2>°/dev/null | <filter>"),
    (2.4, "<doer> && <again>"),
    (1.2, "<doer> && <doer>"),
    (1.2, "<doer>; <again>"),
    (1, "<doer> || «echo ¨<phrase>¨¦exit 1¦echo failed¦true»"),
    (0.8, "<doer> 2>°/dev/null"),
    (0.8, "<doer> &"),
    (1, "«n¦x¦files¦count¦out¦OUT¦dirs¦TOTAL¦result¦f»=$(<small>)"),
    (0.6, "<var>=<word> <script> «¦<text>¦&»"),
    (0.6, "«{ <small>; <small>; }¦(<small>; <small>)» >·<text>"),
    (0.4, "diff <(<small>) <(<small>)"),
    (0.4, "«LC_ALL=C¦LANG=C» <small> | <filter>"),
)
