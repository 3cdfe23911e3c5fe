"""What commands print, by kind: lines of paths, a table of processes, log lines, one number.

`PRINTS` is a table of patterns: the first that fits the start of a form says what the form
prints. `filters` has, for each kind of lines, the programs that make sense after it.
"""

from __future__ import annotations

import re

from helpers.corpora.bash_commands.grammar import read_rules

NOTHING = "nothing"  # the command does something, and something else may come after it
SCREEN = "screen"  # it fills the terminal, or lasts, or is the shell's own: nothing may follow
COMPOUND = re.compile(r" \| |[<>][·°&]|<<|<\(|2>&1|&$| && | \|\| |; | < ")

PRINTS: dict[str, str] = read_rules(r"""
    nothing
        find .*-(exec|execdir|ok|delete|print0|quit)¦git (grep -\w*[lL]|branch -\w* |stash .)¦
        tar .*-?[cr]¦sort .*-o¦sed .*-(i|ri|Ei)¦iconv .* -o ¦uniq <text> <text>¦
        yq -i¦grep -\w*q¦ruff¦rsync¦ip (addr|link|route) (add|del|set)¦ifconfig .*(up|down|mtu)¦
        xxd -r¦base64 .*-o¦curl .*-(\w*O|o|T|F|d|X|c|D) ?¦pdftotext¦pip (install|uninstall|down)¦
        rpm -(i|U|e)¦dpkg -[irP]
    screen
        (vim|nano|code|less|man|top|screen|tmux|telnet|gdb|sftp|watch|su|read|fg|bg|disown)\b¦
        (jobs|wait|unset|unalias|alias|shopt|set|trap|exec|eval|umask|ulimit|nohup|exit|at)\b¦
        (if|for|while|yes|passwd|nc|tcpdump|strace|time|timeout|nice|renice|printf|bc|mktemp)\b¦
        (history -|!|fdisk|parted|psql|mysql|mongosh|perl|vmstat|iostat|export|env|printenv)[^|]*$¦
        tail .*-(<10..500>)?\w*[fF]\b¦journalctl --(disk|list)¦dmesg -(n|C)¦
        journalctl (.*-\w*f\b|-xe|--vacuum)¦ssh(-keygen)? ¦ping <host>$¦
        docker (run -\w*i|exec|logs .*-f|login|stats|top|compose (logs|exec))¦yum¦brew¦helm¦
        docker-compose (exec|run|logs)¦kubectl (logs -f|exec|edit|port-f|-n|.* -w\b)¦
        sudo¦crontab -[er]¦python3? (-[ium]|.*manage)¦node¦npm (start|run dev|audit|outd|ls|run$)¦
        (npx|yarn (start|dev)|valgrind|redis-cli .*monitor|sqlite3 <w>.db$|dmesg -\w*[wc])¦
        ping¦terraform (plan|show|output|state)¦vagrant ssh¦gcloud¦aws|ansible
    one
        find .*-(ls|printf)¦(head|tail) -c¬(?!.*<size>)¦du .*-\w*s\w* (<dir>|--excl)¦seq -s¦
        diff (-\w*[qs]|--brief)¦find .*-type [sp]¦locate .*-c¦iconv -l¦ip route get¦wc¦date¦uptime¦
        uname¦hostname¦whoami¦pwd¦stat¦which¦type¦whereis¦basename¦dirname¦realpath¦
        readlink¦id ¦id$¦groups¦md5sum¦sha\d+sum¦cksum¦expr¦echo¦file ¦identify¦git rev-parse¦cal¦
        (e|f|z)?grep .*-\w*c¦free¦getent¦ldd¦sqlite3 .*count¦git (config|stash)¦redis-cli¦
        jq .*length¦pgrep -c¦git remote¦docker (inspect|port|volume|network)¦traceroute
    pids
        lsof -\w*t¦pgrep (-[fnoxu]\b.*)?[^-]*$¦ps .*pid=
    sockets
        netstat¦ss ¦lsof .*-\w*i
    processes
        ps ¦pgrep -\w*[laf]¦lsof
    packages
        apt list¦dpkg -l¦rpm -qa¦pip (list|freeze)¦conda list
    listing
        ls .*-\w*l¦ls --full
    dirs
        find .*-type d¦ls -\w*d¦tree -\w*d
    found
        find
    paths
        ls\b¦locate¦(git |rg |e)?grep -\w*l\w* ¦rg -l¦git ls-files$¦git diff .*--name-only¦tree -fi
    disks
        df¦mount (-l)?$¦lsblk
    sizes
        du
    units
        (docker|podman) (ps|images)$¦docker ps -[als]$¦systemctl list¦
        kubectl get <?\w*>?( -n <\w*>)?$¦
        kubectl (get|top) pods¦docker-compose ps$
    users
        who¦last¦cut -d°: .*/etc/passwd
    commits
        git log (<\w*>|--oneline|-<\S*)¦git (branch|tag)$
    diffs
        git (diff|show(?! <commit>:)|log.* -p)¦svn diff¦diff
    source
        git (blame|grep|log|show)¦cat .*<(code|conf)>$¦nl¦tree¦svn log¦strings¦kubectl describe¦
        systemctl cat
    log
        (cat|head|tail|tac|less|zcat) [^|]*<logfile>$¦journalctl¦dmesg¦(docker|podman|kubectl) logs
    matches
        (e|f|z)?grep¦rg
    addresses
        dig¦host¦nslookup¦nmap
    interfaces
        ip ¦ifconfig
    numbers
        seq¦shuf -i
    dump
        pg_dump¦mysqldump¦tar -cf -¦sqlite3 .*dump¦gpg -d¦cat <file>$¦head -c¬\S*<size>
    octets
        od¦hexdump¦xxd
    encoded
        base64¦openssl rand
    json
        curl (-\w*s\w* )<url>¦jq¦yq¦aws .*describe¦kubectl get .*-o json
    text
        cat¦head¦tail¦tac¦rev¦sort¦uniq¦cut¦tr ¦sed¦awk¦comm¦join¦paste¦fold¦column¦expand¦unexpand¦
        shuf¦iconv
""")
_PATTERNS = tuple((k, re.compile(p)) for k, rule in PRINTS.items() for p in rule.split("¦"))


def printed(form: str) -> str:
    """Name the kind of what a form prints.

    >>> printed("find <where> -type f"), printed("wc -l <text>"), printed("cp <file> <dir>")
    ('found', 'one', 'nothing')
    """
    return next((kind for kind, pattern in _PATTERNS if pattern.match(form)), NOTHING)
