"""Files and folders: listing, copying, linking, owning."""

from helpers.corpora.bash_commands.program import Program

PROGRAMS = (
    Program("ls", 5, r"""
        ls «¦-l¦-la¦-lh¦-lah¦-a¦-1¦-A¦-lS¦-ltr¦-lt¦-alh¦-t¦-F¦-R» «¦<dir>¦<dir>¦<globs>¦<where>»
        ls -«lS¦lSr¦lSh¦lhS¦S¦ltr¦rt¦lrt¦1t¦1S¦lR¦lhR¦1R¦ld¦li¦Z» <dir>
        ls -d «*/¦.*/¦<root>/*/¦<d>/*/»
        ls --«color=auto¦sort=size¦full-time¦group-directories-first» «¦-l¦-la» <dir>
        ls «-l¦-1» <dir> «-S¦-r¦-t¦-R¦-h»
        ls -I°"<glob>" <dir>
        ls «-lh¦-l» <file> <file>
    """, values="I", twins="rR"),
    Program("cp", 4, r"""
        cp <file> <dir>
        cp <file#1> <file#1>.«bak¦orig¦old¦bak»
        cp -<R> <dir> <dir>
        cp -<R>«v¦p¦f¦u¦n» <dir> <dir>
        cp -«a¦av¦v¦i¦p¦u¦n¦l¦s¦f» <«file¦dir¦globs»> <dir>
        cp <file#1>{,.«bak¦orig¦old»}
        cp «¦-v¦-i¦-p» <globs> <dir>
        cp <dir>/{<w>,<w>}.<ext> <dir>
        cp -«P¦L¦H»<R> <dir> <dir>
        cp <dir> <dir> -<R>
        cp --«parents¦no-clobber¦preserve=all¦backup=numbered» <file> <dir>
        cp -t <dir> <file> <file>
        cp "$<pathvar>" <dir>
        cp <file> "$<pathvar>/<d>"
    """, values="t", twins="rRpPlL"),
    Program("mv", 3, r"""
        mv <file> <dir>
        mv <file> <file>
        mv <name#1> <name#1>_old
        mv «-i¦-v¦-n¦-f¦-u» <file> <dir>
        mv «¦-v¦-n» <globs> <dir>
        mv <file#1>{,.«bak¦old»}
        mv <w#1>.«jpeg¦htm¦txt» <w#1>.«jpg¦html¦md»
        mv <stem#1>.{txt,md}
        mv "$<loop#1>" "${<loop#1>%.<ext>}.<ext>"
        mv -t <dir> <globs>
        mv <letter#1> <letter#1>.<ext>
        mv ¨<w> <w>.<ext>¨ <w>_<w>.<ext>
    """, values="t"),
    Program("rm", 3, r"""
        rm <file>
        rm -«f¦i¦v» <file>
        rm -«f¦<R>f¦f¦v¦i» <glob>
        rm -<R>«f¦¦f¦v» <junk>
        rm -f<R> <junk> <junk>
        rm -f <file> <file>
        rm -<R> ./<name> «<name>¦<d>»
        rm <junk> -<R>«f¦»
        rm -- -<w>.txt
        rm -«I¦d¦iv» <junk>
        rm -f "$<pathvar>"«¦/*.tmp¦/<w>.<ext>»
        rm <w>_{1..<3..20>}.<ext>
    """, twins="rRiI"),
    Program("mkdir", 2, r"""
        mkdir <dir>
        mkdir -p <dir>
        mkdir -pv <dir>
        mkdir -p <name#1>/{<d>,<d>«¦,<d>»}
        mkdir -m¬<mode> <dir>
        mkdir -p -m¬<mode> <absdir>
        mkdir -p "$<pathvar>/<d>"
        mkdir «¦-p » <letter> <letter>
        mkdir -p <dir#1> && cd <dir#1>
        mkdir <name#1>; cd <name#1>
        mkdir -p <d>/$(date +«%Y¦%F¦%Y-%m-%d¦%m»)
        mkdir <w>{1..<3..12>}
    """, values="m"),
    Program("rmdir", 0.6, r"""
        rmdir «¦-p¦-v¦--ignore-fail-on-non-empty» <dir>
        rmdir <d> <d>
    """),
    Program("ln", 1.4, r"""
        ln -s <file> <file>
        ln -«sf¦sfn¦snf¦fs¦sv¦sr» <«file¦absdir¦script»> <«dir¦file»>
        ln <file> <file>
        ln -s <root>/<name#1> /usr/local/bin/<name#1>
        ln -s ../<d>/<w#1>.<ext> <w#1>
        ln -sf ~/dotfiles/«vimrc¦zshrc¦tmux.conf» ~/.«vimrc¦zshrc¦tmux.conf»
        ln -«t <dir> -s¦s -t <dir>» <file>
        ln -«P¦L¦n¦S¬.bak -b» <file> <file>
    """, values="St", twins="sS"),
    Program("touch", 1.2, r"""
        touch <file>
        touch <file> <file> «¦<file>»
        touch -d ¨«<date>¦yesterday¦2 days ago¦last monday¦<date> <clock>»¨ <file>
        touch -t <year><mm><dd>1200 <file>
        touch -r <file> <file>
        touch -«a¦m¦c» <file>
        touch <w>{1..<3..30>}.<ext>
        touch "$<pathvar>"/<w>.<ext>
        touch {<letter>,<letter>,<letter>}.<ext>
        touch <d>/{<w>,<w>,<w>}.<ext>
    """, values="drt"),
    Program("stat", 1, r"""
        stat <file>
        stat -c¬«%s¦%a¦%U¦%y¦%Y¦%n¦%h» <file>
        stat -c¬'«%a %n¦%U:%G %n¦%s %n¦%y %n¦%A %n»' <globs>
        stat -f «¦-c¬%T» <dir>
        stat --«format¦printf»=«%s¦%a¦%Y» <file>
        stat -L -c¬«%s¦%a» <file>
        stat -f¬%z <file>
    """, values="cf", bsd="f"),
    Program("file", 0.8, r"""
        file <«file¦globs»>
        file -«b¦i¦bi¦s¦z¦L¦k» <file>
        file --mime-type <file>
        file -«f¦F¬: -i» <text>
    """, values="Ff", twins="fF"),
    Program("du", 2, r"""
        du -«sh¦hs¦sk¦sm¦h¦s¦c¦ch¦a¦ah¦S¦Sh¦shx¦b¦sb¦m» <«dir¦globs¦dir¦where»>
        du -h -d¬<1..3> <where>
        du -h --max-depth=<1..3> <where>
        du -sh «*¦*/¦.[!.]*¦<root>/*»
        du -«a¦ah¦k» <where> | sort -«nr¦rn» | head -n¬<5..30>
        du -«sh¦h» «* ¦<dir> »| sort -«h¦rh¦hr»
        du -sh --exclude=¨<glob>¨ <dir>
        du -sk <dir> | cut -f°1
        du -«D¦L¦x¦l» -«s¦S»h <dir>
        du -c -h -«t <size>¦X°<text>» <dir>
    """, values="Xdt", twins="sSdDlLxX"),
    Program("df", 1.6, r"""
        df «¦-h¦-H¦-T¦-hT¦-k¦-i¦-a¦-m¦-l¦-ih¦-iH¦-TH¦-aT¦-P» «¦<root>¦<mount>¦<device>¦.»
        df -h -t¬«ext4¦xfs¦nfs¦tmpfs»
        df -«h¦H» -x¬«tmpfs¦squashfs¦devtmpfs»
        df --output=«source¦target¦pcent¦size,used¦avail» «¦<mount>»
        df -«P¦Pk¦h¦H» <mount> | tail -n¬1 | awk '{°print $<4..5>°}'
    """, values="tx", twins="hHtT"),
    Program("tree", 0.8, r"""
        tree «¦-a¦-d¦-h¦-s¦-D¦-p¦-f¦-C¦-F» <dir>
        tree -L <1..4> «¦-d¦-a» «¦<dir>»
        tree -«I¦P» ¨«<glob>¦node_modules|<d>¦<d>|<d>¦*.<ext>¦__pycache__»¨ «¦<dir>»
        tree -«af¦dh¦fi¦pug¦hD» -L <1..4> <dir>
    """, twins="pPdDfF"),
)
