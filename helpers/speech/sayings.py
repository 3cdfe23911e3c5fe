"""How people say what a shell's words look like; a voice would spell them, or guess."""

SAYINGS = {
    "apache": "apatchee", "api": "A P I", "chmod": "C H mod", "chown": "C H own",
    "crontab": "cron tab", "ctl": "C T L", "du": "D U", "egrep": "E grep", "etc": "etsy",
    "ffmpeg": "F F M peg", "git": "gitt", "gunzip": "gun zip", "gzip": "G zip", "id": "I D",
    "ifconfig": "I F config", "iname": "I name", "ip": "I P", "iptables": "I P tables",
    "journalctl": "journal C T L", "json": "jason", "kubectl": "cube control",
    "localhost": "local host", "lsof": "L S of", "mkdir": "make dir", "mtime": "M time",
    "mysql": "my S Q L", "nginx": "engine x", "nmap": "N map", "nohup": "no hup",
    "npm": "N P M", "openssl": "open S S L", "passwd": "pass W D", "pgrep": "P grep",
    "pkill": "P kill", "printf": "print F", "psql": "P S Q L", "pytest": "pie test",
    "regex": "reg ex", "rmdir": "remove dir", "rsync": "R sync", "schema": "skeema",
    "sql": "S Q L", "src": "source", "sudo": "soo doo", "systemctl": "system C T L",
    "timeout": "time out", "tmp": "temp", "uniq": "unique", "usr": "user", "wget": "W get",
    "xargs": "X args", "yaml": "yammel", "yml": "Y M L", "zgrep": "Z grep",
}  # fmt: skip
LETTER_A = {"espeak-ng": "eh", "flite": "ay"}  # alone they take it for the article
