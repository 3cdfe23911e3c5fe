"""The phrases of both tables as data, and the one split each of them belongs to."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache

from helpers.corpora.tables import sections

HELD_OUT = 0.13  # of an action's phrases, once for valid and once for test

WEIGHTS = {  # rows drawn of each kind, in parts of all
    "go": 8,
    "app.activate": 8,
    "app.launch": 8,
    "app.hide": 4.5,
    "app.quit": 5,
    "app.list": 1.5,
    "workspace.load": 8,
    "workspace.save": 5,
    "workspace.delete": 3,
    "workspace.rename": 3,
    "workspace.list": 1.5,
    "layout.switch": 4,
    "window.tile": 8,
    "window.move": 6.5,
    "window.minimize": 3.5,
    "window.close": 3,
    "display.focus": 3.5,
    "note.plain": 7,
    "note.like": 17,
    "note.half": 2.5,
    "note.cancelled": 4,
}


@dataclass(frozen=True)
class Phrase:
    """One way to ask or note something; `fixed` is its closed argument where the words imply it.

    `opener` says whether "can you …" fits before it, `half` whether it is cut short.
    """

    intent: str
    text: str
    opener: bool
    half: bool
    fixed: str = ""

    @property
    def group(self) -> str:
        """Return the name that keeps all rows of this phrase in one split."""
        return f"{self.intent}: {self.text}"

    @property
    def slots(self) -> list[str]:
        """List the braces of the phrase in order.

        >>> Phrase("window.move", "put {app} on {display}", True, False).slots
        ['app', 'display']
        """
        return re.findall(r"{(\w+)}", self.text)


@cache
def phrases() -> tuple[Phrase, ...]:
    """Read both tables; the notes' intents begin with `note.`."""
    return (*_read("commands", ""), *_read("notes", "note."))


def _read(table: str, prefix: str) -> list[Phrase]:
    lines = sections("voice_requests", table).items()
    return [_phrase(prefix + kind, line) for kind, phrases in lines for line in phrases]


def _phrase(intent: str, line: str) -> Phrase:
    """Read a line: `~` fits after no "can you …", `-` is cut short, `= word` fixes an argument.

    >>> _phrase("window.tile", "~I want {app} full screen = full")
    Phrase(intent='window.tile', text='I want {app} full screen', opener=False, half=False,
           fixed='full')
    """
    text, _, fixed = line.lstrip("~-").partition(" = ")
    half = line.startswith("-") or intent == "note.half"
    opener = line[0] not in "~-" and not intent.startswith("note.")
    return Phrase(intent, text, opener, half, fixed)


def split_groups(seed: int) -> dict[str, set[str]]:
    """Deal every phrase of every action into one split; each split gets some of each action."""
    rng = random.Random(f"voice requests: splits {seed}")
    dealt: dict[str, set[str]] = {"train": set(), "valid": set(), "test": set()}
    for intent in WEIGHTS:
        groups = [p.group for p in phrases() if p.intent == intent]
        rng.shuffle(groups)
        held = max(2, round(HELD_OUT * len(groups)))
        dealt["test"] |= set(groups[:held])
        dealt["valid"] |= set(groups[held : 2 * held])
        dealt["train"] |= set(groups[2 * held :])
    return dealt
