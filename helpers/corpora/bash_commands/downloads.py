"""Downloads and certificates."""

from helpers.corpora.bash_commands.program import Program

PROGRAMS = (
    Program("curl", 5, r"""
        curl <url>
        curl -«s¦I¦i¦L¦v¦O¦k¦sL¦sS¦LO¦fsSL¦sI¦S¦f¦g¦4» <url>
        curl -o <sink> <url>
        curl -«L¦s¦k¦sL» -o <sink> <url>
        curl <url> -o <sink>
        curl -X·«POST¦PUT¦DELETE¦PATCH¦GET» <url>
        curl -X·«POST¦PUT» -d·'{"<column>":·"<word>"}' <url>
        curl -X·POST -H "Content-Type: application/json" -d·@<w>.json <url>
        curl -d·«"<w>=<word>&<w>=<word>"¦@<file>¦'<w>=<1..99>'» <url>
        curl -H "«Accept: application/json¦Authorization: Bearer $TOKEN¦Host: <domain>¦
            X-API-Key: $API_KEY»" <url>
        curl -u <user>:$PASSWORD <url>
        curl -F "file=@<file>" <url>
        curl -«s¦sL» <url> | <json_filter>
        curl -s <url> | jq «.¦-r ».<column>
        curl -sSL <url> | «bash¦sudo bash¦sh -s»
        curl -w "%{http_code}" -o /dev/null -s <url>
        curl -«x http://<host>:<port>¦A "Mozilla/5.0"¦b <text>¦c <text>¦D <text>¦T <file>¦
            e <url>» <url>
        curl --«compressed¦head¦silent¦fail¦insecure» <url>
        curl -m <2..60> -s <url> >·/dev/null
        curl -C - -O <url>
        curl -u <user> -k <url>
    """, values="ACDFHTXbcdemouwx", twins="oOiIlLxXdD"),
    Program("wget", 3, r"""
        wget <url>
        wget -«q¦c¦r¦N¦nc¦b¦S¦m¦np» <url>
        wget -O <sink> <url>
        wget -q -O·- <url>
        wget -qO- <url> | «bash¦tar xz¦<json_filter>»
        wget -P <dir> <url>
        wget -o <sinklog> <url>
        wget -r -«np¦nc¦nH¦l <1..5>¦A <ext>¦k» <url>
        wget -i <text>
        wget --«no-check-certificate¦mirror¦spider¦limit-rate=<size>» <url>
        wget -«m¦r» -«p¦k¦np» -P <dir> <url>
        wget --user=<user> --password="$<var>" <url>
        wget -t <1..20> -T <5..60> <url>
        wget -c <url> -O <sink>
    """, values="AOPTailot", twins="oOpPnN"),
    Program("openssl", 1.4, r"""
        openssl req -new -key <name#1>.key -out <name#1>.csr
        openssl req -x509 -nodes -days <30..999> -keyout <name#1>.key -out <name#1>.crt
        openssl x509 -in <name>.«crt¦pem» -«text¦noout -text¦noout -dates»
        openssl genrsa -out <name>.«key¦pem» «2048¦4096»
        openssl rand -«hex¦base64» <8..64>
        openssl s_client -connect <host>:<port>
        openssl enc -aes-256-cbc -«salt¦d» -in <file> -out <name>.enc
        openssl dgst -«sha256¦md5¦sha1» <file>
        openssl rsa -in <name#1>.pem -pubout -out <name#1>.pub
    """, words=True, subcommands=True),
)
