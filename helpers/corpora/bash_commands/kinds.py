"""The kinds of value a command may have, one rule each, in the grammar of the commands.

After the colon stands what a skeleton shows for it.
"""

KINDS = r"""
    name: name
        <known_names>¦<known_names>¦<known_names>¦<known_names>¦<known_names>¦<known_names>¦
        <w>-<w>¦<w><1..9>¦<w>_<w>¦<w>-<label>¦My<W>¦<W><W>
    letter: name
        a¦a¦a¦b¦b¦b¦c¦d¦e¦f¦g¦i¦l¦m¦n¦p¦q¦s¦t¦w¦x¦x¦y¦z¦A¦B¦X
    user: name
        <known_users>
    group: name
        staff¦wheel¦docker¦sudo¦users¦www-data¦adm¦video¦audio¦dialout¦<user>¦<d>
    file: path
        <stem>.<anyext>¦<stem>.<anyext>¦<stem>.<anyext>¦<sub>/<stem>.<anyext>¦
        <root>/<stem>.<anyext>¦./<stem>.<anyext>¦<mixed>¦../<stem>.<anyext>¦<letter>.<anyext>¦
        file<1..9>¦<w>¦<letter>
    text: path
        <stem>.<textext>¦<stem>.<textext>¦<stem>.<textext>¦<sub>/<stem>.<textext>¦<w><1..9>.txt¦
        <root>/<stem>.<textext>¦<letter>.txt¦file<1..9>.txt¦file.txt
    code: path
        <w>.<codeext>¦<w>_<w>.<codeext>¦<sub>/<w>.<codeext>¦<W>.java¦./<w>.<codeext>
    py: path
        <w>.py¦<w>_<w>.py¦<d>/<w>.py¦./<w>.py¦test_<w>.py¦tests/test_<w>.py¦<w><1..9>.py
    csource: path
        <w>.c¦<w>_<w>.c¦src/<w>.c¦<letter>.c¦<w><1..9>.c
    script: path
        ./<w>.sh¦<w>.sh¦./<w>_<w>.sh¦scripts/<w>.sh¦/usr/local/bin/<w>.sh¦./<w>-<w>.sh¦
        /home/<user>/bin/<w>.sh¦~/bin/<w>¦./run.sh¦/opt/<name>/bin/<w>
    sink: path
        <stem>.<textext>¦<stem>.txt¦<w>.<textext>¦out/<w>.<textext>¦./<stem>.<textext>¦
        /tmp/<w>.<textext>¦~/<w>.<textext>¦<sub>/<w>.txt¦../<w>.<textext>¦<letter>.txt¦
        ~/<d>/<w>.<textext>¦results/<stem>.<textext>
    sinklog: path
        <w>.log¦logs/<w>.log¦/tmp/<w>.log¦~/<w>.log¦<name>.log¦./<w>.log¦out/<w>.log¦
        <w>-<year>.log¦~/logs/<name>.log¦<d>/<w>.log
    image_file: path
        <name>.img¦<name>.bin¦/tmp/<w>.img¦<w>.dat¦~/<name>.img¦test.bin¦/swapfile
    daemon: name
        <known_daemons>¦<known_daemons>¦<known_daemons>¦<name>
    tool: name
        <known_tools>
    logword: word
        <known_logwords>¦<known_logwords>¦<known_logwords>¦<known_logwords>¦<name>
    conf: path
        <w>.<confext>¦config/<w>.<confext>¦/etc/<name>/<w>.conf¦/etc/<w>.conf¦.env¦
        /etc/ssh/sshd_config¦/etc/hosts¦/etc/fstab¦~/.bashrc¦/etc/nginx/nginx.conf¦<name>.yml¦
        /etc/nginx/sites-available/<name>¦~/.ssh/config¦/etc/passwd¦docker-compose.yml
    logfile: path
        /var/log/syslog¦/var/log/<name>/<w>.log¦/var/log/nginx/access.log¦<w>.log¦
        /var/log/auth.log¦logs/<w>.log¦/var/log/apache2/error.log¦<name>.log¦<w>-<year>.log¦
        /tmp/<w>.log¦/var/log/<w>.log¦~/<w>.log¦/var/log/messages
    dir: path
        <sub>¦<sub>¦<d>/¦<root>/<sub>¦<root>/<d>/¦./<d>¦../<d>¦<name>¦<name>/<d>¦~/<d>/<name>¦
        <root>¦<w>_<w>¦<W><W>¦<d>_<year>¦./<sub>¦<letter>
    where: path
        .¦.¦.¦.¦.¦/¦~¦<root>¦<root>/<d>¦<root>/<sub>¦<d>¦./<d>¦..¦<sub>¦~/<d>¦<dir>
    junk: path
        <sub>¦<sub>¦./<sub>¦/tmp/<w>¦<name>¦<w>_<w>¦<root>/<d>/<name>¦../<d>¦/var/tmp/<w>-<d>¦<letter>
    absdir: path
        <root>/<d>¦<root>/<sub>¦<root>¦/mnt¦/backup¦/opt/<name>¦/srv/<name>/<d>
    stem: name
        <w>¦<w>¦<w>¦<w>_<w>¦<w>-<w>¦<w><1..12>¦<w>_<year>¦<w>-<year>-<mm>¦<w>_v<1..9>¦<W><W>¦
        <w>.<year><mm><dd>¦<letter>¦<w>_<letter>
    ext: ext
        <textext>¦<textext>¦<codeext>¦<confext>¦pdf¦jpg¦png¦bak¦tmp¦gz¦zip¦sql¦doc¦mp3¦JPG
    glob: glob
        *.<anyext>¦*.<anyext>¦*.<anyext>¦*.<codeext>¦<w>*¦*<w>*¦<w>*.<anyext>¦*_<w>.py¦<w>-*¦
        *.<textext>¦*~¦<w>?.txt¦[A-Z]*¦*.[ch]¦<letter>*¦*.log.*¦test_*.py¦.*.swp¦*-<year>*
    globs: path
        *.<anyext>¦*.<anyext>¦<sub>/*.<anyext>¦<d>/*¦*¦<root>/<d>/*.<anyext>¦<w>*.<anyext>¦
        *.{<codeext>,<confext>}¦<w>_{1..<3..9>}.<textext>¦<w>[0-9].<textext>¦<d>/**/*.<codeext>
    url: url
        https://<domain>¦https://<domain>/<d>/<stem>.<anyext>¦http://localhost:<port>¦
        http://localhost:<port>/api/<w>¦https://api.<domain>/v<1..3>/<d>¦http://<ip>:<port>/<w>¦
        https://<domain>/<name>.tar.gz¦https://<domain>/<name>/<year>/<w>.zip¦
        ftp://ftp.<domain>/<d>¦https://<label>.<domain>/<w>?id=<1..99>¦
        http://<domain>/<d>/index.html
    repo: url
        https://git.<domain>/<user>/<name>.git¦git@git.<domain>:<user>/<name>.git¦
        https://git.<domain>/<name>/<name>.git¦<user>@<host>:<d>/<name>.git
    domain: host
        <known_domains>
    host: host
        <label><1..20>¦<label>¦<label>.<domain>¦<label>.<domain>¦<ip>¦<label>-<1..9>.<domain>¦
        <domain>¦<label>0<1..9>.<domain>¦<name>.local¦localhost¦<label>-<label>¦<name>
    login: login
        <user>@<host>¦<user>@<host>¦<user>@<host>¦<host>¦root@<ip>¦<user>@<ip>
    remote: login
        <login>:<root>/<d>¦<login>:~/<d>/¦<login>:<d>/<stem>.<anyext>¦<login>:<root>¦
        <login>:/tmp/¦<login>:<file>¦<login>:
    ip: host
        192.168.<0..2>.<2..250>¦10.0.<0..9>.<1..99>¦10.<1..50>.<0..9>.<2..250>¦
        172.16.<0..9>.<2..99>¦203.0.113.<1..99>¦198.51.100.<2..250>¦127.0.0.1¦192.0.2.<1..99>
    cidr: host
        192.168.<0..2>.0/24¦10.<0..50>.0.0/16¦172.16.<0..9>.0/24¦10.0.0.0/8¦203.0.113.0/24
    port: n
        80¦443¦8080¦8080¦3000¦5000¦5432¦3306¦6379¦8000¦8443¦9090¦27017¦2222¦22¦8888¦9200¦
        <2000..9999>
    pid: n
        <300..9999>¦<10000..32000>¦$PID¦$!¦$(pgrep <name>)¦$(cat /var/run/<name>.pid)
    var: variable
        <known_variables>
    pathvar: variable
        dir¦file¦HOME¦path¦TMPDIR¦src¦DATA_DIR¦dest¦BACKUP_DIR¦PWD¦OUTPUT¦target¦LOG_DIR¦ROOT
    loop: variable
        f¦f¦i¦x¦file¦F¦line¦d¦host¦n¦dir¦p¦s¦name¦k¦item¦e
    word: word
        <known_words>¦<known_words>¦<known_words>¦<known_words>¦<known_words>¦<known_words>¦<w>¦
        <w>¦<W>¦<name>¦<w>_<w>¦<user>
    phrase: phrase
        <known_phrases>¦<known_phrases>¦<w> <known_states>¦<w> <known_states>¦<W> <known_states>
    message: phrase
        <known_messages>¦<known_messages>¦<known_messages>¦<known_messages>¦fix <w> <w>¦
        add <w> <w>¦update <w>¦remove <w> from <w>¦rename <w> to <w>¦Fix <w>¦Add <w> <w>¦
        bump <name> to v<1..9>.<0..12>¦Merge <name> into <name>
    column: name
        <known_columns>
    table: name
        <known_dirs>¦<known_dirs>¦<known_dirs>¦<known_dirs>¦<w>s¦<w>_<w>
    db: name
        <name>¦<name>_dev¦<name>_prod¦<w>db¦<name>_test¦<name>_production¦shop¦<w>s
    service: name
        <known_services>¦<known_services>¦<known_services>¦<known_services>¦<known_services>¦
        <known_services>¦<name>¦<name>.service¦<name>-worker
    package: name
        <known_packages>
    pypackage: name
        <known_py_packages>
    jspackage: name
        <known_js_packages>
    image: image
        <known_images>¦<known_images>¦<known_images>¦<name>:latest¦nginx:alpine¦python:3.<8..13>¦
        postgres:<12..17>¦node:<16..22>-alpine¦<name>:v<1..9>¦<name>/<label>:<1..3>.<0..20>¦
        registry.<domain>/<name>:<1..9>.<0..9>¦ubuntu:22.04¦alpine:3.<15..21>¦<user>/<name>
    branch: branch
        main¦master¦develop¦dev¦staging¦feature/<w>-<w>¦feature/<w>¦fix/<w>-<w>¦
        release/<1..5>.<0..12>¦<w>-<w>¦hotfix-<1..99>¦bugfix/<w>¦<user>/<w>¦<name>¦v<1..3>.x
    commit: commit
        HEAD~<1..9>¦HEAD^¦HEAD¦<hex>¦<hex>¦origin/<branch>¦v<1..5>.<0..12>.<0..9>¦HEAD~1¦main
    hex: commit
        a1b2c3d¦f00ba4¦9fceb02¦<10..99>ab<10..99>f¦e<100..999>d<0..9>c¦<1..9>c<10..99>e<0..9>b¦
        deadbeef
    origin: name
        origin¦origin¦origin¦upstream¦fork¦<user>¦backup
    namespace: name
        kube-system¦default¦prod¦staging¦dev¦monitoring¦ingress-nginx¦<name>¦<name>-prod¦
        <name>-dev
    pod: name
        <name>-0¦<name>-<10..99>b<0..9>f-x<1..9>k¦<name>-api-<0..9>¦<name>¦<label>-pod¦
        <name>-<label>
    device: device
        /dev/sd<disk>¦/dev/sd<disk>1¦/dev/nvme0n1p<1..3>¦/dev/vd<disk>¦/dev/sd<disk><1..5>¦
        /dev/mapper/<name>¦/dev/cdrom¦/dev/mmcblk0p<1..2>
    disk: device
        a¦b¦b¦c¦d
    nic: nic
        eth0¦eth1¦wlan0¦enp3s0¦enp0s25¦wlp2s0¦docker0¦br0¦eno1¦tun0¦lo
    mount: path
        /mnt¦/mnt/<d>¦/mnt/usb¦/media/<user>/<w>¦/mnt/nas¦/mnt/<name>¦/media/cdrom¦/data¦~/mnt
    bitrate: size
        128k¦192k¦320k¦1M¦2M¦64k¦256k¦1500k
    pixels: size
        <1..9>00x<1..9>00¦1920x1080¦640x480¦50%¦800x600¦<1..9>00x¦1280x720¦x<1..9>00¦25%
    secs: n
        <1..9>¦<10..60>¦5¦10¦30¦1¦0.5
    tmpname: name
        <w>.XXXXXX¦<name>-XXXX
    version: version
        <1..5>.<0..20>.<0..9>¦v<1..5>.<0..20>¦<1..3>.<0..9>¦v<1..3>.<0..9>.<0..9>
"""
