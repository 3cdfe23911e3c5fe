"""Databases and data: SQL shells, redis, jq."""

from helpers.corpora.bash_commands.grammar import read_rules
from helpers.corpora.bash_commands.program import Program

RULES = read_rules(r"""
    query
        SELECT * FROM <table>¦SELECT count(*) FROM <table>¦SELECT <column>, <column> FROM <table>¦
        SELECT <column> FROM <table> LIMIT <1..50>¦select * from <table> where <column> = <1..99>¦
        SELECT <column> FROM <table> WHERE id = <1..999>¦SELECT DISTINCT <column> FROM <table>¦
        DELETE FROM <table> WHERE id=<1..999>¦select max(<column>) from <table>¦SHOW TABLES¦
        SELECT <column>, count(*) FROM <table> GROUP BY <1..3>¦TRUNCATE <table>¦VACUUM <table>
""")

PROGRAMS = (
    Program("psql", 1.6, r"""
        psql «<db>¦-l¦-d <db>¦-U·<user>¦-U·<user> <db>»
        psql -h·<host> -U·<user> -d <db>
        psql -h·<host> -p·<port> -U·<user> <db>
        psql «-d <db> ¦-U·<user> -d <db> »-c "<query>"
        psql <db> -c "<query>;"
        psql -U·<user> <db> < <w>.sql
        psql -d <db> -f <w>.sql
        psql -«tA¦At¦t¦A»c "<query>" <db>
        psql -«F°, -A¦H¦q» -c "<query>" <db> >·<sink>
        psql -U·<user> -«l¦L <logfile>» «¦<db>»
    """, values="FLUcdfhp", twins="lLfF"),
    Program("pg_dump", 0.8, r"""
        pg_dump <db#1> >·<db#1>.sql
        pg_dump -U·<user> «-h·<host> ¦»<db> >·<w>.sql
        pg_dump -«F°c¦Fc» <db> -f <w>.dump
        pg_dump -t <table> <db> | gzip >·<w>.sql.gz
        pg_restore -d <db> «-c ¦»<w>.dump
        createdb «-O <user> ¦»<db>
    """, values="FUfht", twins="fF"),
    Program("mysql", 1.4, r"""
        mysql -u·<user> -p «¦<db>»
        mysql -u·root -p <db> < <w>.sql
        mysql -h·<host> -u·<user> -p <db>
        mysql -u°<user> -p <db> -e "<query>"
        mysql -h·<host> -P·<port> -u·<user> -p
        mysql -e "<query>" <db>
        mysql -«N¦B¦s¦NB¦sN» -e "<query>" <db> «¦>·<sink>»
        mysql -D <db> -u·<user> -p
    """, values="DPehu", twins="pP"),
    Program("mysqldump", 0.7, r"""
        mysqldump -u·<user> -p <db#1> >·<db#1>.sql
        mysqldump --«all-databases¦single-transaction <db>¦no-data <db>» >·<w>.sql
        mysqldump -u°root -p <db> <table> | gzip >·<db>_$(date +%F).sql.gz
    """, values="hu"),
    Program("sqlite3", 1, r"""
        sqlite3 <w>.db
        sqlite3 <w>.«db¦sqlite» «".tables"¦".schema"¦.dump¦"<query>;"»
        sqlite3 «-header -csv¦-csv¦-line¦-json» <w>.db "<query>" «¦>·<w>.csv»
        sqlite3 <w#1>.db .dump >·<w#1>.sql
        sqlite3 <w>.db < <w>.sql
    """, words=True),
    Program("mongosh", 0.3, r"""
        mongosh «<db>¦mongodb://<host>:27017/<db>¦--host <host>»
        mongodump -d <db> -o <dir>
    """),
    Program("redis-cli", 1, r"""
        redis-cli «ping¦info¦monitor¦keys ¨<w>:*¨¦dbsize¦flushdb»
        redis-cli -h <host> «-p <port> ¦-n <0..9> »«ping¦info¦get <w>:<1..999>»
        redis-cli «get¦del¦ttl¦type¦incr» <w>:<1..999>
        redis-cli set <w>:<w> «<word>¦<1..999>»
        redis-cli «hgetall¦lrange» <w>«¦ 0 -1»
        redis-cli -«a $REDIS_PASSWORD¦r <2..50> -i <1..9>» «ping¦info»
    """, subcommands=True),
    Program("jq", 2, r"""
        jq «.¦.<column>¦'.[]'¦-r .<column>¦keys¦length¦-c .¦-S .¦-s .¦'.<table>[]'» <w>.json
        jq -r '.[].<column>' <w>.json
        jq «¦-r » '.[] | .<column>' <w>.json
        jq '.<table>[] | select(.<column>·==·"<word>")' <w>.json
        jq -«c¦r¦C¦S¦R» '.[]|{<column>,°<column>}' <w>.json
        jq '.<table> | length' <d>/<w>.json
        jq 'map(select(.<column>·>·<1..99>))' <w>.json >·<w>.json
        jq -«r¦R¦s¦S¦n» '.<table>[<0..9>].<column>' <w>.json
        cat <w>.json | jq «.¦-r '.[].<column>'¦'.<column>'»
        jq -s '.[0]·*·.[1]' <w>.json <w>.json
        jq --arg <w#1> <word> '.<column>°=°$<w#1>' <w>.json
        jq -r '.[] | [.<column>,°.<column>] | @csv' <w>.json
    """, twins="rRsScC"),
    Program("yq", 0.3, r"""
        yq «eval ¦»'.<w>.<w>' <w>.yaml
        yq -i '.<w>°=°"<word>"' <w>.yml
    """),
    Program("bc", 0.5, r"""
        echo "scale=<2..9>; <1..99>/<2..9>" | bc «¦-l»
        bc <<< "<1..99>«*¦+¦^»<2..99>"
        bc -l <<< "sqrt(<2..99>)"
    """),
    Program("expr", 0.3, r"""
        expr <1..99> «+¦-¦\*¦/¦%» <1..99>
        expr $<loop> + 1
        expr length "$<var>"
    """),
)
