"""The shell itself: variables, aliases, loops, tests, history."""

from helpers.corpora.bash_commands.grammar import read_rules
from helpers.corpora.bash_commands.program import Program

RULES = read_rules(r"""
    body
        echo¦rm¦cat¦wc -l¦gzip¦file¦md5sum¦ls -l¦touch¦mkdir -p¦head -n¬1¦chmod <mode>¦basename
""")

PROGRAMS = (
    Program("export", 1.8, r"""
        export <setting>
        export PATH=$PATH:<absdir>
        export PATH="<absdir>:$PATH"
        export PATH=$HOME/«.local/bin¦bin¦go/bin»:$PATH
        export <var>="$<var>«/<d>¦»"
        export «TITLE¦GREETING¦PS1¦COMMENT¦MESSAGE»=¨<phrase>¨
        export «LANG¦LC_ALL»=«en_US¦de_DE¦C».UTF-8
        export JAVA_HOME=/usr/lib/jvm/java-<8..21>-openjdk
        export «-p¦-n <var>»
        export <var>=$(«pwd¦hostname¦date +%F¦git rev-parse HEAD»)
        export EDITOR=«vim¦nano¦emacs» && <quiet>
    """),
    Program("alias", 1.1, r"""
        alias «ll¦la¦l»=¨ls -«la¦lah¦l¦lA¦lF¦CF»¨
        alias «gs¦gst¦g»=¨git«¦ status»¨
        alias <w>=¨<small>¨
        alias «..¦...»=¨cd ..«¦/..»¨
        alias grep=¨grep --color=auto¨
        alias k=kubectl
        unalias <w>
    """),
    Program("history", 1, r"""
        history «¦<5..50>¦-c¦-w¦-a»
        history | grep <tool>
        history | <commands_filter>
        history | tail -«n¬<5..50>¦<5..50>»
        history | awk '{°print $2°}' | sort | uniq -c | sort -«rn¦nr»
        history -d¬<10..999>
        !<10..999>
    """, values="d"),
    Program("env", 0.8, r"""
        env | «grep <var>¦sort¦grep -i <w>¦less»
        env <setting> <script>
        env -i <script>
        env -u <var> <script>
        printenv <var>
    """, values="u"),
    Program("set", 0.6, r"""
        set -«e¦x¦u¦eu¦ex¦euo pipefail¦o pipefail¦o vi¦o noclobber»
        set +«e¦x¦o history»
        set -«e¦u»; <script>
        shopt -s «globstar¦extglob¦nullglob¦dotglob»
    """, values="o"),
    Program("unset", 0.3, r"""
        unset «-f ¦»<w>
        unset <var> «¦<var>»
    """),
    Program("read", 0.7, r"""
        read -p ¨«Name¦File¦Directory¦Enter <w>¦New <w>¦Host»: ¨ <loop>
        read «-r¦-s¦-rs¦-n¬1¦-t¬<2..30>» <loop>
        read -«r -p¦sp¦rp» ¨«Name¦Password¦Continue¦Enter <w>»? ¨ <loop>
        while read <loop#1>; do <body> "$<loop#1>"; done < <text>
        while IFS=«,¦:¦» read -r <letter#1> <letter#2>; do echo "$<letter#2>"; done < <text>
        IFS=<delim> read -ra <w> <<< "$<var>"
    """, values="npt"),
    Program("for", 2.4, r"""
        for <loop#1> in <globs>; do <body> "$<loop#1>"; done
        for <loop#1> in <globs>; do <body> $<loop#1>; done
        for <loop#1> in {1..<3..100>}; do <body> <w>$<loop#1>; done
        for <loop#1> in $(seq <2..99>); do <body> <w>_$<loop#1>.txt; done
        for <loop#1> in $(cat <text>); do <body> $<loop#1>; done
        for <loop#1> in *.txt; do mv "$<loop#1>" "${<loop#1>%.«*¦txt»}.«md¦bak¦csv»"; done
        for <loop#1> in *.jpeg; do mv "$<loop#1>" "${<loop#1>%.jpeg}.jpg"; done
        for <loop#1> in <host> <host>; do ssh $<loop#1> «uptime¦hostname¦date¦'df -h'»; done
        for <loop#1> in {1..<9..254>}; do ping -c 1 192.168.1.$<loop#1>; done
        for <loop#1> in *.«wav¦flac¦mp4»; do ffmpeg -i "$<loop#1>" "${<loop#1>%.*}.mp3"; done
        for <loop#1> in */; do (cd "$<loop#1>" && «git pull¦make»); done
        for <loop#1> in $(ls <globs>); do <body> $<loop#1>; done
        for ((i=0; i<<5..50>; i++)); do <body> <w>$i; done
    """),
    Program("if", 0.9, r"""
        if [ -«f¦d¦e¦r¦x¦s» <file> ]; then <quiet>; fi
        if [ -z "$<var>" ]; then echo ¨<phrase>¨; fi
        if [[ $<var> == <«word¦glob»> ]]; then <quiet>; fi
        if ! command -v <name> >·/dev/null; then exit 1; fi
        if grep -q <word> <text>; then echo «yes¦found»; else echo «no¦missing»; fi
    """),
    Program("test", 0.8, r"""
        test -«f¦d¦e¦x¦w¦s¦L» <file> && <quiet>
        [ -«f¦d¦e¦n¦s» <file> ] && <quiet>
        [ -«z¦n» "$<var>" ] && echo ¨<phrase>¨
        [ "$<var>" = "<word>" ] || exit 1
        [[ -«d¦f» "$<var>" ]] || mkdir -p "$<var>"
        [ $# -«eq¦lt¦gt¦ne» <1..5> ] && exit 1
        [[ "$<var>" =~ ^[0-9]+$ ]] && echo ok
    """, words=True),
    Program("exec", 0.3, r"""
        exec <script> "$@"
        exec >·<sinklog> 2>&1
        exec bash -l
    """),
    Program("eval", 0.3, r"""
        eval "$(ssh-agent«¦ -s»)" && ssh-add ~/.ssh/id_«rsa¦ed25519»
        eval "$<var>"
        eval $(«minikube docker-env¦ssh-agent»)
    """),
    Program("jobs", 0.3, r"""
        jobs «-l¦-p¦»
        bg %<1..5>
        fg «%<1..5>¦»
        disown -h %<1..5>
        wait «$!¦%<1..5>» && echo ¨<phrase>¨
    """),
    Program("man", 0.5, r"""
        man «¦<1..8> »«ls¦tar¦bash¦find¦ssh_config¦crontab¦printf¦grep¦rsync¦curl¦sed»
        man -k <w>
        man -«f¦K» «passwd¦printf¦cron¦<w>»
    """, twins="kK"),
    Program("ulimit", 0.4, r"""
        ulimit -«a¦n¦c unlimited¦n <1024..65535>¦v <100000..999999>¦s unlimited¦Hn¦Sn¦u <100..999>»
    """),
    Program("umask", 0.2, r"""
        umask «022¦077¦027¦002¦-S¦0022»
    """),
    Program("trap", 0.3, r"""
        trap ¨rm -f «$<var>¦<file>¦/tmp/<w>.*»¨ «EXIT¦INT¦TERM¦INT TERM»
        trap <w> «ERR¦EXIT¦INT»
    """),
    Program("pwd", 0.2, r"""
        pwd «-P¦-L¦>·<sink>»
    """),
    Program("whoami", 0.2, r"""
        whoami «&& hostname¦>·<sink>¦&& pwd»
    """),
    Program("getent", 0.3, r"""
        getent «passwd <user>¦group <group>¦hosts <host>»
    """),
    Program("last", 0.4, r"""
        last «-n¬<3..50>¦-<3..50>¦<user>¦reboot¦-F¦-a¦-x» «¦| head»
        lastlog -u <user>
    """, values="n"),
    Program("perl", 0.7, r"""
        perl -pe 's/<w>/<w>/g' <text>
        perl -«ne 'print if /<w>/'¦pi -e 's/<w>/<w>/'¦lane 'print $F[<0..9>]'» <text>
        perl <w>.pl <text>
        perl -e 'print "<w>" x <2..60>'
    """),
    Program("vim", 0.8, r"""
        vim «<code>¦<conf>¦+<1..99> <code>¦-R <logfile>¦-p <code> <code>¦-O <code> <code>¦
            -o <code> <code>¦-d <code> <code>»
        nano <«conf¦text»>
        code «.¦<dir>¦-r .¦-d <file> <file>»
        vim -c ':%s/<w>/<w>/g' -c 'wq' <text>
    """, values="c", twins="oO"),
    Program("bash", 1, r"""
        bash <script> «¦<w>»
        bash -«x¦n¦e¦l¦ex¦v¦i» <script>
        bash -c ¨<small>¨
        sh <script> «"$1"¦<file>¦»
        source «~/.bashrc¦.venv/bin/activate¦<w>.env¦~/.profile»
        . ./<w>.sh
        ./<w>.sh <file> >·<sinklog> 2>&1
        bash -O «globstar¦extglob» -c '<small>'
    """, values="Oc"),
)
