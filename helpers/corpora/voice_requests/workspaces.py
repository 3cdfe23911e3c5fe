"""Names of saved workspaces: rooms of a day, projects, clients, topics, and how each is written."""

from __future__ import annotations

import random
import re

ROOMS = """
Personal; Work; Home; Home Office; Deep Work; Writing; Writing Room; Reading; Reading Nook; Research
Admin; Finance; Taxes; Budget; Invoices; Bookkeeping; Family; Kids; School; Homework; Thesis
Dissertation; Lecture; Lecture Prep; Grading; Exams; Language Class; Guitar; Band Practice; Mixing
Podcast; Podcast Editing; Streaming; Gaming; Speedruns; Movie Night; Photos; Wedding Photos
Travel; Trip Planning; Italy Trip; House Hunt; Renovation; Garden; Recipes; Meal Plan; Fitness
Morning; Morning Routine; Standup; Planning; Sprint; Sprint 42; Retro; Roadmap; Hiring; Interviews
Onboarding; One on Ones; Support; Support Desk; On Call; Incident; War Room; Release; Release Day
Deploy; Staging; Production; Backend; Frontend; Web; Mobile; iOS; Android; Desktop App; Design
Design Review; Code Review; Bug Bash; Testing; QA; Load Tests; Data; Data Science; Analytics
Dashboards; Experiments; Training Runs; Paper; Paper Draft; Grant Proposal; Slides; Conference Talk
Demo; Sales Demo; Sales Calls; Marketing; Newsletter; Blog; Social; Messaging; Email Triage; Inbox
Focus; Focus Time; Night Shift; Late Night; Weekend; Side Project; Side Hustle; Tinkering; Sandbox
Scratch; Playground; Learning; Rust Course; Piano; Chess; Charity; Book Club; Novel; Screenplay
Storyboard; Animation; Modeling; Game Jam; Level Design; Hardware Lab; Robot Arm; Home Server
Legal; Contracts; Board Meeting; Quarterly Review; Q3 Planning; Q4 Budget; 2026 Goals; Archive
Meetings; Presentation; Client Calls; Freelance; Consulting; Workshop; Bento Docs; Music; Notes
Mail; Chat; Calls; Terminal Stuff; Slack Export; Chrome Extension; Figma Handoff; Notion Migration
"""

PROJECTS = """
Nexus; Falcon; Atlas; Orchid; Juniper; Pelican; Harbor; Lantern; Mosaic; Quartz; Saffron; Tundra
Vesper; Willow; Zephyr; Anvil; Beacon; Cobalt; Delta; Ember; Fjord; Granite; Hazel; Indigo; Jasper
Kestrel; Lotus; Meridian; Nimbus; Onyx; Prairie; Quill; Raven; Sequoia; Tango; Umbra; Violet
Walrus; Yarrow; Zenith; Bluebird; Copperhead; Dragonfly; Firefly; Greenhouse; Moonshot; Paperclip
Riverbed; Starling; Thunder; Guidebook; Cookbook; Storefront; Mailroom; Weathervane; Ticketing
Fundraiser; Payroll; Gradebook; Homepage; Wayfinder; Scoreboard; Checkout; Telescope; Bookshelf
"""

CLIENTS = """
Acme; Globex; Initech; Hooli; Umbrella; Northwind; Contoso; Fabrikam; Brightside; Redwood; Larkspur
Stonebridge; Blue Door; Maple; Oakridge; Silverline; Kite; Bluefin; Sundial; Tidewater; Ferris
"""

THINGS = """
App; API; Site; Website; Dashboard; Redesign; Docs; Admin; Pitch; Proposal; Audit; Backend; Shop
Landing Page; Migration; Onboarding; Brand; Campaign; Portal; Prototype; Reports; Infra; Tools
"""

FOLDERS = ("~/code", "~/src", "~/work", "~/projects", "~/dev", "~/clients", "~/Documents")
LEAF_TAILS = ("", "", "", "-app", "-web", "-api", "-server", "-2")


def _names(table: str) -> tuple[str, ...]:
    return tuple(name for line in table.strip().splitlines() for name in line.split("; "))


ROOM_NAMES, PROJECT_NAMES = _names(ROOMS), _names(PROJECTS)
CLIENT_NAMES, THING_NAMES = _names(CLIENTS), _names(THINGS)


def draw_name(rng: random.Random) -> str:
    """Draw the name of a workspace, in one of the ways people write names."""
    kind = rng.random()
    if kind < 0.5:
        return rng.choice(ROOM_NAMES)
    if kind < 0.65:
        return rng.choice(PROJECT_NAMES)
    head = rng.choice(PROJECT_NAMES if kind < 0.82 else CLIENT_NAMES)
    name = f"{head} {rng.choice(THING_NAMES)}"
    style = rng.random()
    if style < 0.15:
        return name.lower().replace(" ", "-")
    if style < 0.22:
        return name.lower().replace(" ", "_")
    return name.replace(" ", "") if style < 0.28 else name


def draw_path(rng: random.Random, name: str) -> str:
    """Draw the folder of a workspace; its last part is like the name, seldom quite the same."""
    words = spoken(name).lower().split()
    leaf = "-".join(words if rng.random() < 0.6 else words[:1])
    return f"{rng.choice(FOLDERS)}/{leaf}{rng.choice(LEAF_TAILS)}"


def spoken(name: str) -> str:
    """Return a written name as it is read out.

    >>> spoken("HarborLandingPage"), spoken("acme-api_docs"), spoken("Sprint 42"), spoken("iOS")
    ('Harbor Landing Page', 'acme api docs', 'Sprint 42', 'iOS')
    """
    apart = re.sub(r"(?<=[a-z]{2})(?=[A-Z])", " ", name)
    return " ".join(re.split(r"[-_\s]+", apart))
