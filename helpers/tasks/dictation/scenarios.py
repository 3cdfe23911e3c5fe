"""How people dictate: heard word by word, asked for in their own words, or in a muddle."""

from __future__ import annotations

from collections.abc import Callable

from helpers.core.examples import Example
from helpers.tasks.scenarios import Brief, Scenario

HOW = {
    "heard": "They dictate it word by word, and a transcriber writes what it hears: signs as words "
    "(such as dash, dot or slash), a comma or a full stop at a pause, short names in capitals or "
    "as the word that they sound like.",
    "natural": "They ask for it in their own words, as they would ask a colleague, and name what "
    "has to be in it.",
    "chaotic": "They think aloud: fillers, a false start, a second thought; what they end up "
    "meaning is clear.",
}


def brief_of(what: str, rows: str) -> Brief:
    """Return what a model is told that dictates what a domain writes.

    >>> [scenario.name for scenario in brief_of("shell command", "spoken_bash").scenarios]
    ['heard', 'natural', 'chaotic']
    """
    scenarios = tuple(Scenario(name, how, _said_so(name)) for name, how in HOW.items())
    who = f"Somebody dictates to their computer, which is to write one {what}."
    return Brief(who, what, scenarios, rows)


def _said_so(name: str) -> Callable[[Example], bool]:
    """Return what wants rows of a tier; rows that have none suit any."""
    return lambda row: row.extra.get("tier", name) == name and not row.no_answer
