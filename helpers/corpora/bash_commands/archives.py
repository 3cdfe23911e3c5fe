"""Archives, sums, encodings, media."""

from helpers.corpora.bash_commands.program import Program

PROGRAMS = (
    Program("tar", 7, r"""
        tar «¦-»«xzf¦zxf¦xvzf¦zxvf¦xf¦xvf» <name>.tar.gz
        tar «¦-»«xjf¦xjvf¦xf» <name>.tar.bz2
        tar «¦-»«xf¦xJf¦xvf» <name>-<version>.tar.xz
        tar «¦-»«czf¦cvzf¦zcvf¦czvf» <name>.tar.gz <«dir¦globs»>
        tar «¦-»«cjf¦cjvf» <name>.tar.bz2 <dir>
        tar «¦-»cJf <name>.tar.xz <dir>
        tar «¦-»«cf¦cvf» <name>.tar <dir>
        tar -«czf¦cvzf» <name#1>.tar.gz <name#1>
        tar -c«jf <name#1>.tar.bz2¦Jf <name#1>.tar.xz» <name#1>/
        tar -«xzf¦xf¦xvf» <name>.tar.gz -C·<dir>
        tar «xzf¦xf» <name>.tgz -C·<absdir>
        tar -C·<dir> -«xzf¦xf¦xvf» <name>.tar.gz
        tar -«czf¦cvzf» <name>.tar.gz -C·<dir> .
        tar -C·<absdir> -czf <name>.tgz <d>
        tar «¦-»«tf¦tvf¦tzf» <name>.tar«¦.gz»
        tar -«tvf¦tf» <name>.tar.gz | grep <w>
        tar -czf <name>.tar.gz --exclude=<«glob¦d»> <dir>
        tar --exclude ¨<glob>¨ -«czf¦cvzf» <name>.tgz <dir>
        tar -«xzf¦xf» <name>.tar.gz --strip-components=1
        tar -xf <name>.tar <w>.<ext>
        tar -czf - <dir> | ssh <login> 'tar -xzf - -C <absdir>'
        tar -cf - <dir> | gzip «-9 ¦»>·<name>.tar.gz
        tar -«rvf¦uf¦rf» <name>.tar <file>
        tar -czf <name>-$(date +«%F¦%Y%m%d»).tar.gz <dir>
        tar -c -z -f <name>.tgz <dir>
        tar -«T <text> -czf¦czf» <name>.tgz <dir>
        tar -x«jf <name>.tar.bz2¦Jf <name>.tar.xz» -C·<dir>
    """, values="CTf", twins="jJcC"),
    Program("gzip", 1.2, r"""
        gzip <«text¦file¦globs»>
        gzip -«9¦k¦v¦1¦f» <«text¦file»>
        gzip -«d¦l¦dk¦t¦df» <name>.gz
        gzip -r <dir>
        gzip -c <name#1>.<textext> >·<name#1>.gz
        gzip -dc <logfile>.2.gz | <log_filter>
        gzip -d <name>.«tar.gz¦gz¦sql.gz»
    """),
    Program("gunzip", 0.6, r"""
        gunzip «¦-k¦-f» <name>.«gz¦sql.gz»
        gunzip -c <name>.gz >·<sink>
        gunzip < <db#1>.sql.gz | mysql «-u root ¦» <db#1>
    """),
    Program("zcat", 0.8, r"""
        zcat <logfile>.«1¦2».gz | <log_filter>
        zcat <w>.«csv¦txt».gz | <text_filter>
        zcat <name>.sql.gz | «mysql <db>¦psql -U <user> <db>¦head -n¬<1..50>»
    """),
    Program("bzip2", 0.6, r"""
        bzip2 «¦-k¦-9¦-z¦-v» <«text¦file»>
        bzip2 -«d¦dk¦dc» <name>.bz2
        bzip2 -dc <w>.«csv¦txt».bz2 | <text_filter>
    """),
    Program("bunzip2", 0.3, r"""
        bunzip2 «¦-k¦-f» <name>.«bz2¦tar.bz2»
    """),
    Program("xz", 0.6, r"""
        xz «¦-k¦-9¦-z¦-T°0¦-T°<2..16>¦-9e» <file>
        xz -«d¦dk¦dc¦l¦t» <name>.xz
    """, values="T", twins="tT"),
    Program("zstd", 0.4, r"""
        zstd «¦-k¦-<1..19>¦-T0¦-q» <«text¦file»>
        zstd -«d¦dk¦t¦l» <name>.zst
        zstd -d <name#1>.tar.zst -o «<name#1>¦/tmp/<name#1>».tar
    """, values="T"),
    Program("zip", 1.1, r"""
        zip <name>.zip <«file¦globs»>
        zip -«r¦9¦rq¦j¦u¦m¦e¦qr¦9r¦ry» <name>.zip <«dir¦globs»>
        zip -r <name#1>.zip <name#1>
        zip -r <name>.zip <dir> -x°¨<glob>¨
        zip -r -«P $PASSWORD¦p¦q» <name>.zip <dir>
    """, values="Px", twins="pP"),
    Program("unzip", 1.1, r"""
        unzip <name>.zip
        unzip -«l¦q¦o¦t¦n¦j¦qq¦Z» <name>.zip
        unzip <name>.zip -d <dir>
        unzip -«o¦q¦oq¦P $PASSWORD» <name>.zip -d <dir>
        unzip -p <name>.zip <w>.<textext> «| <text_filter>¦>·<sink>»
        unzip ¨*.zip¨
    """, values="Pd", twins="pP"),
    Program("7z", 0.5, r"""
        7z «x¦l¦t¦e» <name>.7z
        7z a <name>.7z <«dir¦globs»>
        7z x <name>.zip -o<d>
    """, values="o", words=True),
    Program("md5sum", 0.8, r"""
        md5sum <«file¦globs»> «¦>·checksums.md5»
        md5sum -c <w>.md5
        md5sum <file> | «cut -d¬' ' -f¬1¦awk '{°print $1°}'¦cut -c°1-<6..32>»
    """),
    Program("sha256sum", 0.7, r"""
        sha256sum <«file¦globs»>
        sha256sum -c <w>.sha256 «¦--quiet»
        sha256sum <name#1>.iso >·<name#1>.iso.sha256
    """),
    Program("sha1sum", 0.4, r"""
        sha1sum «¦-b» <file>
        sha1sum -c <w>.sha1
    """),
    Program("cksum", 0.3, r"""
        cksum <«file¦globs»>
    """),
    Program("base64", 0.7, r"""
        base64 «¦-w¬0» <file>
        echo ¨<word>¨ | base64 «¦-w¬0»
        base64 -«d¦D¦di» <name>.b64 >·<sink>
        base64 -i <file> -o·<name>.b64
    """, values="ow", bsd="Do", twins="dD"),
    Program("xxd", 0.6, r"""
        xxd «¦-p¦-b¦-u¦-i» <file> «¦| head -n¬<1..20>»
        xxd -r «-p ¦»<text> >·<sink>
        xxd -«l¦s¦c¦g»¬<4..64> <file>
    """, values="cgls"),
    Program("od", 0.7, r"""
        od -c <file> «¦| head»
        od -«A¬n -t¬x1¦t¬x1 -A¬x¦A¬d -c¦t¬x1¦An -tx1¦x¦b¦A¬n -c» <file>
        od -«N¬<4..64>¦j¬<1..512>» -t¬x1 <file>
    """, values="ANjt"),
    Program("hexdump", 0.5, r"""
        hexdump «-C¦-c¦-x¦-b» <file> «¦| head -n¬<1..20>»
        hexdump -n¬<8..512> -«C¦c» <file>
        hexdump -s¬<8..512> -«C¦c» <file>
    """, values="ns", twins="cC"),
    Program("gpg", 1, r"""
        gpg «-c <file>¦-d <name>.gpg¦--decrypt <name>.asc¦--verify <name>.sig¦--import <name>.asc»
        gpg -«e¦ea¦se» -r·<user>@<domain> <file>
        gpg -«d <name>.gpg >·<sink>¦o <sink> -d <name>.gpg»
        gpg --«list-keys¦list-secret-keys¦full-generate-key»
        gpg -«K¦k¦a¦b¦s» «¦--keyid-format long»
        gpg -o·<name>.gpg -«R¦r» <user> -e <file>
    """, values="Ror", twins="kKrR"),
    Program("ffmpeg", 2, r"""
        ffmpeg -i <w#1>.«mp4¦mov¦mkv¦avi» <w#1>.«mp3¦webm¦mp4¦gif»
        ffmpeg -i <w>.mp4 -c:v «libx264¦libx265¦copy» -c:a «aac¦copy» <w>.«mkv¦mp4»
        ffmpeg -i <w>.«mp4¦mov» -vn -b:a <bitrate> <w>.mp3
        ffmpeg -ss <clock>:00 -i <w>.mp4 -t <5..90> -c copy <w>.mp4
        ffmpeg -i <w>.mp4 -«vf scale=<320..1280>:-1¦r <10..60>¦an¦crf <18..30>» <w>.«mp4¦gif»
        ffmpeg -y -i <w>.wav -ar «44100¦16000» -ac <1..2> <w>.«mp3¦flac»
        ffmpeg -i <w>.mp4 -ss <1..60> -vframes 1 <w>.«png¦jpg»
        ffmpeg -f concat -i <text> -c copy <w>.mp4
        ffmpeg -r <10..30> -i <w>_%0<3..4>d.png <w>.mp4
    """, words=True),
    Program("convert", 1.1, r"""
        convert <w>.«png¦jpg» <w>.«jpg¦png¦pdf¦webp»
        convert <w>.jpg -«resize <pixels>¦quality <50..95>¦rotate 90¦strip¦colorspace Gray» <w>.jpg
        convert *.«jpg¦png» <w>.pdf
        convert <w>.png -crop <100..900>x<100..900>+<0..99>+<0..99> <w>.png
        convert -density <100..600> <w>.pdf <w>.png
    """, words=True),
    Program("identify", 0.3, r"""
        identify «¦-verbose¦-format '%wx%h'» <w>.«jpg¦png»
    """, words=True),
    Program("pdftotext", 0.4, r"""
        pdftotext «¦-layout» <w>.pdf «¦-¦<w>.txt»
        pdftotext -f <1..9> -l <10..50> <w>.pdf
    """, words=True),
    Program("pandoc", 0.5, r"""
        pandoc <w#1>.md -o <w#1>.«pdf¦docx¦html»
        pandoc -«s¦f markdown -t html¦t latex» <w>.md -o <w>.html
    """, values="fot"),
)
