"""How commands are put together: filters, redirects, chains, and how often."""

from __future__ import annotations

from helpers.corpora.bash_commands.grammar import read_rules

RULES = read_rules(r"""
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
        >·<sink>¦>·<sink>¦>·<sink>¦>>·<sink>¦>·<sinklog>¦2>°/dev/null¦2>°/dev/null¦>·<sink> 2>&1¦
        >>·<sinklog>¦>·<sink> 2>°/dev/null¦&>·<sinklog>¦>·"$«OUTPUT¦out¦dest¦target¦REPORT»"¦
        2>·<sinklog>
    again
        echo «done¦ok¦finished»¦echo ¨«all done¦finished¦it worked»¨¦ls «-l¦-la¦»¦date¦
        notify-send done
    slow
        <script>¦python <py>¦cp -<R> <dir> <dir>¦rsync -a <dir> <dir>¦wget -q <url>¦
        tar -czf <name>.tar.gz <dir>¦make -j°<2..16>¦<script> <text>¦npm run dev¦
        python -m http.server <port>¦ssh -N -L·<port>:localhost:<port> <login>
    chain
        cd <dir> && «make¦git pull¦ls -la¦<script>»¦mkdir -p <dir#1> && cd <dir#1>¦
        git add <code> && git commit -m ¨<message>¨¦git pull && make «¦install¦test»¦
        make «¦-j°<2..16> ¦test »&& sudo make install¦cp <conf#1> <conf#1>.bak && vim <conf#1>¦
        tar -«xzf¦xvf» <name#1>.tar.gz && cd <name#1>¦
        npm «ci¦install» && npm «test¦run build¦start»¦
        git checkout <branch> && git pull¦git fetch «-p ¦»&& git rebase origin/<branch>¦
        docker build -t <name#1> . && docker run --rm «-it ¦»<name#1>¦
        cp <text#1> <text#1>.bak && sed -i '<sed>' <text#1>¦unzip <name#1>.zip && cd <name#1>¦
        sudo systemctl daemon-reload && sudo systemctl restart <service#1>¦
        docker-compose down && docker-compose up -d¦rm -<R>f build && mkdir build && cd build¦
        gcc «-Wall ¦-g ¦»<w#1>.c -o·<w#1> && ./<w#1>¦chmod +x <w#1>.sh && ./<w#1>.sh¦
        git commit -am ¨<message>¨ && git push¦nginx -t && sudo systemctl reload nginx¦
        scp <w#1>.tar.gz <login#1>:/tmp/ && ssh <login#1> 'tar -xzf /tmp/<w#1>.tar.gz'¦
        wget <url> && ls -l«¦h»¦pip install -r requirements.txt && pytest¦git stash && git pull¦
        gzip «-9 ¦»<w#1>.log && mv <w#1>.log.gz <absdir>¦
        kubectl apply -f <w>.yaml && kubectl get pods
    setting
        DEBUG=«1¦0¦true»¦LOG_LEVEL=«debug¦info¦warn¦error»¦PORT=<port>¦APP_ENV=«dev¦test¦staging¦prod»¦
        DB_HOST=<host>¦DB_NAME=<db>¦DATA_DIR=<absdir>¦LANG=C¦TMPDIR=<absdir>¦OUTPUT=<sink>¦
        BACKUP_DIR=<absdir>¦API_KEY=<w><10..999>¦EDITOR=«vim¦nano»¦JAVA_HOME=/opt/jdk-<8..21>¦
        NODE_ENV=«production¦development»
    twofold
        diff «¦-u ¦-y »<(ls <dir>) <(ls <dir>)¦diff <(sort <text>) <(sort <text>)¦
        diff <(cut -d°<delim> -f°1 <text>) <(cut -d°<delim> -f°1 <text>)¦
        diff <(ls -<R> <dir>) <(ls -<R> <dir>)
    sorted
        ls -l¦sort <text> | uniq -c¦sort <text>¦sort -u <text>¦sort -k°<key> <text>¦date¦man <tool>¦
        comm -12 <text> <text>¦tr -cd '[:print:]' < <text>¦du -sh <dir>¦grep <word> <text>
""")

# What a whole command may look like, and how often. <any>, <printer>, <lines> and <doer> are
# forms of programs; K is the kind of what the form prints, so that only fitting filters follow.
SHAPES: tuple[tuple[float, str], ...] = (
    (70, "<any>"),
    (5.5, "<printer> <target>"),
    (9, "<lines> | <K_filter>"),
    (2.2, "<lines> | <K_keep> | <K_end>"),
    (1.6, "<lines> | <K_keep> >·<sink>"),
    (1.2, "<lines> 2>°/dev/null | <K_filter>"),
    (1.6, "<doer> && <again>"),
    (2.4, "<chain>"),
    (1.2, "<doer>; <again>"),
    (1, "<doer> || «echo «failed¦¨<phrase>¨»¦exit 1¦true»"),
    (0.8, "<doer> «2>°/dev/null¦>·/dev/null 2>&1¦&>·/dev/null»"),
    (0.8, "<slow> &"),
    (1, "«n¦x¦files¦count¦out¦OUT¦dirs¦TOTAL¦result¦f»=$(<small>)"),
    (0.6, "<setting> <script> «¦<text>¦&»"),
    (0.6, "«{ «date¦hostname¦uptime»; <small>; }¦(«date¦uptime»; <small>)» >·<sink>"),
    (0.4, "<twofold>"),
    (0.4, "«LC_ALL=C¦LANG=C» <sorted>"),
)
