"""Looking for things: find, grep and their relatives."""

from helpers.corpora.bash_commands.grammar import read_rules
from helpers.corpora.bash_commands.program import Program

RULES = read_rules(r"""
    worker
        find .¦find .¦find .¦find <dir>¦find <dir>¦find <dir> <dir>¦find¦find "$<pathvar>"
    finder
        find <where>¦find <where>¦find <where>¦find <dir>¦find <dir> <dir>¦find¦find -L <where>¦
        find "$<pathvar>"
    depth
        ¦¦-maxdepth <1..4> ¦-mindepth <1..3> ¦-xdev ¦-depth ¦
    named
        -name ¨<glob>¨¦-name ¨<glob>¨¦-name <glob>¦-iname ¨<glob>¨¦-iname <glob>¦-name <w>.<ext>¦
        -name <mixed>¦-name \<glob>¦-name '<w>.<ext>'¦-path ¨*/<d>/*¨¦-not -name ¨<glob>¨¦
        ! -name ¨<glob>¨¦-regex '.*\.<ext>'¦-iregex '.*<w>.*'
    aged
        -mtime <days>¦-mtime <days>¦-mmin <days>¦-newer <file>¦-atime <days>¦-ctime <days>¦
        -newermt ¨<date>¨¦-mtime <days>
    owned
        -user <user>¦-perm <mode>¦-group <group>¦-perm -<mode>¦-perm -u=s¦-nouser¦
        -perm /«u+x¦g+w¦o+w¦a+x»
    big
        -size <«size¦plus»>¦-size <plus>¦-links +1¦-executable
    test
        <named>¦<named>¦<named>¦<aged>¦<big>¦<owned>¦-empty¦-inum <1000..99999>
    tests
        <test>¦<test>¦<test>¦<named> «<aged>¦<big>¦<owned>»¦<named> -o <named>¦<named> -a <aged>¦
        \( <named> -o <named> \)¦<big> <aged>¦<named> -and <big>¦<owned> -name ¨<glob>¨¦
        -not \( <named> -or <named> \)¦\( <named> -o <named> \) <aged>
    files
        -type f <tests>¦-type f <tests>¦<tests>¦-type f <named>
    dirs
        -type d -name <dname>¦-type d -name ¨<dname>¨¦-type d -empty¦-type d <aged>¦
        -type d -name '<dname>*'¦-type d -iname ¨*<dname>*¨¦-type d -perm <mode>¦-type d <owned>¦
        -type d -name .git¦-type d -not -name ¨<dname>¨¦-type d -path ¨*/<d>/*¨
    dname
        <d>¦<d>¦node_modules¦__pycache__¦<name>¦<d>_<year>¦<w>_old
    plus
        +<1..9>M¦+<1..9>00M¦+<1..9>G¦-<1..9>0k¦+<10..99>k¦<1..9>c¦0¦-<1..9>M¦+<10..60>M¦+<1..9>K
    act
        rm «-f ¦-v ¦-<R>f ¦»{}¦chmod <mode> {}¦chmod <symbolic> {}¦chown <user>:<group> {}¦
        grep -l ¨<word>¨ {}¦grep -«H¦Hn¦i¦il¦n¦c» <word> {}¦ls -«l¦lh¦ld¦la» {}¦cp {} <dir>¦
        mv {} <dir>¦sed -i '<sed>' {}¦wc -«l¦c» {}¦gzip «¦-9 »{}¦file {}¦touch {}¦echo {}¦
        basename {}¦du -«sh¦h» {}¦md5sum {}¦cat {}¦stat -c¬%s {}¦dos2unix {}¦head -n¬<1..20> {}¦
        tar -rf <name>.tar {}
    takes
        rm¦rm -f¦rm -<R>f¦ls -«l¦lh¦ld»¦grep «¦-l¦-n¦-i¦-H» <word>¦grep «-l¦-c» ¨<word>¨¦wc -l¦
        chmod <mode>¦sed -i '<sed>'¦du -ch¦md5sum¦cat¦tar -«czf¦cvzf» <name>.tar.gz¦cp -t <dir>¦
        file¦head -n¬<1..20>¦gzip¦basename -a¦mv -t <dir>¦sha256sum¦dirname¦chown <user>¦git add¦
        touch
    diract
        chmod <mode> {}¦rm -<R>f {}¦ls -«ld¦la¦l» {}¦du -«sh¦s» {}¦chown <user>:<group> {}¦
        chmod <symbolic> {}¦touch {}/.keep¦cp <file> {}¦rmdir {}¦basename {}
    dirtakes
        rm -<R>f¦du -sh¦ls -ld¦chmod <mode>¦rmdir¦rm -<R>¦chown -R <user>
""")

PROGRAMS = (
    Program("find", 32, r"""
        <finder> <depth><files>
        <finder> <depth>«<files>¦<dirs>»
        <worker> <depth><files> -«print¦delete¦ls¦print0¦print -quit¦printf '%p\n'¦printf '%s %p\n'»
        <worker> <files> -exec <act> \;
        <worker> <depth><files> -exec <act> \;
        <worker> <files> -exec <act> +
        <worker> <depth><files> -«ok¦execdir» <act> \;
        <worker> <depth><files> | xargs <takes>
        <worker> <depth><files> -print0 | xargs -0 <takes>
        <worker> <files> -print0 | xargs -0 -«n¬<1..20>¦P¬<2..8>¦r» <takes>
        <worker> <tests> | xargs -I¬{} «cp¦mv» {} <dir>
        <worker> <tests> | xargs -I¬% «cp¦mv» % <dir>
        <finder> <files> | «wc -l¦sort¦head -n¬<3..40>¦grep <w>¦grep -v <w>»
        <finder> <tests> | while read -r <loop#1>; do «echo¦ls -l¦wc -l» "$<loop#1>"; done
        <worker> <depth><dirs> -exec <diract> «\;¦+»
        <worker> <depth><dirs> «| xargs <dirtakes>¦-print0 | xargs -0 <dirtakes>¦-print¦| wc -l»
        find <where> -type «l¦s¦p» «<aged>¦<owned>»
        find <where> -type l «-name ¨<w>*¨¦-xtype l¦-ls¦! -exec test -e {} \; -print»
        find <«where¦dir»> -path ./<d> -prune -o «-type f ¦»<named> -print
        for <loop#1> in $(find <dir> <named>); do «rm¦cat¦echo¦ls -l» $<loop#1>; done
    """, words=True),
    Program("grep", 14, r"""
        grep <word> <«text¦code¦logfile»>
        grep ¨«<word>¦<phrase>»¨ <«text¦code¦logfile¦file»>
        grep -«i¦n¦v¦c¦w¦l¦o¦x¦in¦ni¦iv¦ic¦h¦H¦q¦s¦a¦F¦L¦z¦vi¦nw¦m¬1» «<word>¦¨<word>¨¦
            ¨<phrase>¨» <«text¦logfile¦globs»>
        grep -<R> «<word>¦¨<word>¨¦¨<phrase>¨» <where>
        grep -<R>«n¦i¦l¦w¦in¦nw¦il¦L¦h¦I¦nI¦c» «<word>¦¨<word>¨¦¨<phrase>¨» <«dir¦where»>
        grep -«n¦i¦l¦in»<R> ¨<word>¨ <dir>
        grep ¨<word>¨ <dir> -<R>«¦n¦i¦l»
        grep -«E¦oE¦P¦oP¦iE¦vE¦Eo¦e¦cE» '<regex>' <«text¦logfile¦code»>
        grep '<regex>' <«text¦conf»>
        grep -«A¦B¦C»¬<1..20> ¨«<word>¦<phrase>»¨ <«text¦logfile»>
        grep -i -«A¦B¦C»¬<1..9> <word> <logfile>
        grep -A¬<1..9> -B¬<1..9> ¨<word>¨ <logfile>
        grep -v -e «'^#'¦<word>» -e «'^$'¦<word>» <conf>
        grep -«v¦ve» «'^#'¦'^$'¦'^\s*#'¦'^#\|^$'» <conf>
        grep -«Ev¦vE» «'^#'¦'^(#|$)'¦'^\s*(#|$)'» <conf>
        grep -f <text> <text>
        grep -«vFf¦Fvxf¦vxFf¦wFf» <text#1> <text>
        grep -m¬<1..9> <word> <text>
        grep -<R> --include=¨<glob>¨ «<word>¦¨<phrase>¨» <where>
        grep -<R>«n¦l¦i» <word> --exclude-dir=«node_modules¦.git¦<d>» <where>
        grep --color=«auto¦always» -«n¦i» <word> <file>
        grep -«q¦s¦qs» ¨<word>¨ <file> && echo «found¦ok¦yes»
        grep -l<R> <word> <dir> | xargs sed -i 's/<word>/<word>/g'
        grep -c processor /proc/cpuinfo
        grep -o ¨<word>¨ <text> | wc -l
        grep "$<var>" <file>
        grep -«F¦w» ¨$1¨ <text>
        grep -«d¬skip¦D¬skip» <word> <globs>
        grep -«n¦i»T <word> <text>
    """, values="ABCDdefm", twins="rRiIlLhHfF"),
    Program("egrep", 1.4, r"""
        egrep «¦-i¦-v¦-n¦-o¦-c» '<regex>' <«text¦logfile»>
        egrep -«i¦v¦n» ¨<word>|<word>¨ <«text¦logfile»>
        egrep -<R>«¦n¦l» '<regex>' <dir>
    """, values="f", twins="rR"),
    Program("fgrep", 0.5, r"""
        fgrep «¦-i¦-v¦-x¦-c» <word> <text>
        fgrep -f <text> <text>
    """, values="f"),
    Program("zgrep", 0.5, r"""
        zgrep «¦-i¦-c¦-h» «<word>¦¨<phrase>¨» <logfile>.«1¦2¦3».gz
        zgrep -«c¦i» <word> <root>/*.gz
    """),
    Program("rg", 1, r"""
        rg «¦-i¦-l¦-w¦-n¦-F¦-c» «<word>¦¨<phrase>¨» «¦<dir>»
        rg -t¬«py¦js¦go¦rust¦md» <word>
        rg -T¬«py¦js¦go» <word> <dir>
        rg -«A¦B¦C»¬<1..9> <word> «¦<code>»
        rg -g¬'«!¦»<glob>' <word>
        rg --«hidden¦files¦no-ignore¦stats» <word> «¦<dir>»
    """, values="ABCTgt", twins="tTcC"),
    Program("xargs", 2.2, r"""
        xargs -a <text> <takes>
        cat <text> | xargs <takes>
        cat <text> | xargs -n¬<1..9> «<takes>¦echo»
        cat <text> | xargs -I¬{} «mkdir -p <d>/{}¦curl -O <url>/{}¦ping -c¬1 {}¦dig +short {}»
        cat <text> | xargs -I¬% «mkdir <d>/%¦cp % <dir>¦touch %.<ext>¦echo <w> %»
        ls <globs> | xargs -«n¬1¦t¦p» <takes>
        echo {1..<5..20>} | xargs -n¬1 -P¬<2..8> <script>
        xargs -P¬<2..8> -n¬<1..4> <script> < <text>
        xargs -d¬'\n' <takes> < <text>
        xargs -«L¬1¦s¬<1000..9000>» <takes> < <text>
    """, values="ILPadns", twins="pPiI"),
    Program("locate", 0.6, r"""
        locate «¦-i¦-c¦-b¦-n¬<5..20>» «<file>¦¨<glob>¨¦<name>»
        locate <w>.<ext> | «head¦grep <w>¦wc -l¦xargs ls -l»
    """, values="n"),
    Program("which", 0.6, r"""
        which «¦-a» «python3¦python¦node¦java¦gcc¦<name>¦ffmpeg¦kubectl»
    """),
    Program("whereis", 0.4, r"""
        whereis «¦-b¦-m¦-s» «python3¦gcc¦bash¦<name>¦nginx¦ls»
        whereis -«B¦M¦S» <dir> -f <name>
    """, twins="bBmM"),
    Program("type", 0.3, r"""
        type «¦-a¦-t¦-p¦-P» «ls¦cd¦python¦grep¦<name>¦ll»
    """, twins="pP"),
)
