"""From a spoken name to one of the desktop's: as written, nickname, role, sound or likeness."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from helpers.tasks.desktop import heard
from helpers.tasks.desktop.context import Desktop, Display

LIKENESS = 75  # of 100; below it a name is taken for one this desktop does not have
LIKENESS_OF_SHORT = 80  # of two words under five letters: three of four are 75, as milk and Mail
NICKNAMES = {  # what people call an app of a kind, and the apps that usually are meant
    "browser": ("Google Chrome", "Safari", "Firefox", "Arc Browser", "Brave Browser", "Chromium",
                "Microsoft Edge", "Opera", "Vivaldi", "DuckDuckGo", "Orion"),
    "editor": ("Visual Studio Code", "Cursor", "Zed", "Sublime Text", "Neovim", "Xcode", "Nova",
               "PyCharm", "WebStorm", "IntelliJ IDEA", "Emacs", "Android Studio"),
    "terminal": ("Terminal", "iTerm2", "Warp", "Ghostty", "Alacritty", "Kitty", "WezTerm"),
    "command line": ("Terminal", "iTerm2", "Warp", "Ghostty", "Alacritty", "Kitty", "WezTerm"),
    "chat": ("Slack", "Discord", "Microsoft Teams", "Telegram", "WhatsApp", "Signal", "Messages"),
    "email": ("Mail", "Microsoft Outlook", "Thunderbird", "Spark", "Airmail", "Superhuman"),
    "inbox": ("Mail", "Microsoft Outlook", "Thunderbird", "Spark", "Airmail", "Superhuman"),
    "calendar": ("Calendar", "Fantastical", "BusyCal", "Notion Calendar"),
    "notes": ("Notes", "Obsidian", "Bear", "Notion", "Evernote", "OneNote"),
    "music": ("Spotify", "Music", "Tidal", "VLC"),
    "design": ("Figma", "Sketch", "Adobe Illustrator", "Affinity Designer"),
    "spreadsheet": ("Microsoft Excel", "Numbers"),
    "slides": ("Keynote", "Microsoft PowerPoint"),
    "word processor": ("Microsoft Word", "Pages"),
    "password": ("1Password", "Bitwarden"),
    "call": ("Zoom", "FaceTime", "Google Meet", "Webex"),
    "git": ("GitHub Desktop", "Sourcetree", "Fork", "Tower"),
    "database": ("TablePlus", "DBeaver", "DataGrip"),
    "to do": ("Things", "Todoist", "Reminders"),
}  # fmt: skip
CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
            "tenth")  # fmt: skip
NUMBERS = {word: n for words in (CARDINALS, ORDINALS) for n, word in enumerate(words, start=1)}


def literal(spoken: str, kind: str, desktop: Desktop) -> str | None:
    """Return the name that is meant without guessing: as written, an alias, a nickname, a role.

    >>> from helpers.tasks.desktop.context import App
    >>> desk = Desktop((), (App("iTerm2", ("black box",)), App("Slack")), (), 1)
    >>> [literal(said, "app", desk) for said in ("black box", "the terminal", "slack", "zoom")]
    ['iTerm2', 'iTerm2', 'Slack', None]
    """
    wanted = _letters(_plain(spoken))
    if kind == "display" and (shared := _of_model(_plain(spoken), desktop)):
        return _one_of(_plain(spoken), shared, desktop)
    for form, name in _forms(kind, desktop):
        if _letters(form) == wanted and wanted:
            return name
    if kind == "display":
        return _by_number(spoken, desktop) or _role(_plain(spoken), desktop)
    return _nickname(_plain(spoken), desktop) if kind == "app" else None


def resolve(spoken: str, kind: str, desktop: Desktop) -> str | None:
    """Return the name that is meant, by its sound or likeness if need be; else `None`.

    >>> from helpers.tasks.desktop.context import App
    >>> desk = Desktop((), (App("Google Chrome"), App("Postman")), (), 1)
    >>> [resolve(said, "app", desk) for said in ("gogle crome", "post man", "discord")]
    ['Google Chrome', 'Postman', None]
    """
    found = literal(spoken, kind, desktop)
    if found or (kind == "display" and _of_model(_plain(spoken), desktop)):
        return found
    if alike := heard.by_sound(_plain(spoken), _forms(kind, desktop)):
        return alike[0] if len(alike) == 1 else None
    forms = [(form.lower(), name) for form, name in _forms(kind, desktop)]
    if len(_letters(_plain(spoken))) < 3:  # in every name, so it has to be a word of one
        forms = [(form, name) for form, name in forms if _plain(spoken) in form.split()]
    name = _likest(_plain(spoken), forms)
    model = next((d.model for d in desktop.displays if kind == "display" and d.name == name), "")
    shared = [display for display in desktop.displays if model and display.model == model]
    return _one_of(_plain(spoken), shared, desktop) if shared else name


def several(spoken: str, kind: str, desktop: Desktop) -> bool:
    """Return whether two names are said, joined by "and", and not one that has it in it.

    >>> from helpers.tasks.desktop.context import App
    >>> desk = Desktop((), (App("Slack"), App("Command and Conquer")), (), 1)
    >>> [several(said, "app", desk) for said in ("slack and command", "command and conquer")]
    [True, False]
    """
    parts = spoken.split(" and ")
    if len(parts) == 1 or literal(spoken, kind, desktop):
        return False
    return len({resolve(part, kind, desktop) for part in parts} - {None}) > 1


def known(desktop: Desktop) -> list[str]:
    """Return all that an app or a workspace of a desktop is called, the longest first."""
    forms = {form for kind in ("app", "workspace") for form, _ in _forms(kind, desktop)}
    return sorted(forms - {""}, key=len, reverse=True)


def _likest(spoken: str, forms: list[tuple[str, str]]) -> str | None:
    """Return the name of the form that is most like what was said, if it is like enough."""
    for form, score, at in process.extract(
        spoken, [form for form, _ in forms], scorer=fuzz.WRatio, score_cutoff=LIKENESS, limit=None
    ):
        framed = len(form) == len(spoken) and (form[0], form[-1]) == (spoken[0], spoken[-1])
        if framed or score >= LIKENESS_OF_SHORT or max(len(form), len(spoken)) >= 5:
            return forms[at][1]
    return None


def _forms(kind: str, desktop: Desktop) -> list[tuple[str, str]]:
    if kind == "app":
        return [(form, a.name) for a in desktop.apps for form in (a.name, *a.aliases)]
    if kind == "workspace":
        leaves = [(w.path.rpartition("/")[2], w.name) for w in desktop.workspaces if w.path]
        return [(w.name, w.name) for w in desktop.workspaces] + leaves
    return [(d.model or d.name, d.name) for d in desktop.displays]


def _nickname(spoken: str, desktop: Desktop) -> str | None:
    running = [a.name for a in desktop.apps]
    for word, apps in NICKNAMES.items():
        if re.search(rf"\b{word}\b", spoken):
            meant = [name for name in running if name in apps]
            return meant[0] if len(meant) == 1 else None
    return None


def _by_number(spoken: str, desktop: Desktop) -> str | None:
    """Find a display whose number is said where one has to stand, as "monitor to" says 2."""
    said = heard.numbered(spoken.lower().strip(" .,!?"))
    return next((d.name for d in desktop.displays if d.index == said), None)


def _role(spoken: str, desktop: Desktop) -> str | None:
    """Find a display by its number, its order, or what it is for."""
    displays = sorted(desktop.displays, key=lambda d: d.width * d.height)
    for word in spoken.split():
        if number := _number(word):
            return next((d.name for d in displays if d.index == number), None)
    inside = [d for d in displays if d.name.startswith("Built-in")]
    outside = [d for d in displays if d not in inside]
    others = [d for d in displays if d.index != desktop.focused_display]
    meant: dict[str, list[Display]] = {
        "laptop|built-in|built in": inside,
        "external": outside if len(outside) == 1 else [],
        "other": others if len(others) == 1 else [],
        "main|primary": [d for d in displays if d.primary],
        "big|bigger|biggest|large": _alone(displays[-1:], desktop),
        "small|smaller|smallest": _alone(displays[:1], desktop),
    }
    for words, found in meant.items():
        if re.search(rf"\b({words})\b", spoken):
            return found[0].name if found else None
    return None


def _alone(found: list[Display], desktop: Desktop) -> list[Display]:
    """Return a display, or of several of one name the one that is not in use, if there is one."""
    shared = [d for d in desktop.displays if found and found[0].model and d.model == found[0].model]
    name = _one_of("", shared, desktop) if shared else None
    return [display for display in shared if display.name == name] if shared else found


def _of_model(spoken: str, desktop: Desktop) -> list[Display]:
    """List the displays whose shared name is said; empty where every name is one display's."""
    models = dict.fromkeys(d.model for d in desktop.displays if d.model)
    said = _letters(spoken)
    heard = [model for model in models if _letters(model) and _letters(model) in said]
    best = max(heard, key=lambda model: len(_letters(model)), default="")
    return [display for display in desktop.displays if best and display.model == best]


def _one_of(spoken: str, shared: list[Display], desktop: Desktop) -> str | None:
    """Return which of several displays of one name is meant, or None where nothing tells.

    "The second Studio Display" counts among those; "Studio Display 3" is the display's number.
    Without either the one is meant that is not in use, if there is just one.
    """
    ordered = sorted(shared, key=lambda display: display.index)
    nth = {place: display.name for place, display in enumerate(ordered, start=1)}
    by_index = {display.index: display.name for display in shared}
    for word in _without(spoken, shared[0].model).split():
        if number := _number(word):
            known = by_index | nth if _is_ordinal(word) else nth | by_index
            return known.get(number)
    others = [display for display in shared if display.index != desktop.focused_display]
    return others[0].name if len(others) == 1 else None


def _without(spoken: str, model: str) -> str:
    """Return a text without a name in it, however the name's letters are spaced and cased."""
    letters = r"[\W_]*".join(map(re.escape, _letters(model)))
    return re.sub(letters, " ", spoken, count=1)


def _number(word: str) -> int:
    """Return the number that a word is: "three", "third", "3", "3rd" or "(3)"; else 0."""
    bare = re.sub(r"[\W_]|(?<=\d)(?:st|nd|rd|th)$", "", word)
    return NUMBERS.get(bare, int(bare) if bare.isdecimal() and len(bare) < 4 else 0)


def _is_ordinal(word: str) -> bool:
    return word in ORDINALS or bool(re.fullmatch(r"\d+(?:st|nd|rd|th)", word))


def _plain(spoken: str) -> str:
    return re.sub(r"^(the|my|a) ", "", spoken.lower().strip(" .,!?"))


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name.lower())
