"""The words that names are made of: what shell users call their files, hosts and things.

None of them is a word of the dictation's vocabulary ("star", "dot", "two").
"""

from __future__ import annotations

STEMS = """
report backup config data users orders invoice summary notes index main app server client test
utils helper model schema setup build deploy install update cleanup monitor archive export import
access error debug system auth session cache queue worker task job event metric sensor sample
results output input draft final budget sales customer product catalog inventory payment ledger
photo banner logo icon avatar screenshot diagram chart slide poster song track podcast lecture
clip trailer intro chapter thesis paper letter resume cover receipt contract agenda minutes
weather traffic census survey poll votes scores ranking players matches teams recipes books
movies artists albums genre words names emails phones addresses cities countries regions prices
stocks trades quotes rates dump snapshot restore migrate seed fixture mock handler router
controller view template layout style theme font parser lexer token matrix vector kernel driver
module plugin package bundle vendor license changelog manual guide tutorial example demo hello
todo inbox journal diary family holiday garden kitchen bench profile trace heap stack core
"""
DIRS = """
src lib bin docs tests data logs build dist assets images static public templates scripts tools
config backup backups tmp cache uploads downloads archive reports projects work shared common
vendor modules packages services api frontend backend web mobile client server core models views
controllers migrations fixtures examples samples raw processed clean exports photos videos music
pictures books papers thesis drafts notes lectures homework labs week invoices contracts taxes
releases nightly staging production dev release include kernel drivers locale fonts themes icons
plugins charts manifests terraform ansible playbooks roles docker infra ci conf secrets certs keys
"""
NAMES = """
alpha apollo atlas aurora beacon billing blog cedar checkout comet compass crm dashboard delta
echoes ember falcon forum gateway harbor hermes horizon ingest juniper lantern ledger lighthouse
lotus maple mercury meteor metrics notify nova oak onyx orbit orchid osprey otter payments phoenix
pilot portal pulse quartz radar raven reef relay rocket sage search shop sierra signup sparrow
storefront summit tango tracker tundra vega vault walnut webshop willow wiki wombat zephyr zebra
"""
MIXED = """
README.md Makefile Dockerfile LICENSE CHANGELOG.md TODO.txt MyProject MyApp WebServer DataLoader
UserModel MainActivity OrderService HelloWorld Test.java Main.java App.tsx Button.jsx Program.cs
Gemfile Rakefile Vagrantfile Jenkinsfile Procfile Cargo.toml NOTES.txt INSTALL Pictures Downloads
Documents Desktop Music Videos Backup2023 IMG_2041.JPG IMG_0007.jpg DSC00123.NEF Report2024.pdf
"""
USERS = """
alice bob carol dave erin frank grace heidi ivan judy mallory olga peggy rupert sybil trent victor
walter wendy deploy admin backup git jenkins postgres mysql nginx ubuntu debian pi ec2-user
developer student guest operator ansible builder worker webmaster www-data nobody tomcat redis
"""
LABELS = """
web db app mail backup build ci cache proxy gateway bastion jump node worker master storage nas
files media printer router monitor grafana metrics logs search staging prod dev test demo git
registry vpn dns ns ldap auth api www static cdn edge lab gpu compute login hpc pi server host
"""
DOMAINS = """
example.com example.org example.net corp.example.com internal.example.net lab.example.org
example.edu home.arpa dev.example.com eu.example.com prod.internal cluster.local office.example
"""
WORDS = """
error warning failed timeout exception refused denied success started stopped connected login
logout password session token request response query update delete insert select import export
function class return public static void include define main print printf format string int float
TODO FIXME HACK DEBUG INFO WARN ERROR FATAL CRITICAL NOTICE Exception NullPointerException
localhost root admin user guest order invoice payment customer product price total amount status
active pending blocked expired enabled disabled true false null none unknown missing invalid
kernel memory disk network usb eth wlan cpu panic segfault killed oom retry restart reload
GET POST PUT DELETE HEAD http https ftp Mozilla Chrome Linux Windows version release copyright
"""
PHRASES = """
hello world¦disk full¦connection refused¦permission denied¦no such file¦out of memory¦all done
backup finished¦build failed¦job started¦not found¦access denied¦good morning¦server is down
tests passed¦please wait¦press any key¦session expired¦invalid password¦new release¦hello there
"""
MESSAGES = """
fix typo¦update readme¦initial commit¦add tests¦bump version¦remove unused code¦fix login bug
wip¦refactor parser¦clean up imports¦add docker support¦fix broken link¦update dependencies
merge upstream¦improve error message¦speed up build¦revert last change¦add missing file
handle empty input¦rename module¦fix memory leak¦add changelog entry¦drop old api¦fix tests
"""
PACKAGES = """
vim htop curl nginx git tmux tree jq wget rsync zsh fish emacs nano gcc make cmake clang gdb
python3 python3-pip nodejs openjdk-17-jdk postgresql redis-server mysql-server sqlite3 docker.io
build-essential libssl-dev libpq-dev zlib1g-dev ffmpeg imagemagick pandoc graphviz ufw fail2ban
"""
PY_PACKAGES = """
requests numpy pandas scipy flask django fastapi uvicorn pytest black ruff mypy httpx pydantic
sqlalchemy matplotlib seaborn jupyter notebook scikit-learn pillow click rich typer boto3 celery
"""
JS_PACKAGES = """
express react lodash axios webpack vite eslint prettier jest typescript next vue svelte dotenv
mongoose nodemon chalk commander moment rxjs tailwindcss postcss @types/node @types/react
"""
SERVICES = """
nginx apache2 sshd ssh docker postgresql mysql mariadb redis cron rsyslog haproxy grafana-server
prometheus jenkins elasticsearch mongod NetworkManager systemd-resolved bluetooth cups fail2ban
php8.1-fpm gunicorn tomcat9 postfix dovecot named vsftpd smbd libvirtd containerd kubelet
"""
IMAGES = """
nginx redis postgres mysql alpine ubuntu debian python node golang httpd busybox rabbitmq traefik
mongo openjdk grafana/grafana prom/prometheus jenkins/jenkins registry memcached php ruby
"""
VARIABLES = """
HOME PATH USER SHELL PWD LANG EDITOR TERM OLDPWD HOSTNAME LOGNAME TMPDIR DISPLAY JAVA_HOME GOPATH
LC_ALL PYTHONPATH LD_LIBRARY_PATH NODE_ENV DEBUG PORT HOST API_KEY DB_HOST DB_NAME APP_ENV
BACKUP_DIR LOG_LEVEL DATA_DIR OUTPUT file dir name path src dest line count user target log
"""
COLUMNS = """
id name email status price total amount city country created_at updated_at user_id order_id
title age score quantity category is_active first_name last_name phone zip state type
"""
DAEMONS = """
nginx python java node postgres sshd redis-server chrome firefox dockerd mysqld apache2 gunicorn
celery php-fpm cron bash ruby vim containerd rsync systemd uvicorn tomcat ssh code slack zsh perl
"""
TOOLS = """
git docker ssh make curl cd rm pip kubectl rsync apt npm tar grep sudo vim python find sed scp
"""
LOG_WORDS = """
error warning failed timeout exception refused denied started stopped login logout session panic
ERROR WARN INFO FATAL CRITICAL Exception NullPointerException segfault killed oom retry restart
connection 404 500 502 503 POST GET password root disk memory expired invalid missing localhost
"""
STATES = """
failed¦finished¦started¦not found¦is ready¦missing¦done¦updated¦is missing¦is empty¦complete¦saved
removed¦created¦skipped¦timed out¦not running¦is running¦expired¦denied¦restored¦sent¦too large
"""
