"""Small languages inside commands: patterns, awk, sed, modes, sizes, times; as in `kinds`."""

PATTERNS = r"""
    signal: signal
        9¦9¦15¦HUP¦TERM¦KILL¦USR1¦INT¦STOP¦CONT¦SIGTERM¦SIGKILL¦1
    mode: mode
        755¦644¦600¦700¦777¦640¦0644¦0755¦400¦750¦664¦775¦2775¦1777
    symbolic: mode
        +x¦u+x¦a+x¦go-w¦g+w¦u+rw¦o-r¦u=rw,go=r¦a+r¦ug+rw¦g+s¦o-rwx¦u+s¦+r¦go-rwx¦u+rwx,g+rx
    size: size
        <1..9>M¦<10..99>M¦<1..9>00M¦<1..9>G¦<10..99>k¦<1..9>00k¦<1..9>0G¦1024k¦512M¦<1..9>K¦10m
    blocks: size
        1M¦1M¦4M¦4k¦64k¦512¦1k¦8M¦16M¦1m¦4K¦1024¦1G¦2048¦10M¦32k
    days: days
        +<1..9>¦-<1..9>¦+<10..90>¦+30¦-7¦+7¦-1¦<1..9>¦+365¦+14¦+180¦-30¦0
    date: date
        <year>-<mm>-<dd>¦<year>-<mm>-<dd>¦<year>-<mm>-01¦<year><mm><dd>¦<year>-12-31
    clock: time
        <10..23>:<10..59>¦<mm>:<10..59>¦<mm>:00¦22:30
    regex: pattern
        ^<w>¦<w>$¦^#¦^$¦[0-9]+¦<w>.*<w>¦^[A-Z]¦<word>|<word>¦(<w>|<w>)¦<w>[0-9]*¦^<w>=¦^\s*$¦
        \b<w>\b¦[0-9]{3}-[0-9]{4}¦[a-z]+@[a-z]+¦<w>(¦\.<codeext>$¦^<user>:¦https?://¦<w> = <w>¦
        [^/]*$¦^[^#]¦[[:space:]]+¦[0-9]{1,3}\.[0-9]{1,3}¦def <w>¦class <W>¦import <w>¦<w>: <w>¦^>
    awk: awk
        {°print $<1..9>°}¦{°print $<1..9>,·$<1..9>°}¦{°print $NF°}¦
        $<1..9>·>·<10..999>°{°print $<1..9>°}¦NR==<1..99>¦NR>1°{°print $<1..5>°}¦!seen[$0]++¦
        {°s+=$<1..9>°} END°{°print s°}¦/<word>/°{°print $<1..9>°}¦$<1..9>·==·"<word>"¦
        {°sum·+=·$<1..9>°}; END°{°print sum°}¦{°print $1 ":" $<2..9>°}¦length·>·<40..120>¦
        {°print NR": "$0°}¦{°print $(NF-1)°}¦NF¦{°printf "%s\n",·$<1..9>°}¦
        {°print $1,·$<2..5>,·$<6..9>°}¦BEGIN°{°FS=","°}°{°print $<1..9>°}¦/<w>/,/<w>/¦
        {°total·+=·$<1..9>°} END°{°print total/NR°}¦$1°~°/^<w>/¦
        {°a[$1]++°} END°{°for (k in a) print k,·a[k]°}¦{°$<1..4>="";·print°}¦
        {°print toupper($<1..9>)°}
    sed: sed
        s/<word>/<word>/g¦s/<word>/<word>/g¦s/<w>/<w>/¦s/^/# /¦/^$/d¦/^#/d¦<1..99>d¦
        $d¦/<word>/d¦s/[[:space:]]*$//¦s/<word>.*//¦
        s|<root>/<d>|<root>/<d>|g¦/<w>/,/<w>/d¦s/\t/ /g¦1d¦s/\s\+/ /g¦
        s/<w>=.*/<w>=<word>/¦1i <w>,<w>,<w>¦s/[0-9]\+/N/g¦y/abc/ABC/¦s/\r$//¦s#<root>#<root>/<d>#¦
        s/<domain>/<domain>/g¦s/\(<w>\)/\1s/g¦$a <w>=<word>¦/<w>/s/<w>/<w>/¦s/,/;/g
    sedprint: sed
        <1..20>,<30..99>p¦/<word>/p¦<1..99>p¦$p¦/<w>/,/<w>/p¦s/<word>/<word>/p¦s/.*<w>=//p
    delim: delimiter
        ,¦,¦:¦:¦';'¦'|'¦';'¦' '¦/¦-¦=¦'='¦','¦_¦.¦","¦":"¦' '¦" "¦@
    fields: fields
        <1..9>¦<1..9>¦1,<2..9>¦<1..3>-<4..9>¦<2..9>-¦1-<2..9>¦1,<2..4>,<5..9>¦-<2..5>
    key: fields
        <1..9>¦<1..2>,<3..6>¦2,2¦1,1¦<2..5>n¦2nr¦1,1r¦3,3n
    cron: schedule
        */<5..30> * * * *¦0 <1..23> * * *¦<10..59> <1..23> * * <1..5>¦@daily¦0 0 * * 0¦@reboot
"""
