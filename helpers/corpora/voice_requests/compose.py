"""Rows: a phrase, a desktop, names said in some way, and the answer that follows from them.

The answer follows from the phrase and the desktop by rule, never by guessing:
"switch to …" means the workspace of that name before the app; "open …" brings a running app to
the front and starts any other; what this desktop cannot do is a note.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Any

from helpers.core.examples import Example
from helpers.corpora.tables import parted, sections
from helpers.corpora.voice_requests.desktops import draw_desktop
from helpers.corpora.voice_requests.disfluency import MAX_WORDS, Spoken, say_word, speak, twice
from helpers.corpora.voice_requests.mentions import say_any, say_app, say_new, say_workspace
from helpers.corpora.voice_requests.phrases import WEIGHTS, Phrase, phrases
from helpers.corpora.voice_requests.scene import Mention, Scene
from helpers.corpora.voice_requests.screens import say_display
from helpers.corpora.voice_requests.sounds import alike, letters
from helpers.corpora.voice_requests.workspaces import spoken
from helpers.tasks.desktop.context import Desktop, to_json
from helpers.tasks.desktop.surface import NOTE, answer_json
from helpers.tasks.desktop.task import SYSTEM

NAMES: dict[str, Callable[..., Mention | None]] = {
    "app": say_app,
    "workspace": say_workspace,
    "display": say_display,
    "any": say_any,
}
NAMED_ALIKE = 0.2  # of desktops have a workspace named after an app


def stream(seed: int, exclude: Collection[str] = ()) -> Iterator[Example]:
    """Yield rows without end, none of the groups in `exclude`; the same for the same seed.

    >>> row = next(stream(1))
    >>> row.system == SYSTEM, row.extra["action"] in row.target or row.target == NOTE
    (True, True)
    """
    rng = random.Random(f"voice requests: rows {seed}")
    shut = set(exclude)
    allowed = {
        intent: [p for p in phrases() if p.intent == intent and p.group not in shut]
        for intent in WEIGHTS
    }
    mix = [intent for intent in WEIGHTS if allowed[intent] for _ in range(int(2 * WEIGHTS[intent]))]
    if not mix:
        raise ValueError("every group is excluded; leave some phrases to draw from")
    intents: list[str] = []
    decks: dict[str, list[Phrase]] = {intent: [] for intent in mix}
    number = 0
    while True:
        intent = _deal(rng, intents, mix)
        phrase = _deal(rng, decks[intent], allowed[intent])
        row = None
        while row is None:
            row = compose(rng, phrase)
        yield replace(row, id=f"{seed}-{number:06d}")
        number += 1


def _deal(rng: random.Random, deck: list[Any], cards: list[Any]) -> Any:
    """Take one from a deck; every card comes once before any comes again."""
    if not deck:
        deck.extend(rng.sample(cards, len(cards)))
    return deck.pop()


def compose(rng: random.Random, phrase: Phrase) -> Example | None:
    """Make one row of a phrase, or nothing where the draw came out unclear."""
    known = phrase.intent == "go" or rng.random() < 0.7
    desktop = draw_desktop(rng, rng.random() < NAMED_ALIKE) if known else None
    if phrase.intent == "go" and desktop and rng.random() < 0.15:
        desktop = _same_name(rng, desktop)
    scene = Scene(rng, desktop, rng.random() < 0.5)
    filled = _fill(scene, phrase)
    if filled is None or not _distinct(phrase, scene, filled):
        return None
    speech = speak(scene, phrase, filled)
    target, action, wanted = _answer(phrase, scene, filled)
    if twice(speech.text) or len(speech.text.split()) > MAX_WORDS:
        return None
    extra = {"action": action, "traits": _traits(phrase, scene, filled, speech)}
    if wanted:
        extra["wanted"] = wanted
    context = to_json(desktop) if desktop else None
    return Example("", speech.text, target, SYSTEM, phrase.group, context, extra)


def _same_name(rng: random.Random, desktop: Desktop) -> Desktop:
    """Name one workspace exactly like an app."""
    name = rng.choice(desktop.apps).name
    if letters(name) in {letters(w.name) for w in desktop.workspaces}:
        return desktop
    first, *rest = desktop.workspaces
    return replace(desktop, workspaces=(replace(first, name=name, path=""), *rest))


def _fill(scene: Scene, phrase: Phrase) -> dict[str, Mention] | None:
    """Choose words for every slot; at most one names what the desktop lacks."""
    rng, note = scene.rng, phrase.intent.startswith("note.")
    missing = _missing_slot(scene, phrase)
    filled: dict[str, Mention] = {}
    for slot in phrase.slots:
        if slot in NAMES:
            mention = NAMES[slot](scene, slot == missing or (note and missing == "all"))
        elif slot == "name":
            mention = say_new(scene)
        else:
            words = sections("voice_requests", "words").get(slot.rstrip("2"), ())
            mention = say_word(scene, slot) or Mention(rng.choice(parted(words)))
        if mention is None:
            return None
        filled[slot] = mention
    if phrase.intent == "app.launch" and missing == "app":
        mention = filled["app"]  # another app can still be started; only a nickname names none
        filled["app"] = replace(mention, missing="nickname" in mention.traits)
    return filled


def _missing_slot(scene: Scene, phrase: Phrase) -> str:
    slots = [slot for slot in phrase.slots if slot in NAMES]
    if scene.desktop is None or not slots:
        return ""
    if phrase.intent.startswith("note."):  # a note may speak of anything
        return "all" if scene.rng.random() < 0.35 else ""
    rate = {"app.launch": 0.5, "go": 0.22}.get(phrase.intent, 0.14)
    return scene.rng.choice(slots) if scene.rng.random() < rate else ""


def _distinct(phrase: Phrase, scene: Scene, filled: dict[str, Mention]) -> bool:
    """Refuse "bring up Music" where Music is a workspace too and nothing says which is meant."""
    mention = filled.get("app")
    if mention is None or scene.desktop is None:
        return True
    if phrase.intent not in ("app.activate", "app.launch"):
        return True
    if "} app" in phrase.text or "} window" in phrase.text:
        return True
    return all(alike(mention.text, spoken(w.name)) < 0.75 for w in scene.desktop.workspaces)


def _answer(phrase: Phrase, scene: Scene, filled: dict[str, Mention]) -> tuple[str, str, str]:
    """Return the answer, its action, and what was wanted where the desktop cannot do it."""
    if phrase.intent.startswith("note."):
        return NOTE, "note", ""
    action = phrase.intent
    if action == "go":
        by_kind = {"app": "app.activate", "workspace": "workspace.load"}
        action = by_kind[filled["any"].kind]
    elif action == "app.launch" and filled["app"].target:
        action = "app.activate"
    arguments = {mention.kind: mention.target or mention.text for mention in filled.values()}
    if phrase.fixed:
        arguments["layout" if action == "layout.switch" else "position"] = phrase.fixed
    call = answer_json("command", action, arguments)
    if any(mention.missing for mention in filled.values()):
        return NOTE, "note", call
    return call, action, ""


def _traits(phrase: Phrase, scene: Scene, filled: dict[str, Mention], speech: Spoken) -> list[str]:
    traits = set(speech.traits)
    if not phrase.intent.startswith("note."):
        traits |= {trait for mention in filled.values() for trait in mention.traits}
        traits |= {"unsatisfiable"} if any(m.missing for m in filled.values()) else set()
        traits |= {"ambiguous_name"} if _ambiguous(phrase, scene, filled) else set()
    named = {"note.like": "note_like_command", "note.cancelled": "cancelled"}
    traits |= {named[phrase.intent]} if phrase.intent in named else set()
    traits |= {"half_sentence"} if phrase.half else set()
    traits |= {"no_desktop"} if scene.desktop is None else set()
    return sorted(traits)


def _ambiguous(phrase: Phrase, scene: Scene, filled: dict[str, Mention]) -> bool:
    """Say whether a name could be read as one of the other kind: a workspace or an app."""
    if phrase.intent == "go":
        return True
    desktop = scene.desktop
    if desktop is None:
        return False
    others = {
        "app": [spoken(w.name) for w in desktop.workspaces],
        "workspace": [a.name for a in desktop.apps],
    }
    return any(
        set(mention.text.lower().split()) & set(other.lower().split())
        for mention in filled.values()
        for other in others.get(mention.kind, ())
    )
