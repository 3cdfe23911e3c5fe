"""Text as it comes and goes: showing it, its ends, writing it out."""

from helpers.corpora.bash_commands.program import Program

PROGRAMS = (
    Program("cat", 4, r"""
        cat <«text¦file¦conf¦logfile»>
        cat <text> <text> >·<sink>
        cat <text> >>·<sink>
        cat -«n¦A¦b¦s¦e¦v¦T¦E¦t¦vet» <«text¦file¦code»>
        cat <globs> >·<sink>
        cat /proc/«cpuinfo¦meminfo¦loadavg¦version¦<pid>/status¦mounts»
        cat <text> - <text>
        cat "$<pathvar>" | <text_filter>
        cat <text> | <text_filter>
        cat <logfile> | <log_filter>
        cat ~/.ssh/id_«rsa¦ed25519».pub | ssh <login> 'cat >>·~/.ssh/authorized_keys'
        cat <(head -n¬1 <text>) <text>
        cat <letter> <letter> >·<sink>
    """, twins="eEtT"),
    Program("head", 3, r"""
        head <«text¦logfile»>
        head -n¬<1..99> <«text¦logfile»>
        head -<1..99> <«text¦logfile»>
        head -n¬-<1..20> <text>
        head -c¬«<10..999>¦<1..9>k¦<size>» <file>
        head -«q¦v» -n¬<1..20> <globs>
        head -n¬<1..20> <text> >·<sink>
        head -c¬<8..64> /dev/urandom | «base64¦xxd -p¦od -A¬n -t¬x1¦md5sum»
    """, values="cn"),
    Program("tail", 3.4, r"""
        tail <«text¦logfile»>
        tail -«f¦F» <logfile>
        tail -n¬<1..200> <«text¦logfile»>
        tail -n¬+<2..9> <text>
        tail -<1..99> <«text¦logfile»>
        tail -n¬<10..200> -«f¦F» <logfile>
        tail -«f¦F» <logfile> | grep «¦-i¦-v¦--line-buffered» <logword>
        tail -<10..500>f <logfile>
        tail -c¬<10..999> <file>
        tail -f -s¬<1..9> <logfile>
        tail -n¬<10..200> <logfile> | <log_filter>
        tail -«f¦F» <logfile> <logfile>
    """, values="cns", twins="fF"),
    Program("tee", 1, r"""
        <small> | tee «¦-a» <«sink¦sinklog»>
        echo ¨<phrase>¨ | tee «¦-a» <sink>
        echo ¨<w>=<word>¨ | sudo tee «¦-a» <conf> >·/dev/null
        make 2>&1 | tee <sinklog>
    """),
    Program("nl", 0.5, r"""
        nl <«text¦code»>
        nl -b¬a <«text¦code»>
        nl -«n¬ln¦s¬': '¦v¬<1..99>¦w¬<1..6>¦ba» <text>
    """, values="bnsvw"),
    Program("tac", 0.5, r"""
        tac <«text¦logfile»> «¦| head -n¬<1..20>¦| grep -m¬1 <logword>»
        tac -s¬<delim> <text>
    """, values="s"),
    Program("rev", 0.5, r"""
        rev <text>
        rev <text> | cut -d°<delim> -f°1 | rev
        echo <word> | rev
    """),
    Program("echo", 3, r"""
        echo ¨<phrase>¨
        echo <«word¦phrase»>
        echo "$<var>"
        echo $<var>
        echo «-n¦-e¦-ne¦-E» ¨<phrase>¨
        echo ¨<phrase>¨ >·<sink>
        echo ¨<phrase>¨ >>·<sink>
        echo -e ¨<w>\«n¦t»<w>¨
        echo "$(date «¦+%F¦+%s»): <phrase>" >>·<sinklog>
        echo $((<1..99>·«+¦*¦-¦/»·<1..99>))
        echo ${<var>«#¦##»*«/¦.»}
        echo "${<var>:-<word>}"
        echo {a..«e¦z¦f¦h»}
        echo {1..<5..100>}
        echo $«?¦#¦0¦1¦$¦RANDOM¦(whoami)¦(pwd)»
        echo "<phrase>" >&2
        echo "<1..99>«+¦*¦-»<2..99>" | bc
        echo -n ¨<word>¨ | «md5sum¦sha256sum¦base64¦wc -c¦xxd -p¦openssl dgst -sha256»
    """, twins="eE"),
    Program("printf", 0.8, r"""
        printf '%s\n' «<globs>¦"$<var>"¦<w> <w>»
        printf "<w>: %d\n" <1..999>
        printf '%«05d¦.2f¦x¦-10s|»\n' <1..999>
        printf "<phrase>\n" >>·<sink>
    """),
    Program("less", 0.7, r"""
        less «¦-S¦-N¦-R¦-i¦+F¦-r» <«logfile¦text¦code»>
        <small> | less «¦-S¦-R»
    """, twins="rRsS"),
    Program("strings", 0.5, r"""
        strings «¦-a» <file> | grep «¦-i» <word>
        strings -n¬<4..20> <file>
    """, values="n"),
)
