"""Processes and time: what runs, since when, how to stop it and how to keep it going."""

from helpers.corpora.bash_commands.program import Program

PROGRAMS = (
    Program("ps", 3, r"""
        ps «aux¦-ef¦-e¦ax¦auxf¦-A¦-eF¦-f¦-u <user>¦axjf¦-eLf¦-U <user>¦-l¦-F»
        ps «aux¦-ef¦ax» | grep «-i ¦»<daemon>
        ps «aux¦-ef¦ax» | grep <daemon>
        ps aux --sort=-%«mem¦cpu» | head «¦-n¬<3..20>»
        ps aux | grep <daemon> | grep -v grep | awk '{°print $2°}'
        ps -«e¦A» -o pid,«cmd¦ppid,cmd¦%mem,%cpu,comm¦user,args¦etime,comm» «¦--sort=-%cpu¦| head»
        ps -p·<pid> -o «comm=¦etime¦%cpu,%mem»
        ps -«u¦U» <user> -o pid,«comm¦args»
        ps -ef | awk '$1°==°"<user>"°{°print $2°}'
        ps -C <daemon> -o pid=
        ps -L -p·<pid>
    """, values="CUopu", twins="uUfF"),
    Program("kill", 1.5, r"""
        kill <pid>
        kill -<signal> <pid>
        kill -s <signal> <pid>
        kill -«9¦15» <pid> <pid>
        kill -9 $(«pidof <daemon>¦pgrep -f <daemon>¦lsof -t -i:<port>¦lsof -ti:<port>»)
        kill -«l¦L¦0 <pid>»
        kill %<1..5>
    """, values="s", twins="lL"),
    Program("pkill", 0.9, r"""
        pkill «¦-f¦-9¦-x» <daemon>
        pkill -u <user> «¦<daemon>»
        pkill -<signal> -f <«script¦py»>
        pkill -«U¦P¦t» «<user>¦<1000..9999>» <daemon>
    """, values="PUtu", twins="uU"),
    Program("killall", 0.6, r"""
        killall «¦-9¦-i¦-q¦-w» <daemon>
        killall -«s <signal>¦u <user>¦<signal>» <daemon>
    """, values="su"),
    Program("pgrep", 0.7, r"""
        pgrep «¦-l¦-f¦-a¦-c¦-n¦-o¦-x» <daemon>
        pgrep -«u <user>¦lf¦af» <daemon>
    """, values="u"),
    Program("top", 0.6, r"""
        top «¦-b -n¬1¦-d¬<secs>¦-u <user>¦-p·<pid>¦-H¦-c»
        top -«o %MEM¦bn1¦H -p·<pid>» | head -n¬<5..30>
        top -b -n¬<1..5> >·<sinklog>
    """, values="dnopu"),
    Program("nice", 0.5, r"""
        nice -n «<1..19>¦-<1..20>» <script>
        nice -n <1..19> tar -czf <name>.tgz <dir>
        renice -n <1..19> -p <pid>
    """, values="n"),
    Program("nohup", 1.1, r"""
        nohup <script> &
        nohup <script> >·<sinklog> 2>&1 &
        nohup python «-u ¦»<py> >·<sinklog> 2>&1 &
        nohup <script> &>·/dev/null &
        nohup java -jar <name>.jar >·<sinklog> 2>·<sinklog> &
    """),
    Program("watch", 1.1, r"""
        watch -n¬<secs> '<small>'
        watch <small>
        watch -d <small>
        watch -n¬<secs> -d "<small>"
        watch -n¬<secs> «nvidia-smi¦df -h¦'docker ps'¦"ls -l <dir>"¦free -m»
        watch -t -n¬<secs> date
    """, values="dn"),
    Program("time", 0.9, r"""
        time <small>
        time «make¦<script>¦python <py>¦make -j°<2..16>»
        time -p <script>
    """),
    Program("timeout", 0.6, r"""
        timeout <1..90>«¦s¦m» <«script¦script»>
        timeout -«s KILL¦k <1..9>» <10..90> <script>
        timeout <5..60> ping <host>
    """, values="ks"),
    Program("date", 1.8, r"""
        date «¦-u¦-R¦-I¦+%s¦+%F¦+%T¦+%Y%m%d¦-Iseconds»
        date +¨%Y-%m-%d«¦ %H:%M:%S¦ %H:%M¦_%H-%M»¨
        date +%«d/%m/%Y¦H:%M¦j¦V¦a¦B¦Y-%m-%d_%H%M%S¦s%N»
        date -d ¨«yesterday¦tomorrow¦<1..30> days ago¦next friday¦<date>¦last month¦-<1..9> hours»¨
        date -d ¨«yesterday¦<date>¦<1..30> days ago»¨ +«%F¦%s¦%Y%m%d¦%A»
        date -d @<1500000000..1799999999> «¦-u»
        date -r <file> «¦+%F»
        date -u +¨%Y-%m-%dT%H:%M:%SZ¨
    """, values="Idr", twins="rR"),
    Program("cal", 0.4, r"""
        cal «¦-3¦<year>¦<1..12> <year>¦-m¦-y¦-j»
    """),
    Program("sleep", 0.6, r"""
        sleep <1..90>«¦s¦m¦h»
        sleep <1..60> && <quiet>
        sleep <1..9>«m¦h»; <script>
        while true; do <small>; sleep <1..60>; done
    """),
    Program("seq", 1, r"""
        seq <2..200>
        seq <1..9> <10..99>
        seq <1..9> <2..5> <20..99>
        seq -w <5..200>
        seq -s°«,¦' '¦+¦:¦', '» <5..30>
        seq -f¬«"%03g"¦'<w>_%02g'¦"<w>%g"» <1..9> <10..60>
        seq <5..99> | xargs -n¬<2..9>
        seq <5..99> | <numbers_filter>
        seq <10..99> -<1..5> <1..9>
    """, values="fs"),
    Program("yes", 0.5, r"""
        yes «<w>¦» | head -n¬<3..99>
        yes | «<script>¦rm -i <globs>¦sudo apt-get install <package>»
        yes ¨<phrase>¨ | head -<2..50>
    """),
    Program("uptime", 0.4, r"""
        uptime «¦-p¦-s»
        uptime | awk '{°print $<1..9>°}'
    """),
    Program("free", 0.6, r"""
        free -«m¦h¦g¦k¦b¦mt¦th¦hw»
        free -«m¦h» «-s <1..10>¦| grep Mem¦| awk '/Mem/°{°print $<2..7>°}'»
    """, values="s"),
    Program("vmstat", 0.4, r"""
        vmstat «¦-s¦-d¦-a» «<1..9>¦<1..9> <5..60>»
        iostat «-x¦-d¦-m¦-xz» <1..9> «¦<2..20>»
    """),
    Program("at", 0.15, r"""
        at now + <2..59> «minutes¦hours»
        at <clock> «¦tomorrow» -f <script>
    """, values="f"),
    Program("lsof", 1.3, r"""
        lsof -i :<port>
        lsof -i°:<port>
        lsof -«i¦u <user>¦p <pid>¦c <daemon>¦U¦N» «¦| grep <daemon>»
        lsof -i «tcp¦udp¦TCP¦tcp:<port>¦@<ip>»
        lsof -n«¦P» -i·:<port>
        lsof «+D ¦+d ¦»<dir>
        lsof -«nP¦Pn» -i°TCP «-s°TCP:LISTEN¦»
        lsof -t <«file¦logfile»>
    """, values="cipsu", twins="uUnN"),
    Program("strace", 0.7, r"""
        strace -p·<pid> «¦-f¦-c»
        strace -«f¦c¦t¦T¦ff» «-o <sinklog> ¦»<script>
        strace -«e «open¦trace=network¦openat,read»¦s <80..999>» -«f¦p <pid>» <script>
    """, values="eops", twins="tT"),
    Program("ldd", 0.3, r"""
        ldd «-v ¦»/usr/«bin¦local/bin»/<name>
        ldd <script> | grep «'not found'¦libc¦ssl»
    """),
    Program("screen", 0.8, r"""
        screen «-ls¦-r¦-x¦-d -r¦-S <name>¦-r <name>¦-x <name>¦-D -R¦-dr»
        screen -«dmS¦d -m -S» <name> <script>
        screen -S <name> -X «quit¦stuff "<w>"»
        screen -L -S <name> <script>
        screen -«D -r¦d -R¦R¦RD» <name>
    """, words=True, twins="dDrR"),
    Program("tmux", 1.1, r"""
        tmux «ls¦attach¦new¦a¦kill-server¦detach¦source ~/.tmux.conf»
        tmux new «¦-d» -s <name>
        tmux «attach¦a¦attach-session¦kill-session¦switch» -t <name>
        tmux new-session -d -s <name> '<script>'
        tmux send-keys -t <name> '<small>' «Enter¦C-m»
        tmux split-window -«h¦v»
        tmux rename-«window¦session» <name>
    """, subcommands=True),
)
