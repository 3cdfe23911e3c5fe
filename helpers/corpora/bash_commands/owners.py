"""Owners, modes, names and places of files."""

from helpers.corpora.bash_commands.program import Program

PROGRAMS = (
    Program("chmod", 3, r"""
        chmod <mode> <«file¦script¦file»>
        chmod <symbolic> <«file¦script»>
        chmod -R <mode> <dir>
        chmod -R <symbolic> <dir>
        chmod <mode> <dir> -R
        chmod <symbolic> <dir> -R
        chmod «-v¦-c¦-f» <mode> <globs>
        chmod -«v¦f¦c»R <mode> <dir>
        chmod -R u=rwX,g=rX,o=«rX¦» <dir>
        chmod -R «a+rX¦u+rwX¦go-w¦o-rwx¦+X¦g+w» <dir>
        chmod --reference=<file> <file>
        chmod <mode> ~/.ssh«¦/id_rsa¦/authorized_keys¦/config¦/id_ed25519»
        chmod <symbolic> <globs>
    """),
    Program("chown", 2, r"""
        chown <user> <file>
        chown <user>:<group> <«file¦globs»>
        chown -R <user> <dir>
        chown -R <user>:<group> <dir>
        chown -«v¦h¦f»R <user>:<group> <dir>
        chown <user>:<group> <dir> -R
        chown -R $USER:$USER <dir>
        chown «-h¦-v¦-c» <user>:<group> <file>
        chown --reference=<file> <file>
        chown -R :<group> <dir>
        chown -«H¦L¦P»R <user>: <dir>
    """, twins="hH"),
    Program("chgrp", 0.8, r"""
        chgrp «¦-v¦-h» <group> <file>
        chgrp -R <group> <dir>
        chgrp <group> <dir> -«R¦vR»
    """),
    Program("basename", 0.8, r"""
        basename <file>
        basename <file> .<ext>
        basename "$<pathvar>" «¦.<ext>¦.tar.gz»
        basename -a <globs>
        basename -s¬.<ext> <globs>
        basename $PWD
    """, values="s"),
    Program("dirname", 0.5, r"""
        dirname <file>
        dirname "$<«var¦loop»>"
        dirname $0
    """),
    Program("realpath", 0.5, r"""
        realpath «¦-s¦-e¦-m» <file>
        realpath --relative-to=<dir> <file>
    """),
    Program("readlink", 0.5, r"""
        readlink «¦-f¦-e¦-m¦-n» <«file¦script»>
        readlink -f "$<pathvar>"
    """),
    Program("mktemp", 0.5, r"""
        mktemp «¦-d¦-u»
        mktemp «¦-d» -t <tmpname>
        mktemp -p <dir> <tmpname>
        mktemp --suffix=.<ext>
    """, values="p"),
    Program("truncate", 0.5, r"""
        truncate -s¬«0¦<size>¦+<size>» <file>
        truncate --size=<size> <file>
    """, values="s"),
    Program("cd", 1.6, r"""
        cd <«dir¦root¦absdir»>
        cd «..¦../..¦-¦~¦$HOME¦../<d>¦../../<d>»
        cd "$<pathvar>"«¦/<d>»
        cd <dir> && ls «¦-la¦-l¦-a¦-R»
        cd <dir> && «make¦git pull¦pwd¦git status»
        cd "$(dirname "$0")"
        cd $(git rev-parse --show-toplevel)
    """),
    Program("pushd", 0.4, r"""
        pushd <dir>
        pushd <dir> «&& make¦>·/dev/null¦&& git pull» && popd
    """),
    Program("rename", 0.8, r"""
        rename 's/<w>/<w>/' <globs>
        rename «-n¦-v¦-f» 's/\.<ext>$/.<ext>/' <globs>
        rename 'y/A-Z/a-z/' <globs>
        rename 's/ /_/g' <globs>
        rename .<ext> .<ext> <globs>
    """),
    Program("install", 0.4, r"""
        install -m <mode> <name#1> /usr/local/bin/<name#1>
        install -d -o <user> -g <group> <absdir>
        install -D <file> <file>
    """, values="gmo", twins="dD"),
)
