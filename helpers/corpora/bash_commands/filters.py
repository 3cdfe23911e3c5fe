"""What may stand after a pipe, by the kind of lines that come through it.

`<kind>_keep` are the filters that hand on lines of the same kind, `<kind>_end` those after which
nothing more is to be filtered: a count, a pager, a few fields.
"""

from __future__ import annotations

from helpers.corpora.bash_commands.grammar import read_rules

_LINES = read_rules(r"""
    paths_keep
        grep <w>¦grep -v <w>¦sort¦grep '\.<codeext>$'¦grep -«v¦i» ¨<w>¨¦grep -v «node_modules¦
        .git¦vendor¦build»¦sort -«r¦u¦f»¦grep -«E¦vE» '\.(<textext>|<codeext>)$'¦sed 's|^\./||'
    paths_end
        wc -l¦<few>¦xargs «ls -l¦ls -lh¦wc -l¦du -ch¦rm¦rm -f¦file¦md5sum¦cat»¦less¦
        xargs grep «¦-l¦-i¦-n» <word>¦xargs -n¬1 «basename¦dirname¦file»¦tee <sink>¦
        xargs -I¬{} «cp {} <dir>¦mv {} <dir>»¦awk -F°/ '{°print $NF°}'¦
        cut -d°/ -f°<2..4> | sort | uniq -c¦sed 's/.*\.//' | sort | uniq -c«¦ | sort -«nr¦rn»»
    found_keep
        grep <w>¦grep -v <w>¦sort¦grep -v «node_modules¦.git¦vendor¦build»¦grep -«v¦i» ¨<w>¨¦
        sort -«r¦u¦f»¦sed 's|^\./||'
    found_end
        <paths_end>
    dirs_keep
        grep <w>¦grep -v <w>¦sort¦grep -v «node_modules¦.git»¦grep -i <d>¦sort -r
    dirs_end
        wc -l¦<few>¦xargs «du -sh¦ls -ld¦rmdir¦rm -<R>f¦chmod <mode>»¦less¦tee <sink>¦
        xargs -n¬1 basename¦xargs -I¬{} «cp <conf> {}¦touch {}/.keep»
    pids_keep
        sort -«n¦u»¦grep -v $$
    pids_end
        xargs kill«¦ -9»¦wc -l¦head -n¬1¦xargs -r kill¦xargs ps -fp¦tail -n¬1¦paste -s -d°,¦
        tee <name>.pid
    listing_keep
        grep <w>¦grep '^d'¦grep -v '^d'¦sort -k°5 -«n¦nr»¦grep <user>¦grep -i ¨<w>¨¦tail -n¬+2
    listing_end
        wc -l¦<few>¦awk '{°print $9°}'¦awk '{°print $5,·$9°}'¦less¦awk '{°s+=$5°} END°{°print s°}'¦
        awk '{°print $3°}' | sort | uniq -c¦tee <sink>
    processes_keep
        grep <daemon>¦grep -«i¦w¦v» <daemon>¦grep <daemon> | grep -v grep¦grep <user>¦
        grep -v root¦sort -k°«3¦4»«nr¦ -nr»
    processes_end
        wc -l¦<few>¦awk '{°print $2°}'¦less¦awk '{°print $2,·$11°}'¦
        awk '{°print $1°}' | sort | uniq -c¦
        awk '$3·>·<5..80>°{°print $2°}'¦tee <sink>
    sockets_keep
        grep <port>¦grep :<port>¦grep LISTEN¦grep ESTABLISHED¦grep -v 127.0.0.1¦grep tcp¦
        grep -«i¦w» «listen¦established¦udp»¦grep ¨:<port> ¨¦grep <daemon>
    sockets_end
        wc -l¦<few>¦awk '{°print $«4¦5»°}'¦less¦awk '{°print $5°}' | cut -d°: -f°1 | sort | uniq -c¦
        awk '{°print $5°}' | sort -u¦tail -n¬+2¦tee <sink>
    packages_keep
        grep <«package¦pypackage»>¦grep -i <«package¦pypackage»>¦grep -«v¦w» <w>¦sort
    packages_end
        wc -l¦<few>¦less¦awk '{°print $«1¦2»°}'¦cut -d¬' ' -f¬1¦tee <sink>
    disks_keep
        grep /dev/sd<disk>¦grep -v «tmpfs¦loop¦udev»¦grep <mount>¦grep ^/dev¦
        grep -«i¦w» «nfs¦ext4¦xfs»¦
        tail -n¬+2
    disks_end
        awk '{°print $1,·$5°}'¦head -n¬<2..9>¦column -t¦tail -n¬1¦wc -l¦awk '{°print $6°}'¦
        sort -k°5 -«nr¦rn»¦less¦tee <sink>
    sizes_keep
        sort -«h¦rh¦n¦nr¦rn»¦grep <w>¦sort -«k°1 -n¦n»¦grep -v <w>¦grep '[0-9]G'
    sizes_end
        <few>¦tail -n¬1¦cut -f°«1¦2»¦awk '{°print $2°}'¦tee <sink>¦head -n¬<5..20>
    units_keep
        grep <name>¦grep -i «running¦failed¦exited¦pending»¦grep -v <name>¦grep <label>¦tail -n¬+2
    units_end
        wc -l¦awk '{°print $1°}'¦<few>¦awk '{°print $1,·$3°}'¦less¦column -t¦
        awk 'NR>1°{°print $1°}'
    users_keep
        grep <user>¦grep -v <user>¦sort -u¦grep -«w¦c» root¦sort
    users_end
        awk '{°print $1°}'¦wc -l¦awk '{°print $1°}' | sort | uniq -c¦<few>¦
        cut -d¬' ' -f¬1 | sort -u
    commits_keep
        grep -i <w>¦grep «fix¦merge¦revert¦release»¦grep -v «Merge¦wip»
    commits_end
        wc -l¦<few>¦cut -d¬' ' -f¬1¦less¦tac¦awk '{°print $1°}'
    diffs_keep
        grep '^+'¦grep '^[-+]'¦grep <w>¦grep '^[<>]'¦grep -«n¦i¦v» <w>
    diffs_end
        <few>¦less¦wc -l¦tee <name>.«diff¦patch»¦grep -c '^«+¦-¦<¦>»'¦less -R
    source_keep
        grep <w>¦grep -«n¦i¦v» <w>¦grep -«A¦B»¬<1..9> <w>¦grep -i ¨<w>¨
    source_end
        <few>¦less¦wc -l¦tee <sink>¦sed -n '<1..20>,<30..99>p'¦grep -c <w>
    log_keep
        grep <logword>¦grep -«i¦v» <logword>¦grep ¨<logword>¨¦grep <ip>¦
        grep -E '<logword>|<logword>'¦
        grep -«A¦B¦C»¬<1..9> <logword>¦grep -v <ip>¦sed '<1..99>d'¦tail -n¬<10..200>¦grep <date>
    log_end
        <few>¦wc -l¦less¦awk '{°print $1°}' | sort | uniq -c«¦ | sort -«nr¦rn»»¦
        cut -d¬' ' -f¬<1..9>¦
        awk '{°print $<1..9>°}'¦grep -c <logword>¦tee <sinklog>¦sort | uniq -c | sort -«nr¦rn»¦
        awk '{°print $1,·$<4..9>°}'¦cut -c°1-<40..99>
    matches_keep
        grep -v <word>¦sort¦sort -u¦grep -«i¦vi» <word>¦grep -v '^#'
    matches_end
        wc -l¦<few>¦less¦sort | uniq -c«¦ | sort -«nr¦rn»»¦awk '{°print $<1..5>°}'¦
        cut -d°: -f°«1¦2»¦tee <sink>¦sed 's/^ *//'
    addresses_keep
        grep -«i¦w» «address¦open¦name¦IN»¦sort -u¦grep -v '^;'¦grep -v '^$'
    addresses_end
        <few>¦awk '{°print $«2¦NF»°}'¦cut -d¬' ' -f¬<2..4>¦tee <sink>¦head -n¬1¦wc -l
    interfaces_keep
        grep inet¦grep 'inet '¦grep -«A¦B»¬<1..3> <nic>¦grep <nic>¦grep -w «UP¦inet6¦mtu»¦
        grep -v <nic>
    interfaces_end
        awk '{°print $2°}'¦<few>¦wc -l¦grep -c «inet¦UP»¦less¦cut -d¬' ' -f¬<1..6>¦
        grep -o '[0-9.]*/24'
    numbers_keep
        sort -«r¦R¦rn»¦shuf¦tac¦sed 's/^/<w>/'¦grep -v 0
    numbers_end
        paste -s -d°«+¦,»¦xargs -n¬<2..9>¦<few>¦awk '{°s+=$1°} END°{°print s°}'¦tr '\n' ' '¦
        column¦xargs -I¬{} «touch <w>{}.txt¦mkdir <w>{}¦echo <w>-{}»¦pr -t -<2..6>
    dump_keep
        gzip¦gzip -9¦xz¦zstd¦bzip2
    dump_end
        gzip >·<name>.gz¦md5sum¦sha256sum¦wc -c¦xxd | head -n¬<3..20>¦gpg -c >·<name>.gpg¦
        ssh <login> 'cat >·<name>.bak'
    octets_keep
        head -n¬<5..99>¦tail -n¬+<2..9>
    octets_end
        <few>¦less¦wc -l¦tee <sink>¦grep -i ¨<10..99> <10..99>¨
    encoded_keep
        tr -d '\n'¦cut -c°1-<8..32>¦fold -w¬<40..76>¦tr -d '=+/'
    encoded_end
        wc -c¦head -c¬<8..64>¦tr -d '=+/'¦tr -d '\n'¦tee <sink>¦cut -c°1-<8..32>
    json_keep
        jq .<column>¦jq -r .<column>¦jq '.[]'¦jq -«c¦S» .¦jq -r '.[].<column>'
    json_end
        jq .¦less¦jq «length¦keys»¦python3 -m json.tool¦head -c¬<100..999>¦tee <w>.json¦
        jq -r '.[].<column>' | sort«¦ -u»¦jq '.<table> | length'¦grep -o '"<column>"' | wc -l
    commands_keep
        grep <tool>¦grep -«i¦w» <tool>¦grep ¨<tool> ¨¦grep -v <tool>
    commands_end
        tail -n¬<5..50>¦less¦awk '{°print $2°}' | sort | uniq -c | sort -«nr¦rn»¦wc -l¦<few>¦
        cut -c°8-¦sort -«rn¦k°2»
    text_keep
        grep ¨<word>¨¦grep <word>¦sort¦grep -«v¦i¦w» <word>¦sort -«n¦r¦u¦nr¦rn»¦sort -k°<key>¦
        cut -d°<delim> -f°<fields>¦awk '<awk>'¦sed '<sed>'¦awk -F°<delim> '{°print $<1..9>°}'¦
        tr A-Z a-z¦cut -f°<fields>¦tail -n¬+<2..9>¦sort -t°<delim> -k°<key>¦tr -s ' '¦
        sed -«n '<sedprint>'¦E '<sed>'¦e '<sed>'»¦grep -E '<regex>'¦cut -c°<1..9>-<10..40>¦
        grep -v '^$'¦tr -d '\r'
    text_end
        <few>¦wc -l¦sort | uniq -c¦sort | uniq -c | sort -«nr¦rn»¦sort -u¦less¦
        awk '{°print $<1..9>°}'¦
        column -t«¦ -s°,»¦wc -«w¦c»¦tee <sink>¦paste -s -d°,¦tr '\n' ' '¦nl¦grep -c <word>¦
        fold -w¬<40..99>¦tac¦awk '{°print $<1..9>°}' | sort«¦ -u»¦cat -n¦more¦grep -o '<regex>'
""")
KINDS = tuple(name.removesuffix("_keep") for name in _LINES if name.endswith("_keep"))
_WHOLE = "<K_keep>¦<K_end>¦<K_end>¦<K_keep> | <K_end>"

RULES: dict[str, str] = (
    read_rules(r"""
    few
        head¦head -n¬<1..50>¦head -<1..50>¦tail -n¬<1..50>¦tail -<1..30>¦tail
    """)
    | _LINES
    | {f"{kind}_filter": _WHOLE.replace("K", kind) for kind in KINDS}
)
