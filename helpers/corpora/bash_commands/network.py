"""Network: shells elsewhere, copies, downloads, addresses, ports."""

from helpers.corpora.bash_commands.grammar import read_rules
from helpers.corpora.bash_commands.program import Program

RULES = read_rules(r"""
    keyfile
        ~/.ssh/id_rsa¦~/.ssh/id_ed25519¦~/.ssh/<name>.pem¦<name>.pem¦~/.ssh/<name>_key¦
        /home/<user>/.ssh/id_rsa¦keys/<name>.pem
    sshopt
        StrictHostKeyChecking=no¦ConnectTimeout=<2..30>¦BatchMode=yes¦
        UserKnownHostsFile=/dev/null¦ServerAliveInterval=<10..60>¦PasswordAuthentication=no¦
        ProxyJump=<host>¦LogLevel=ERROR
    far
        uptime¦'df -h'¦'tail -f <logfile>'¦ls <absdir>¦'cd <absdir> && git pull'¦hostname¦
        'sudo systemctl restart <service>'¦"docker ps"¦cat <logfile>¦'ps aux | grep <name>'¦date
""")

PROGRAMS = (
    Program("ssh", 7, r"""
        ssh <login>
        ssh -p·<port> <login>
        ssh <login> -p·<port>
        ssh -i <keyfile> <login>
        ssh -i <keyfile> -p·<port> <login>
        ssh -L·<port>:localhost:<port> <login>
        ssh -«N¦f¦fN¦fNT¦NT» -L·<port>:<host>:<port> <login>
        ssh -«N¦fN¦NT»R <port>:localhost:<port> <login>
        ssh -R·<port>:localhost:<port> <login>
        ssh -D·<port> «-N¦-C¦-q» <login>
        ssh -«A¦X¦Y¦t¦T¦v¦vvv¦C¦q¦4¦a¦x¦XC¦f» <login>
        ssh -t <login> «sudo reboot¦'tmux attach'¦top¦htop¦'cd <absdir>; bash'»
        ssh <login> <far>
        ssh -p·<port> <login> <far>
        ssh -o·<sshopt> <login>
        ssh -o·<sshopt> -o·<sshopt> <login> <far>
        ssh -J <login> <login>
        ssh -l·<user> <host>
        ssh -l·<user> -p·<port> <host> <far>
        ssh <login> "tar -czf - <absdir>" >·<name>.tar.gz
        ssh <login> 'cat <logfile>' | <log_filter>
        ssh <login> < <script>
        ssh -«c aes128-ctr¦C» -i <keyfile> <login>
        ssh -W·<host>:<port> <host>
        ssh -F <conf> -N <login>
    """, values="DFJLRWcilop", twins="lLaAxXtT"),
    Program("ssh-keygen", 1, r"""
        ssh-keygen -t «rsa¦ed25519¦ecdsa»
        ssh-keygen -t rsa -b «4096¦2048» -C "<user>@<domain>"
        ssh-keygen -t ed25519 -f ~/.ssh/<name> «¦-N ""»
        ssh-keygen -R·<host>
        ssh-keygen -f ~/.ssh/known_hosts -«R¦F» <host>
        ssh-keygen -«lf¦yf¦l -f» <keyfile>
        ssh-keygen -p -f <keyfile>
    """, values="CFNRbft", twins="fF"),
    Program("ssh-copy-id", 0.7, r"""
        ssh-copy-id <login>
        ssh-copy-id -i <keyfile>.pub <login>
        ssh-copy-id -p·<port> <login>
    """, values="ip"),
    Program("scp", 3, r"""
        scp <file> <remote>
        scp <remote> «.¦<dir>»
        scp -<R> <dir> <remote>
        scp -P·<port> <file> <remote>
        scp -P·<port> -r <dir> <remote>
        scp -i <keyfile> <file> <remote>
        scp -i <keyfile> -«r¦p¦C» <remote> «.¦<dir>»
        scp -r -P·<port> <remote> «.¦<dir>»
        scp -«r¦p¦C¦q¦v¦rp¦3¦pr¦Cr» <«globs¦dir»> <remote>
        scp -o·<sshopt> <file> <remote>
        scp -«c aes128-ctr¦l <100..9000>» <file> <remote>
        scp <remote> <remote>
    """, values="Pcilop", twins="pPcC"),
    Program("sftp", 0.5, r"""
        sftp «¦-P·<port> ¦-i <keyfile> »<login>
        sftp -b <text> <login>
    """, values="Pbi"),
    Program("rsync", 4, r"""
        rsync -«av¦avz¦a¦avh¦azP¦avP¦vaz¦rv¦rtv¦aP¦avzh¦vrt¦auv¦aH» <dir> <dir>
        rsync -«avz¦azP¦avP¦aP¦az¦rvz¦avh» <dir> <remote>
        rsync -«avz¦azP¦avP¦aP¦vaz» <remote> «.¦<dir>»
        rsync -«avz¦avn¦a¦av» --«delete¦dry-run¦progress¦checksum¦update» <dir> <«dir¦remote»>
        rsync -av --exclude=<«glob¦d»> <dir> <«dir¦remote»>
        rsync -«a¦avz» --exclude ¨<glob>¨ --delete <dir> <dir>
        rsync -«avz¦a¦azP» -e¬"ssh -p <port>" <dir> <remote>
        rsync -«avz¦av» -e¬'ssh -i <keyfile>' <remote> <dir>
        rsync --«archive¦recursive» --verbose <dir> <dir>
        rsync -«aR¦avR¦R» <dir> <remote>
        rsync -avz --bwlimit=<100..9000> <file> <remote>
        rsync -a --link-dest=../<d> <dir> <dir>
        rsync -a <dir>/{<w>,<w>} <dir>
    """, values="e", twins="rRpP"),
    Program("ping", 1.4, r"""
        ping <host>
        ping -c·<1..20> <host>
        ping -c·<1..9> -«i <secs>¦W·<1..9>¦s <100..1500>¦I <nic>¦w <5..60>» <host>
        ping -«q¦n¦4¦6¦f¦a¦D» <host>
        ping -«I <nic>¦i <secs>» <host>
        ping -c 1 <host> >·/dev/null && echo «up¦alive¦ok»
    """, values="IWcisw", twins="iIwW"),
    Program("dig", 1, r"""
        dig «¦+short¦+trace¦+noall +answer» <host>
        dig «+short ¦»<host> «MX¦TXT¦NS¦A¦AAAA¦CNAME¦SOA¦ANY»
        dig @<ip> <domain> «¦+short¦MX¦TXT»
        dig -x <ip> «¦+short»
        dig -t «mx¦txt¦ns» <domain>
    """),
    Program("host", 0.5, r"""
        host <domain>
        host -t «mx¦ns¦txt¦a¦MX» <domain>
        host <domain> <ip>
    """),
    Program("nslookup", 0.5, r"""
        nslookup <host> «¦<ip>»
        nslookup -type=«mx¦ns¦txt» <domain>
    """, words=True),
    Program("nc", 1.2, r"""
        nc <host> <port>
        nc -l «¦-p·»<port>
        nc -«zv¦vz¦z¦v¦u¦vn» <host> <port>
        nc -zv <host> <1..99>-<100..1024>
        nc -lvp <port> >·<sink>
        nc -w <1..9> <host> <port> < <file>
        nc -«k¦v¦u»l <port>
        nc -«lU¦U» /tmp/<name>.sock
        nc -zv -w <1..9> <host> <port>
    """, values="pw", twins="uU"),
    Program("telnet", 0.4, r"""
        telnet <host> <port>
    """),
    Program("traceroute", 0.5, r"""
        traceroute «¦-n¦-I¦-T» <host>
        traceroute -«m <5..40>¦p <port>¦i <nic>¦q·1» <host>
    """, values="impq", twins="iI"),
    Program("nmap", 1.3, r"""
        nmap <«host¦cidr¦ip»>
        nmap -«sP¦sn¦sV¦sS¦A¦O¦F¦Pn¦v¦sU¦sT¦sC¦n¦R» <«host¦cidr»>
        nmap -p·<port> <«host¦cidr»>
        nmap -p·«1-<100..1024>¦22,80,443¦<port>,<port>¦-» <host>
        nmap -sV -p·<port> <host>
        nmap -«sS¦sT¦sU» -«T4¦Pn¦O¦v» <«host¦cidr»>
        nmap -«sn¦sP» <cidr> -o«N <sink>¦X <w>.xml¦G <w>.gnmap»
        nmap -iL <text> -p·<port>
    """, values="p", words=True, twins="oOsSnN"),
    Program("ip", 1.6, r"""
        ip «addr¦a¦link¦route¦r¦neigh¦-4 addr¦-s link¦-br a» «¦show»
        ip addr show «dev ¦»<nic>
        ip addr «add¦del» <ip>/24 dev <nic>
        ip link set <nic> «up¦down¦mtu <1200..9000>»
        ip route add «default¦<cidr>» via <ip> «¦dev <nic>»
        ip -«4¦6¦c¦o» a | grep <«nic¦w»>
        ip route get <ip>
        ip -«s¦d¦n <name>» link show <nic>
    """, words=True),
    Program("ifconfig", 0.8, r"""
        ifconfig «¦-a¦<nic>»
        ifconfig <nic> «up¦down¦mtu <1200..9000>»
        ifconfig <nic> <ip> netmask 255.255.255.0 «¦up»
        ifconfig <nic> | grep «inet¦ether¦'inet '» «¦| awk '{°print $2°}'»
    """),
    Program("netstat", 1.1, r"""
        netstat -«tulpn¦tuln¦an¦rn¦s¦i¦tlnp¦plnt¦antp¦r¦a¦nr»
        netstat -«tulpn¦an¦nat¦plnt» | grep «<port>¦:<port>¦LISTEN¦ESTABLISHED»
        netstat -«an¦ant» | grep <port> | wc -l
    """),
    Program("ss", 0.9, r"""
        ss -«tulpn¦tln¦s¦tan¦ltnp¦a¦t¦lx¦tp¦4¦u¦x»
        ss -«tln¦tulpn¦tan» | grep «:<port>¦<port>»
        ss -t state «established¦time-wait¦listening»
        ss -tn «src¦dst» <ip>
    """),
    Program("tcpdump", 0.9, r"""
        tcpdump -i <nic> «¦-n¦-nn¦-v¦-A¦-X»
        tcpdump -i <nic> port <port>
        tcpdump -«n¦nn¦A» -i <nic> host <ip> «¦and port <port>»
        tcpdump -i <nic> -w <name>.pcap
        tcpdump -r <name>.pcap «¦-n¦-A¦-X»
        tcpdump -«s 0¦c <10..999>¦S» -i <nic> -w <name>.pcap
    """, values="cirsw", words=True, twins="sS"),
    Program("iptables", 1, r"""
        iptables -«L¦S¦F¦nL¦vL¦Z» «¦INPUT¦OUTPUT¦FORWARD»
        iptables -A INPUT -p·tcp --dport <port> -j «ACCEPT¦DROP»
        iptables -«A¦D¦I» «INPUT¦OUTPUT» -s <«ip¦cidr»> -j «DROP¦ACCEPT¦REJECT»
        iptables -t nat -A «PREROUTING¦POSTROUTING» -«o¦i» <nic> -j MASQUERADE
        iptables -t nat -L -n «¦-v»
        iptables -P «INPUT¦FORWARD¦OUTPUT» «DROP¦ACCEPT»
        iptables -D INPUT <1..20>
    """, values="ADIPijopst", twins="iIpP"),
    Program("ufw", 0.5, r"""
        ufw «allow¦deny» <port>«¦/tcp¦/udp»
        ufw «status¦status verbose¦enable¦reload¦status numbered»
        ufw allow from <«ip¦cidr»> to any port <port>
    """),
    Program("hostname", 0.4, r"""
        hostname «¦-I¦-f¦-i¦-s¦-d»
    """, twins="iI"),
)
