"""Text: printing, cutting, sorting, joining, counting, converting."""

from helpers.corpora.bash_commands.program import Program

PROGRAMS = (
    Program("wc", 1.6, r"""
        wc «¦-l¦-w¦-c¦-m¦-L¦-lw» <«text¦globs¦code»>
        wc -«l¦w¦c» < <text>
        wc -l <text> | «cut -d¬' ' -f¬1¦awk '{°print $1°}'»
    """),
    Program("sort", 3.6, r"""
        sort <text>
        sort -«n¦r¦u¦nr¦rn¦f¦h¦V¦R¦b¦M¦c¦uf¦hr¦g¦C¦z» <text>
        sort -k°<key> «¦-n¦-nr¦-r» <text>
        sort -t°<delim> -k°<key> <text>
        sort -t°<delim> -k°<key> -k°<key> <text>
        sort -«n¦r¦nr» -k°<key> <text>
        sort -u <text> -o <sink>
        sort «-u ¦-n ¦»-o <text#1> <text#1>
        sort -«m¦mu» <text> <text>
        sort <text> | uniq «¦-c¦-d¦-u¦-i¦-D» «¦| sort -«nr¦rn¦n»»
        sort <text> <text> | uniq -«d¦u¦c¦D»
        sort «-S <size>¦-T <dir>¦--parallel=<2..16>» <text> >·<sink>
        sort -«s¦S <size>» -k°<key> <text>
        sort -«n¦r¦u» < <text> >·<sink>
    """, values="STkot", twins="rRcCmM"),
    Program("uniq", 1.4, r"""
        uniq «¦-c¦-d¦-u¦-i¦-D» <text>
        uniq -«f¬<1..4>¦s¬<1..20>¦w¬<1..20>» <text>
        uniq <text> <sink>
        uniq -«c¦d¦D¦u» <text> | sort -«nr¦rn»
    """, values="fsw", twins="dD"),
    Program("cut", 3.4, r"""
        cut -d°<delim> -f°<fields> <text>
        cut -f°<fields> <text>
        cut -f°<fields> -d°<delim> <text>
        cut -c°«<1..9>-<10..99>¦-<10..80>¦<1..20>¦<2..30>-» <text>
        cut -d°<delim> -f°<fields> --output-delimiter=<delim> <text>
        cut -d°: -f°<1..7> /etc/passwd «¦| sort¦| uniq»
        cut -s -d°<delim> -f°<fields> <text>
        cut -d°<delim> -f°<fields> <text> | sort «¦-u¦-n» | uniq -c
        cut -b°<1..9>-<10..60> <file>
    """, values="bcdf"),
    Program("tr", 2, r"""
        tr a-z A-Z < <text>
        tr '«a-z' 'A-Z¦A-Z' 'a-z¦[:upper:]' '[:lower:]¦[:lower:]' '[:upper:]»' < <text> >·<sink>
        tr -d «'\r'¦'\n'¦' '¦'"'¦',' » < <text> «¦>·<sink>»
        tr «' '¦','¦':'¦';'» '«\n¦\t¦_¦-»' < <text>
        tr -«s¦cs¦cd¦dc¦Cd» «' '¦'\n'¦'a-zA-Z'¦'[:alnum:]'» < <text>
        cat <text> | tr «'[:upper:]' '[:lower:]'¦-d '\r'¦-s ' '¦',' '\n'» | <text_end>
        echo "$<var>" | tr «a-z A-Z¦A-Z a-z¦-d '\n'¦' ' _»
        tr -dc «A-Za-z0-9¦'a-zA-Z0-9'» < /dev/urandom | head -c¬<8..40>
    """, twins="cC"),
    Program("sed", 5, r"""
        sed '<sed>' <«text¦conf¦code»>
        sed «-e¦-i¦-r¦-E¦-i.bak» '<sed>' <«text¦conf¦code¦globs»>
        sed -n '<sedprint>' <«text¦conf¦code»>
        sed -i «''¦» '<sed>' <file>
        sed -n '<1..40>,<50..99>p' <text>
        sed -n <1..99>p <text>
        sed -e '<sed>' -e '<sed>' <text>
        sed -«i¦i.bak¦Ei¦ri» 's/<word>/<word>/«¦g¦i¦I¦gi¦gI»' <file>
        sed -i "s/<w>/$<var>/g" <conf>
        sed "s|<root>|$<pathvar>|" <conf> >·<sink>
        sed '<sed>; <sed>' <text>
        sed '<sed>' < <text> >·<sink>
        sed -f <script> <text>
        sed <1..9>q <text>
        sed -«E¦r» 's/(<w>|<w>)/<w>/g' <text>
        sed -s «-n '<sedprint>'¦-i '<sed>'» <globs>
        sed -i -«e¦E» '<sed>' <file>
    """, values="efi", twins="eE"),
    Program("awk", 5, r"""
        awk '<awk>' <text>
        awk -F°<delim> '<awk>' <text>
        awk -F°<delim> '{°print $<1..9>°}' <text>
        awk -F°<delim> '{°print $<1..9>°}' <text> | <text_end>
        awk -v <w#1>="$<var>" '$<1..5>·==·<w#1>' <text>
        awk '<awk>' <text> >·<sink>
        awk -v¬OFS=<delim> '{°$1=$1°}1' <text>
        awk 'NR==FNR°{°a[$1]; next°}°$<1..3> in a' <text> <text>
        awk -f <w>.awk <text>
        awk 'BEGIN°{°srand();·print rand()°}'
        awk -F°<delim> -v¬OFS=<delim> '<awk>' <text>
        cat <text> | awk -F°<delim> '<awk>'
    """, values="Ffv"),
    Program("diff", 2.2, r"""
        diff <text> <text>
        diff «-u¦-y¦-q¦-w¦-i¦-b¦-B¦-c¦-a¦-s¦-N¦-bB¦-iw¦-uw» <«text¦conf¦code»> <«text¦conf¦code»>
        diff -«r¦rq¦ur¦qr¦Nur¦urN» <dir> <dir>
        diff -u <file#1> <file#1>.orig >·<name>.patch
        diff <(sort <text>) <(sort <text>)
        <twofold>
        diff -y «--suppress-common-lines¦-W¬<80..200>» <text> <text>
        diff -«U¦C»¬<0..9> <code> <code>
        diff -«x¬¨<glob>¨¦X <text>¦I¬'<regex>'» -r <dir> <dir>
        diff --«brief¦color=always¦side-by-side» <text> <text>
        diff -«y¦q¦u¦w» <letter> <letter>
        diff <dir>/<w#1>.<ext> <dir>/<w#1>.<ext>
    """, values="CIUWXx", twins="bBuUxX"),
    Program("comm", 1, r"""
        comm «¦-12¦-23¦-13¦-1¦-3¦-2» <text> <text>
        comm -«12¦23¦13» <(sort <text>) <(sort <text>)
        comm -«1 -2¦2 -3¦1 -3» <letter>.txt <letter>.txt
    """),
    Program("join", 0.9, r"""
        join <text> <text>
        join -t°<delim> <text> <text>
        join -1¬<1..5> -2¬<1..5> <text> <text>
        join -t°<delim> -1¬<1..5> -2¬<1..5> <text> <text>
        join -«a¦v»¬«1¦2» <text> <text>
        join -o¬1.1,2.<2..4> -t°<delim> <text> <text>
        join <(sort <text>) <(sort <text>)
    """, values="12aotv"),
    Program("paste", 0.9, r"""
        paste <text> <text>
        paste -s «¦-d°,» <text>
        paste -d°<delim> <text> <text>
        paste -sd°<delim> <text>
        paste -«d°<delim> - - ¦» < <text>
        seq <5..99> | paste -s -d°+
    """, values="d"),
    Program("split", 1, r"""
        split -l¬<100..9999> <text> «¦<w>_¦<w>-»
        split -b <size> <file> «¦<w>.part.»
        split -d -«l¬<100..9999>¦b <size>¦a¬<2..4>» <text> <w>_
        split -n¬<2..20> <file>
        split -C <size> <text> <w>
        split --«lines=<100..9999>¦bytes=<size>¦number=l/<2..9>» <text>
    """, values="Cabln"),
    Program("fold", 0.5, r"""
        fold -w¬<20..120> «¦-s» <text>
        fold -sw¬<20..120> <text>
        fold -«s¦b» <text>
    """, values="w"),
    Program("column", 0.6, r"""
        column -t «¦-s°<delim>» <text>
        column -s°<delim> -t <text>
        mount | column -t
        column -«c¬<60..200>¦x» <text>
    """, values="cs"),
    Program("expand", 0.4, r"""
        expand «¦-i» -t¬<2..8> <code> >·<sink>
        unexpand «-a¦--first-only» <code>
    """, values="t"),
    Program("shuf", 0.5, r"""
        shuf «¦-n¬<1..99>» <text>
        shuf -i¬1-<10..999> -n¬<1..20>
        shuf -e <w> <w> <w>
    """, values="in"),
    Program("iconv", 0.6, r"""
        iconv -f¬«ISO-8859-1¦UTF-16¦latin1¦windows-1252» -t¬«UTF-8¦utf-8//TRANSLIT¦
            ASCII//TRANSLIT» <text>
        iconv -t¬UTF-8 -f¬«CP1252¦SHIFT-JIS¦ISO-8859-15» <text> -o <sink>
        iconv -l
    """, values="fot"),
)
