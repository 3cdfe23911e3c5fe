"""Words of workspace names and what a recogniser writes for them: real words, split or wrong.

One line a few words: `word: other; other`. A word that is not here is always heard right.
"""

from __future__ import annotations

TABLE = """
personal: person all; personnel | home: hum | deep: beep; deed | work: walk; word
writing: riding | reading: leading | nook: look; book | research: re search | admin: add men; ad min
finance: finances; fine ants | taxes: tax is; texas | budget: budge it | invoices: in voices
bookkeeping: book keeping | family: families | kids: kid's; kits | school: skull
homework: home work | thesis: these is | dissertation: dessert station | grading: greeting; grating
guitar: get tar | band: banned | practice: practise | mixing: mix in; missing | podcast: pod cast
editing: edit in | streaming: steaming; screaming | gaming: game in | speedruns: speed runs
movie: moving | night: knight | photos: photo's | wedding: wetting | travel: gravel | trip: drip
planning: plan in; planing | hunt: hunted | renovation: innovation | garden: guard in; gardens
recipes: receipts | meal: mill | plan: plant | fitness: fit nest; witness | morning: mourning
routine: route in | standup: stand up | sprint: print; splint | retro: metro | roadmap: road map
hiring: higher ring; firing | interviews: interview; inter views | onboarding: on boarding
support: sport | desk: disk | incident: incidents | war: wore | room: rum | release: re lease
deploy: the ploy; deploys | staging: stage in; aging | production: productions
backend: back end; bacon | frontend: front end | web: wet | design: the sign; resign
review: revue; re view | code: coat; cold | bug: buck; pug | bash: batch; dash
testing: tasting; text in | load: lode | data: date a | science: signs | dashboards: dash boards
experiments: experiment | training: train in; draining | runs: ones | paper: pepper
draft: graft | grant: grand | proposal: proposed all | slides: sleds; slide's
conference: confidence | demo: memo | sales: sails | calls: cause | marketing: market in
newsletter: news letter | blog: block; log | social: so shall | messaging: message in; massaging
email: e mail | triage: tree age | inbox: in box | focus: folk us | shift: ship | late: lake
weekend: week end; weak end | side: sighed | project: projects | hustle: hassle
tinkering: thinking; tinker in | sandbox: sand box | playground: play ground
learning: leaning; earning | rust: trust; rush | course: coarse | piano: pianos | chess: chest
charity: cherry tea | book: brook | club: clue | novel: navel | screenplay: screen play
storyboard: story board | animation: an emission | modeling: model in | game: gain | jam: gem
level: lever | hardware: hard wear | lab: lap | robot: row bought | arm: harm | server: serve her
legal: eagle | contracts: contacts | board: bored | meeting: meetings | goals: ghouls
archive: ark hive | presentation: present station | client: clients | freelance: free lance
consulting: insulting | workshop: work shop | bento: bent oh | docs: ducks; dogs
music: muse sick | notes: nodes | mail: male | terminal: term in all | stuff: staff
export: expert | extension: attention | handoff: hand off | migration: immigration
nexus: next us | falcon: fall con | atlas: at last | orchid: or kid | pelican: pelicans
harbor: arbor | lantern: land turn | mosaic: mosaics | quartz: courts | saffron: south run
tundra: under a | vesper: whisper | willow: pillow; will oh | zephyr: heifer | anvil: and fill
beacon: bacon | cobalt: co bolt | delta: dealt a | ember: amber | fjord: ford | granite: granted
hazel: hassle | indigo: in the go | jasper: casper | meridian: meridians | nimbus: him bus
onyx: on x | prairie: fairy | quill: quell; will | raven: rave in | tango: tangle | umbra: umber
violet: violent | walrus: wall rest | yarrow: arrow | bluebird: blue bird
copperhead: copper head | dragonfly: dragon fly | firefly: fire fly | greenhouse: green house
moonshot: moon shot | paperclip: paper clip | riverbed: river bed | starling: darling
thunder: under | guidebook: guide book | cookbook: cook book | storefront: store front
mailroom: mail room; male room | weathervane: weather vane; weather vain | ticketing: ticket in
fundraiser: fund raiser | payroll: pay roll; pay role | gradebook: grade book
homepage: home page | wayfinder: way finder | scoreboard: score board; score bored
checkout: check out | telescope: tell a scope | bookshelf: book shelf | acme: acne; ack me
globex: globe ex | initech: in a tech | hooli: holy | umbrella: umbrellas | northwind: north wind
fabrikam: fabric am | brightside: bright side | redwood: red wood | larkspur: lark spur
stonebridge: stone bridge | blue: blew | maple: may pull | oakridge: oak ridge
silverline: silver line | kite: kites | bluefin: blue fin | sundial: sun dial
tidewater: tide water; tied water | ferris: ferrous; fairies | site: sight | website: web site
dashboard: dash board | redesign: re design | pitch: pinch; peach | audit: odd it | shop: chop
page: paid | landing: lending | brand: bran | campaign: champagne | portal: mortal
prototype: proto type | reports: report | infra: in for a | tools: stools | chrome: crow
slack: slacks | notion: motion | figma: fig ma
"""


def _read(table: str) -> dict[str, tuple[str, ...]]:
    entries = [entry for line in table.strip().splitlines() for entry in line.split(" | ")]
    pairs = [entry.split(": ") for entry in entries]
    return {word: tuple(heard.split("; ")) for word, heard in pairs}


HEARD = _read(TABLE)
