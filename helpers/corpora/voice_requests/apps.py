"""Apps that people run: what each is for, how its name is shortened, how it is misheard.

One line an app: `Name | short forms | mishearings`, under the kind that nicknames refer to.
A name that ends in `*` needs no kind: it is never meant by "the browser" or its like.
"""

from __future__ import annotations

from dataclasses import dataclass

TABLE = """
# browser
Google Chrome | chrome | gogle crome; google crome; goggle chrome; google kroam
Safari | | suffari; safary; so fari
Firefox | | fire fox; fire folks; firefoxe
Arc Browser | arc | ark browser; arc browse her
Brave Browser | brave | brave browse her; braved browser
Microsoft Edge | edge | microsoft hedge; micro soft edge
Vivaldi | | vivaldy; viv aldi
Opera | | oprah; opperah
Chromium | | chrome ium; crow mium
DuckDuckGo | | duck duck go; duck tuck go
Orion | | o'ryan; orien
# editor
Visual Studio Code | vs code; vscode; code | visual studio coat; v s code; vs coat
Xcode | | ex code; x code; eks code
Cursor | | curser; kursor; cur sir
Zed | | zedd; said
Sublime Text | sublime | sub lime text; sublime tex
IntelliJ IDEA | intellij | intelli jay; in telly j; intelligent idea
PyCharm | | pie charm; pi charm; pie chart m
WebStorm | | web storm; webb storm
GoLand | | go land; goal and
RubyMine | | ruby mine; ruby mind
CLion | | sea lion; c lion
Rider | | writer ide; ryder
Android Studio | | android studios; and roid studio
Neovim | nvim | neo vim; neo vem; knee o vim
MacVim | | mac vim; mack vim
Emacs | | e max; emax; e macs
Nova | | know va; novah
BBEdit | | bb edit; b b edit; bb addit
TextMate | | text mate; text made
Eclipse | | e clips; eclips
# terminal
Terminal | | terminull; term inal; turminal
iTerm2 | iterm; iterm two | eye term; i term; item two
Warp | | worp; warpp
Ghostty | | ghosty; ghost tee; go sty
Alacritty | | alacrity; a lack ritty
Kitty | | kiddy; kit tea
Hyper | | hiper; high purr
WezTerm | | wes term; west term
# chat
Slack | | slak; slacks; slag
Discord | | dis cord; this cord; diskord
Microsoft Teams | teams | microsoft teems; micro soft teams
Telegram | | tele gram; telegraham
WhatsApp | | what's app; whats up app; what sap
Signal | | signall; sig nal
Messages | | message is; messiges
Element | | ellement; ella mint
Mattermost | | matter most; matter mossed
Zulip | | zoo lip; zulipp
Beeper | | beepher; bee per
# mail
Mail | | male app; mayl
Microsoft Outlook | outlook | out look; microsoft outlooks
Thunderbird | | thunder bird; thunder burd
Spark | | sparc; sparkk
Airmail | | air mail; air male
Mimestream | | mime stream; mind stream
Proton Mail | proton | proton male; protein mail
Superhuman | | super human; supper human
# calendar
Calendar | | calender; colander
Fantastical | | fantastic al; fan tastical
BusyCal | | busy cal; bizzy cal
Notion Calendar | | motion calendar; notion calender
# notes
Notes | | noats; knows app
Obsidian | | obsidion; ob sidian; upsidian
Bear | | bare app; bair
Notion | | noshun; no shun; knowtion
Evernote | | ever note; every note
Logseq | | log seek; log sec
Craft | | kraft; crafft
Joplin | | jop lin; chop lin
OneNote | | one note; won note
Roam Research | roam | rome research; roam re search
Drafts | | draughts; draffs
# music
Spotify | | spot if i; spottify; spot a fi
Music | | mew sick; muzic
Tidal | | title; tie dal
VLC | | v l c; velcy
Doppler | | dop ler; doppla
# music-making
Ableton Live | ableton | able ton live; abel ton live
Logic Pro | logic | logik pro; lodge ick pro
GarageBand | | garage band; garbage band
Reaper | | reeper; reap her
# sound
Audacity | | odd acity; audasity
Audio Hijack | | audio high jack; audio hijacked
Descript | | the script app; des script
# design
Figma | | fig ma; figmah; thick ma
Sketch | | skech; sketched
Adobe Illustrator | illustrator | adobe illustrater; a dobe illustrator
Affinity Designer | | infinity designer; affinity design her
Inkscape | | ink scape; ink scaped
Canva | | canvas; can va
Framer | | frame her; framor
# photos
Adobe Photoshop | photoshop | photo shop; adobe foto shop
Adobe Lightroom | lightroom | light room; adobe lite room
Pixelmator Pro | pixelmator | pixel mater pro; pixel made or pro
Affinity Photo | | infinity photo; affinity foto
Capture One | | capture won; captcha one
Photos | | fotos; photo's
GIMP | | gimpp; ghimp
Darktable | | dark table; dark tabel
# video
Final Cut Pro | final cut | final cat pro; vinyl cut pro
DaVinci Resolve | resolve; davinci | da vinci resolve; davinci resolved
Adobe Premiere Pro | premiere | adobe premier pro; premier pro
ScreenFlow | | screen flow; scream flow
Kdenlive | | k den live; kay den live
HandBrake | | hand brake; hand break
# call
Zoom | | zume; soom
Webex | | web ex; web x
FaceTime | | face time; face thyme
Skype | | skipe; sky p
Google Meet | meet | google meat; goggle meet
Around | | a round app; arrowned
# tasks
Things | | thinks; thing's
Todoist | | to do list app; to doist; todo wrist
OmniFocus | | omni focus; omny focus
TickTick | | tick tick; tic tic
Reminders | | remainders; remind hers
Microsoft To Do | | microsoft to due; micro soft to do
# tracker
Linear | | lineer; linnear
Jira | | jeera; gyra
Asana | | a sauna; asanna
Trello | | trellow; tre low
Height | | hight; hite
# docs
Microsoft Word | word | microsoft whirred; micro soft word
Pages | | pagers; page is
LibreOffice Writer | | libra office writer; libre office rider
Scrivener | | scrivner; scribener
Ulysses | | you lysses; ulises
iA Writer | | i a writer; ia rider
Typora | | type ora; typorah
# sheets
Microsoft Excel | excel | microsoft exel; ex cell; microsoft excell
Numbers | | numb hers; numbres
LibreOffice Calc | | libra office calc; libre office calk
Airtable | | air table; hair table
# slides
Keynote | | key note; keen note
Microsoft PowerPoint | powerpoint | power point; microsoft powder point
Deckset | | deck set; decks it
# api
Postman | | post man; postmen; posed man
Insomnia | | in somnia; insomia
Bruno | | brew no; brunno
Paw | | pawe; por
Hoppscotch | | hop scotch; hops scotch
# database
TablePlus | | table plus; tabel plus
DBeaver | | d beaver; the beaver
Postico | | post eco; postiko
Sequel Ace | | sequel ase; sea quill ace
DataGrip | | data grip; date a grip
MongoDB Compass | compass | mongo d b compass; mango db compass
pgAdmin | | p g admin; page admin
Redis Insight | | red is insight; reddis insight
# git
GitHub Desktop | | git hub desktop; get hub desktop
Sourcetree | | source tree; sauce tree
Fork | | forck; four k
Tower | | tour app; towwer
GitKraken | | git kraken; get cracken
Sublime Merge | | sub lime merge; sublime murge
# passwords
1Password | one password | won password; one pass word
Bitwarden | | bit warden; bid warden
KeePassXC | keepass | key pass x c; keep ass xc
Dashlane | | dash lane; dash line
# files
Finder | | find her; fynder
Path Finder | | path find her; pass finder
ForkLift | | fork lift; four klift
Transmit | | trans mit; trance mitt
Cyberduck | | cyber duck; sider duck
Dropbox | | drop box; drop bocks
Google Drive | | google dry v; goggle drive
# pdf
Preview | | pre view; previw
Adobe Acrobat | acrobat | adobe acrobatt; adobe acro bat
PDF Expert | | p d f expert; pdf ex pert
Skim | | scim; skimm
Zotero | | zo tero; so tero
# containers
Docker Desktop | docker | dock her desktop; docker desk top
OrbStack | | orb stack; or stack
Podman Desktop | podman | pod man desktop; podmen desktop
Rancher Desktop | | ranch her desktop; rancher desk top
Lens | | lenz; lends
# machines
Parallels Desktop | parallels | parallel's desktop; paralells desktop
UTM | | u t m; you tm
VirtualBox | | virtual box; virtue all box
VMware Fusion | | v m wear fusion; vm where fusion
# 3d
Blender | | blend her; blenda
Unity | | you knit e; unitty
Unreal Editor | unreal | un real editor; unreal edit her
Godot Engine | godot | go dough engine; god oh engine
Cinema 4D | | cinema for d; sinema 4d
Fusion 360 | | fusion three sixty; future 360
Rhino | | ryno; rhine o
# ai
ChatGPT | | chat g p t; chad gpt
Claude | | cloud app; clawed; clod
Ollama | | oh llama; o lama
LM Studio | | l m studio; elm studio
# other
TradingView * | | trading few; trade in view
System Settings * | settings | system setting; sister settings
Activity Monitor * | | activity monitors; active ity monitor
Console * | | con soul; consol
Simulator * | | stimulator; simulate or
Instruments * | | instrumints; in struments
Wireshark * | | wire shark; why a shark
Charles * | | charls; charl's
Proxyman * | | proxy man; proxy men
Stats * | | statz; stat s
Raycast * | | ray cast; raycost
Alfred * | | al fred; alfread
CleanShot X * | cleanshot | clean shot x; clean shot ex
OBS Studio * | obs | o b s studio; obs studios
Loom * | | lume; lewm
Miro * | | me row; mirro
Anki * | | on key; ankee
Calibre * | | caliber; cali bra
Steam * | | steem; stream app
Books * | | bucks app; book's
News * | | gnus; new's
Maps * | | map's; mapps
Weather * | | whether; wether
Stocks * | | stalks; socks app
Home * | | hoam; homme
Podcasts * | | pod casts; pawed casts
Transmission * | | trans mission; transmition
Grapher * | | graph her; graffer
RStudio * | | r studio; are studio
MATLAB * | | mat lab; matt lab
Jupyter Lab * | jupyter | jupiter lab; jew pitter lab
Tableau * | | tab low; tabloh
QGIS * | | q gis; cue gis
Mathematica * | | math ematica; mathamatica
Toggl Track * | toggl | toggle track; tog all track
QuickBooks * | | quick books; quick bucks
Kindle * | | kin dle; candle app
Arduino IDE * | arduino | our dweeno; ar dween o ide
KiCad * | | key cad; kye cad
"""


@dataclass(frozen=True)
class KnownApp:
    """An app as people speak of it; `kind` is empty where no nickname means it."""

    name: str
    kind: str
    short: tuple[str, ...]
    mangled: tuple[str, ...]


def _read(table: str) -> tuple[KnownApp, ...]:
    apps, kind = [], ""
    for line in table.strip().splitlines():
        if line.startswith("# "):
            kind = line.removeprefix("# ")
            continue
        name, short, mangled = (part.strip() for part in line.split("|"))
        plain = name.removesuffix(" *")
        apps.append(KnownApp(plain, kind if plain == name else "", _list(short), _list(mangled)))
    return tuple(apps)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


APPS = _read(TABLE)
BY_NAME = {app.name: app for app in APPS}

NICKNAMES = {  # what people call the one app of a kind; its determiner stands apart
    "browser": ("the browser", "my browser", "the web browser"),
    "editor": ("my editor", "the editor", "the code editor"),
    "terminal": ("the terminal", "my terminal", "the command line", "my shell"),
    "chat": ("the chat app", "my chat app"),
    "mail": ("my email", "the email", "my inbox", "the mail app"),
    "calendar": ("my calendar", "the calendar"),
    "notes": ("my notes app", "the notes app", "the note taking app"),
    "music": ("the music", "my music", "the music player"),
    "design": ("the design tool", "my design app"),
    "photos": ("the photo editor", "my photo app"),
    "video": ("the video editor", "my video editor"),
    "call": ("the video call", "the call", "my meeting app"),
    "tasks": ("my to do list", "the task list", "my to dos"),
    "tracker": ("the issue tracker", "the bug tracker", "the ticket board"),
    "docs": ("the word processor", "my word processor"),
    "sheets": ("the spreadsheet", "my spreadsheet"),
    "slides": ("the slides", "my slides", "the slide deck"),
    "api": ("the API client", "the API tool"),
    "database": ("the database client", "the database app", "the SQL client"),
    "git": ("the git client", "my git app"),
    "passwords": ("the password manager", "my passwords"),
    "files": ("the file manager", "the file browser"),
    "pdf": ("the PDF reader", "the PDF"),
    "containers": ("the container app",),
    "machines": ("the virtual machine", "the VM"),
    "3d": ("the 3D app", "the 3D program"),
    "ai": ("the AI chat", "the chatbot"),
}

ALIASES = {  # names an owner might give an app of a kind, told in the desktop itself
    "browser": ("web", "the internet", "surf"),
    "editor": ("workbench", "the ide", "hacking"),
    "terminal": ("prompt", "black box"),
    "chat": ("watercooler", "team chat", "the office", "pings"),
    "mail": ("letters", "post office", "mailroom"),
    "calendar": ("agenda", "my day"),
    "notes": ("second brain", "journal", "zettel", "notebook"),
    "music": ("tunes", "jams", "radio", "playlist"),
    "music-making": ("the studio", "beats"),
    "sound": ("recorder",),
    "design": ("mockups", "canvas board", "sketchbook"),
    "photos": ("darkroom", "pictures"),
    "video": ("cutting room", "timeline"),
    "call": ("meetings", "face to face"),
    "tasks": ("chores", "checklist", "the list"),
    "tracker": ("tickets", "board", "backlog"),
    "docs": ("manuscript", "typewriter"),
    "sheets": ("ledger", "the books", "numbers sheet"),
    "slides": ("deck", "pitch deck"),
    "api": ("request tool", "endpoints"),
    "database": ("tables", "the db"),
    "git": ("commits", "repo viewer"),
    "passwords": ("vault", "keyring"),
    "files": ("folders", "cabinet"),
    "pdf": ("papers", "reader"),
    "containers": ("the whale", "boxes"),
    "machines": ("windows machine", "sandbox"),
    "3d": ("modeling", "the engine"),
    "ai": ("assistant", "robot", "copilot chat"),
}
