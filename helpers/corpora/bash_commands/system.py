"""The system: processes, services, disks, users, time."""

from helpers.corpora.bash_commands.program import Program

PROGRAMS = (
    Program("who", 0.5, r"""
        who «¦-a¦-b¦-u¦-q¦-H¦-m¦am i»
        who | «wc -l¦awk '{°print $1°}'¦cut -d¬' ' -f¬1 | sort -u¦grep <user>»
    """),
    Program("uname", 0.6, r"""
        uname «-a¦-r¦-m¦-s¦-n¦-sr¦-srm¦»
    """),
    Program("dmesg", 0.5, r"""
        dmesg «¦-T¦-H¦-t¦-x» | «tail¦grep -i «usb¦error¦oom»¦less¦tail -n¬<5..50>»
        dmesg -«T¦H¦w¦C¦c¦n <1..8>»
    """, values="n", twins="tTcC"),
    Program("systemctl", 3, r"""
        systemctl «start¦stop¦restart¦status¦enable¦disable¦reload¦is-active¦is-enabled¦
            mask» <service>
        sudo systemctl «start¦stop¦restart¦enable¦enable --now¦disable» <service>
        systemctl «list-units¦daemon-reload¦--failed¦list-timers¦reboot¦list-unit-files»
        systemctl list-units --type=service «¦--state=«running¦failed»»
        systemctl status <service> «-l¦--no-pager¦-n¬<5..50>»
        systemctl --user «start¦status¦enable» <name>.«service¦timer»
        systemctl status <service> | grep «Active¦PID¦Memory¦<logword>»
    """, values="n", subcommands=True),
    Program("service", 0.6, r"""
        service <service> «start¦stop¦restart¦status¦reload»
        sudo service <service> «restart¦stop¦start»
    """),
    Program("journalctl", 1.7, r"""
        journalctl -u·<service> «¦-f¦-n¬<10..200>¦-e¦--no-pager¦-b¦-r»
        journalctl -«f¦xe¦b¦k¦r¦e¦b -1¦fu <service>¦n¬<10..200>»
        journalctl -u·<service> --since «today¦yesterday¦¨<date>¨¦¨1 hour ago¨¦<date>»
        journalctl --«disk-usage¦vacuum-size=<size>¦vacuum-time=<1..30>d¦list-boots»
        journalctl -p «err¦warning¦crit» «¦-b¦-n¬<10..99>»
        journalctl -u·<service> | grep «-i ¦»<logword>
        journalctl -f -u·<service> -u·<service>
        journalctl -«F _SYSTEMD_UNIT¦D <absdir>¦o json -n¬<1..20>»
    """, values="DFbnopu", twins="fF"),
    Program("crontab", 0.9, r"""
        crontab «-l¦-e¦-r¦-u <user> -l¦-u <user> -e¦-l -u <user>¦<w>.cron»
        crontab -l | «grep <w>¦grep -v '^#'¦{ cat; echo "<cron> <script>"; }»
        (crontab -l; echo "<cron> <script>") | crontab -
        crontab -l >·<sink>
    """, values="u"),
    Program("mount", 1.7, r"""
        mount <device> <mount>
        mount -t «ext4¦xfs¦ntfs¦vfat» <device> <mount>
        mount -t «cifs //<host>/<d> <mount> -o username=<user>¦tmpfs -o size=<1..9>G tmpfs <mount>»
        mount -o «ro¦rw¦noatime¦uid=1000» <device> <mount>
        mount -o remount,«ro¦rw» <mount>
        mount -t nfs -o «ro¦rw,sync¦vers=4» <host>:<absdir> <mount>
        mount -o «loop¦loop,ro» <name>.«iso¦img» <mount>
        mount «-a¦-l¦--bind <absdir> <mount>¦-o remount,«rw¦ro» /¦-r <device> <mount>»
        mount -U <hex> <mount>
        mount -L <name> <mount>
        mount | grep <mount>
        sudo mount «-o ro ¦»<device> <mount>
    """, values="LUot", twins="lL"),
    Program("umount", 0.7, r"""
        umount <«mount¦device»>
        umount -«l¦f¦a¦v¦R¦r» <mount>
        sudo umount «-l ¦»<mount>
    """, twins="rR"),
    Program("lsblk", 0.5, r"""
        lsblk «¦-f¦-a¦-d¦-p¦-m¦-S¦-l¦<device>»
        lsblk -o «NAME,SIZE,TYPE¦NAME,MOUNTPOINT¦NAME,UUID,FSTYPE¦NAME,SIZE»
    """, values="o"),
    Program("fdisk", 0.6, r"""
        fdisk «-l¦-l <device>¦<device>»
        sudo fdisk -l | grep «/dev/sd¦Disk¦'^Disk'»
        blkid «<device>¦-o value -s UUID <device>»
        mkfs.«ext4¦xfs¦vfat» «¦-L <w> » <device>
        parted <device> print
    """),
    Program("dd", 1.4, r"""
        dd if=/dev/zero of=<image_file> bs=<blocks> count=<1..999>
        dd if=<name>.«iso¦img» of=/dev/sd<disk> bs=<blocks> «¦status=progress¦conv=fsync»
        dd if=<device> of=<w>.img «¦bs=<blocks>¦bs=<blocks> conv=noerror,sync»
        dd if=/dev/«urandom¦random» of=<image_file> bs=<blocks> count=<1..99>
        dd if=<device> bs=<blocks> | gzip -c >·<name>.img.gz
        dd if=<image_file> of=<name>.part bs=<blocks> skip=<1..99> count=<1..99>
    """),
    Program("sync", 0.2, r"""
        sync; «echo 3 >·/proc/sys/vm/drop_caches¦sync¦umount <mount>»
        sync && umount <mount>
    """),
    Program("useradd", 0.8, r"""
        useradd «¦-m ¦-r ¦-m -s /bin/bash »<user>
        useradd -m -«G <group>¦g <group>¦d <absdir>¦c "<user>"» <user>
        useradd -m -G <group>,<group> -s /bin/«bash¦zsh» <user>
        useradd -«u <1000..2999>¦M -r¦N» -g <group> <user>
    """, values="Gcdgsu", twins="gGmM"),
    Program("usermod", 0.8, r"""
        usermod -aG <group> «<user>¦$USER»
        usermod -a -G <group> <user>
        usermod -«L¦U» <user>
        usermod -«s /bin/bash¦d <absdir> -m¦l <user>¦g <group>¦u <1000..2999>» <user>
        sudo usermod -aG <group> «$USER¦<user>»
    """, values="Gdglsu", twins="lLuUgG"),
    Program("passwd", 0.5, r"""
        passwd «¦<user>¦-l <user>¦-u <user>¦-e <user>¦-S <user>¦-d <user>»
        sudo passwd «-l ¦»<user>
    """),
    Program("su", 0.5, r"""
        su «-¦- <user>¦<user>¦-l <user>»
        su - <user> -c "«whoami¦<script>¦cd <dir>; ls»"
        su -c '<script>' «- ¦»<user>
    """, values="c"),
    Program("sudo", 4.5, r"""
        sudo <quiet>
        sudo <quiet>
        sudo -u <user> «<script>¦<small>¦psql¦ls <dir>¦psql <db>»
        sudo «-i¦-s¦-l¦-k¦-v¦-H -u <user> bash¦-K¦su -¦!!»
        sudo sh -c 'echo <1..99> >·/proc/sys/vm/swappiness'
        sudo -«E¦b¦H» <quiet>
        sudo «apt¦apt-get» «install¦remove¦purge» «-y ¦»<package> «¦<package>»
        sudo «apt¦apt-get» «update¦upgrade¦autoremove» «¦-y»
        sudo apt-get update && sudo apt-get «upgrade¦install <package>» «¦-y»
        sudo «vim¦nano¦cat¦less» <conf>
        sudo reboot«¦ now»
        sudo shutdown -«h¦r» «now¦+<2..60>¦<clock>»
        sudo tail -«f¦F» <logfile>
        sudo lsof -i :<port>
        sudo ls -«la¦l¦lR» <absdir>
    """, values="u", twins="kKhH"),
    Program("id", 0.4, r"""
        id «¦-u¦-g¦-un¦-Gn¦-G¦-gn» «¦<user>»
    """, twins="gG"),
    Program("groups", 0.3, r"""
        groups «¦<user>»
    """),
    Program("apt", 1, r"""
        apt «install¦remove¦purge¦show» «¦-y »<package>
        apt «update¦upgrade¦list --installed¦autoremove¦list --upgradable»
        apt search <package>
        apt list --installed | grep <w>
    """, subcommands=True),
    Program("apt-get", 0.8, r"""
        apt-get «install¦remove¦purge» «-y ¦»<package> «¦<package>»
        apt-get install -y --no-install-recommends <package> <package>
        apt-get update && apt-get install -y <package>
    """, subcommands=True),
    Program("dpkg", 0.6, r"""
        dpkg -«i¦I¦c» <name>_<version>_amd64.deb
        dpkg -«l¦L¦s¦S¦r¦P¦p» <package>
        dpkg -l | grep «-i ¦»<package>
    """, twins="iIlLsS"),
    Program("yum", 0.5, r"""
        yum «install¦remove¦info¦update» «-y ¦»<package>
        yum «list installed¦clean all¦check-update¦repolist»
    """, subcommands=True),
    Program("rpm", 0.4, r"""
        rpm -«qa¦ql¦qi¦qf¦V¦qc» «<package>¦| grep <package>»
        rpm -«ivh¦Uvh¦e¦U» <name>-<version>.rpm
    """),
    Program("brew", 0.5, r"""
        brew «install¦uninstall¦upgrade¦info¦install --cask¦reinstall» <package>
        brew «update¦list¦doctor¦services list¦cleanup»
    """, subcommands=True),
)
