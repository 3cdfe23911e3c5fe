"""Apps that people run: what each is for, how its name is shortened, how it is misheard.

One line an app: `Name | short forms | mishearings`, under the kind that nicknames refer to.
A name that ends in `*` needs no kind: it is never meant by "the browser" or its like.
"""

from __future__ import annotations

from dataclasses import dataclass

TABLE = """
# browser
Google Chrome | chrome | goggle chrome; google crow
Safari | | safaris; so far he
Firefox | | fire fox; fire folks
Arc Browser | arc | ark browser; arc browse her; art browser
Brave Browser | brave | brave browse her; braved browser
Microsoft Edge | edge | microsoft hedge; micro soft edge
Vivaldi | | viv aldi
Opera | | oprah; operas
Chromium | | chrome yum
DuckDuckGo | | duck duck go; duck tuck go
Orion | | o ryan; onion
# editor
Visual Studio Code | vs code; vscode; code | visual studio coat; v s code; vs coat
Xcode | | ex code; x code; eggs code
Cursor | | curser; curse her; cursors
Zed | |
Sublime Text | sublime | sub lime text; sublime tax
IntelliJ IDEA | intellij | intelligent idea; in tell a jay idea
PyCharm | | pie charm; pi charm; pie chart
WebStorm | | web storm; web storms
GoLand | | go land; go lend
RubyMine | | ruby mine; ruby mind
CLion | | sea lion; see lion; c lion
Rider | | writer; ride her
Android Studio | | android studios; and droid studio
Neovim | nvim | neo vim; neo them
MacVim | | mac vim; mack vim
Emacs | | e max; e macs
Nova | | novel
BBEdit | | b b edit; be be edit
TextMate | | text mate; text made
Eclipse | | e clips; eclipsed
# terminal
Terminal | | terminals; term in all; turn in all
iTerm2 | iterm; iterm two | eye term two; i term two; item two
Warp | | wrap; warped
Ghostty | | ghost tea; ghost tee
Alacritty | | alacrity; a lack pretty
Kitty | | kit tea; kiddie
Hyper | | high per; hype her
WezTerm | | west term; wes term
# chat
Slack | | slacks; slag
Discord | | this cord; discords
Microsoft Teams | teams | microsoft themes; micro soft teams
Telegram | | tell a gram; telegrams
WhatsApp | | what's app; what's up
Signal | | signals; single; sign all
Messages | | message is; massages
Element | | elements; elm ant
Mattermost | | matter most; matter must
Zulip | | zoo lip
Beeper | | beep her; beepers
# mail
Mail | | male; male app
Microsoft Outlook | outlook | out look; microsoft out look
Thunderbird | | thunder bird; under bird
Spark | | sparks; park
Airmail | | air mail; air male
Mimestream | | mime stream; mind stream
Proton Mail | proton | proton male; protein mail
Superhuman | | super human; supper human
# calendar
Calendar | | colander; calendars
Fantastical | | fantastic all; fantastic
BusyCal | | busy cal; busy call
Notion Calendar | | motion calendar; notion colander
# notes
Notes | | nodes; votes
Obsidian | | obedient; obsidians
Bear | | bare; beer; bare app
Notion | | motion; notions; no shun
Evernote | | ever note; every note
Logseq | | log seek; lock seek
Craft | | crafts; raft
Joplin | |
OneNote | | one note; won note
Roam Research | roam | rome research; room research; roam re search
Drafts | | draughts; draft
# music
Spotify | | spot if i; spot a fly
Music | | muse sick
Tidal | | title; tied all
VLC | | v l c
Doppler | | topple her
# music-making
Ableton Live | ableton | able ton live; able tin live
Logic Pro | logic | logics pro; logic bro
GarageBand | | garage band; garbage band
Reaper | | reap her; keeper
# sound
Audacity | | odd a city; oh da city
Audio Hijack | | audio high jack; audio hijacked
Descript | | the script; this script
# design
Figma | | fig ma; sigma
Sketch | | sketched; ketch
Adobe Illustrator | illustrator | adobe illustrate her; adobe illustrators
Affinity Designer | | infinity designer; affinity design her
Inkscape | | ink scape; ink cape; ink escape
Canva | | canvas
Framer | | frame her; farmer
# photos
Adobe Photoshop | photoshop | photo shop; adobe photo shop
Adobe Lightroom | lightroom | light room; adobe light room
Pixelmator Pro | pixelmator | pixel mate or pro; pixel made or pro
Affinity Photo | | infinity photo; affinity photos
Capture One | | capture won; captcha one
Photos | | photo's; phone toes
GIMP | | gimps; limp
Darktable | | dark table; dark cable
# video
Final Cut Pro | final cut | final cat pro; vinyl cut pro
DaVinci Resolve | resolve; davinci | da vinci resolve; davinci resolved
Adobe Premiere Pro | premiere | adobe premier pro; premier pro
ScreenFlow | | screen flow; scream flow
Kdenlive | | k den live; okay then live
HandBrake | | hand brake; hand break
# call
Zoom | | zooms; room
Webex | | web ex; web x
FaceTime | | face time; face thyme
Skype | | skip
Google Meet | meet | google meat; goggle meet
Around | | a round; a round app
# tasks
Things | | thinks; thing's
Todoist | | to do list app; to do this
OmniFocus | | omni focus; on me focus
TickTick | | tick tick; tick tock
Reminders | | remainders; remind hers
Microsoft To Do | | microsoft to due; microsoft too do
# tracker
Linear | | lean ear; line here; liner
Jira | | jeer a; jura
Asana | | a sauna
Trello | | jello; tree low
Height | | hide; heights
# docs
Microsoft Word | word | microsoft ward; microsoft whirred; micro soft word
Pages | | pagers; page is
LibreOffice Writer | | libra office writer; library office writer
Scrivener | | scribe in her; screw in her
Ulysses | | you less is
iA Writer | | i a writer; i a rider
Typora | | type or a; type aura
# sheets
Microsoft Excel | excel | ex cell; microsoft excels
Numbers | | numb hers; number
LibreOffice Calc | | libra office calc; library office calc
Airtable | | air table; hair table
# slides
Keynote | | key note; keen note
Microsoft PowerPoint | powerpoint | power point; microsoft powder point
Deckset | | deck set; desk set
# api
Postman | | post man; postmen
Insomnia | | insomniac
Bruno | | brew no
Paw | | paws
Hoppscotch | | hop scotch; hopscotch
# database
TablePlus | | table plus; stable plus
DBeaver | | d beaver; the beaver
Postico | | post eco; post echo
Sequel Ace | | sequel ice; sea quill ace
DataGrip | | data grip; date a grip
MongoDB Compass | compass | mongo d b compass; mango db compass
pgAdmin | | p g admin; page admin
Redis Insight | | red is insight; reddish insight
# git
GitHub Desktop | | git hub desktop; get hub desktop
Sourcetree | | source tree; sauce tree
Fork | | folk; four k
Tower | | towel
GitKraken | | git kraken; get cracking
Sublime Merge | | sub lime merge; sublime emerge
# passwords
1Password | one password | one password; won password
Bitwarden | | bit warden; bit garden
KeePassXC | keepass | key pass x c; keep pass x c
Dashlane | | dash lane; dash line
# files
Finder | | find her; binder
Path Finder | | path find her; bath finder
ForkLift | | fork lift; four lift
Transmit | | trance mitt; transmits
Cyberduck | | cyber duck; cyber dock
Dropbox | | drop box; drop books
Google Drive | | goggle drive; google dive
# pdf
Preview | | pre view; review
Adobe Acrobat | acrobat | adobe acrobats; adobe acre bat
PDF Expert | | p d f expert; pdf experts
Skim | | skin; skims
Zotero | | so tarot; so zero
# containers
Docker Desktop | docker | dock her desktop; doctor desktop
OrbStack | | orb stack; or stack
Podman Desktop | podman | pod man desktop; pod men desktop
Rancher Desktop | | ranch her desktop; rancher desk top
Lens | | lends; lenses
# machines
Parallels Desktop | parallels | parallel's desktop; parallel desktop
UTM | | u t m; you t m
VirtualBox | | virtual box; virtue all box
VMware Fusion | | v m wear fusion; vm where fusion
# 3d
Blender | | blend her; lender
Unity | | unit tea; utility
Unreal Editor | unreal | un real editor; unreal edit her
Godot Engine | godot | go dough engine; go dot engine
Cinema 4D | | cinema for d; cinema four d
Fusion 360 | | future 360
Rhino | | rye no; rhinos
# ai
ChatGPT | | chat g p t; chad gpt
Claude | | cloud; clawed
Ollama | | oh llama; a llama
LM Studio | | l m studio; elm studio
# other
TradingView * | | trading few; trade in view
System Settings * | settings | system setting; sister settings
Activity Monitor * | | activity monitors; active city monitor
Console * | | con soul; consul
Simulator * | | stimulator; simulate or
Instruments * | | instrument
Wireshark * | | wire shark; why a shark
Charles * | | charms
Proxyman * | | proxy man; proxy men
Stats * | | starts; that's
Raycast * | | ray cast; race cast
Alfred * | | all fred; al fred
CleanShot X * | cleanshot | clean shot x; clean shot ex
OBS Studio * | obs | o b s studio; obese studio
Loom * | | loon; looms
Miro * | | mirror; me row
Anki * | | yankee
Calibre * | | caliber; collie bra
Steam * | | stream
Books * | | bucks; looks
News * | |
Maps * | | naps
Weather * | | whether; feather
Stocks * | | stalks; socks
Home * | | hum
Podcasts * | | pod casts; podcast
Transmission * | | trans mission; transition
Grapher * | | graph her
RStudio * | | r studio; are studio
MATLAB * | | mat lab; matt lab
Jupyter Lab * | jupyter | jupiter lab
Tableau * | | tab low; table oh
QGIS * | | q g i s
Mathematica * | | mathematical; math a matter
Toggl Track * | toggl | toggle track
QuickBooks * | | quick books; quick bucks
Kindle * | | candle; kindled
Arduino IDE * | arduino | our dino ide
KiCad * | | key cad; kick add
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
