"""How names are misheard, and when a misheard name is still clear."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable

from rapidfuzz import fuzz

WORDS = {  # whole words that a transcriber takes for others
    "work": "walk", "deep": "deap", "mail": "male", "house": "howse", "sales": "sails",
    "board": "bored", "night": "knight", "code": "coat", "site": "sight", "web": "webb",
    "shop": "chop", "tools": "tulles", "paper": "papper", "write": "right", "writing": "riding",
    "one": "won", "for": "four", "meeting": "meating", "red": "read", "blue": "blew",
    "docs": "ducks", "pitch": "pinch", "side": "sighed", "home": "hum", "mix": "micks",
    "planning": "plenning", "data": "dater", "bug": "buck", "review": "revue", "blog": "block",
}  # fmt: skip
LETTERS = (  # pairs of spellings that sound alike
    ("ph", "f"), ("ck", "k"), ("c", "k"), ("x", "cks"), ("qu", "kw"), ("ee", "ea"), ("oo", "u"),
    ("ea", "ee"), ("tion", "shun"), ("er", "or"), ("ar", "er"), ("y", "i"), ("ai", "ay"),
    ("ou", "ow"), ("ks", "x"), ("ss", "s"), ("ll", "l"), ("tt", "t"), ("nn", "n"), ("i", "e"),
    ("z", "s"), ("s", "z"), ("j", "g"), ("t", "d"), ("b", "p"), ("v", "f"),
)  # fmt: skip


def letters(name: str) -> str:
    """Return a name without case, spaces and marks, for comparing.

    >>> letters("iTerm 2"), letters("acme-api")
    ('iterm2', 'acmeapi')
    """
    return re.sub(r"[^\w]|_", "", name.lower())


def alike(one: str, other: str) -> float:
    """Return how alike two names are written, from 0 to 1.

    >>> alike("gogle crome", "Google Chrome") > 0.9
    True
    """
    return fuzz.ratio(letters(one), letters(other)) / 100


def clear(heard: str, right: Iterable[str], wrong: Iterable[str]) -> bool:
    """Say whether what was heard is near one of the right names, and nearer than to any other."""
    best = max(alike(heard, name) for name in right)
    worst = max((alike(heard, name) for name in wrong), default=0.0)
    return best >= 0.6 and best - worst >= 0.15


def far(heard: str, names: Iterable[str]) -> bool:
    """Say whether what was heard can be taken for none of the names, nor for a part of one."""
    spoken = set(heard.lower().split())
    for name in names:
        shared = spoken & set(re.split(r"[-_\s]+", name.lower()))
        if alike(heard, name) >= 0.62 or shared - {"app", "the", "my", "pro", "studio", "google"}:
            return False
        if fuzz.partial_ratio(letters(heard), letters(name)) >= 85 and len(letters(name)) > 3:
            return False
    return True


def mishear(rng: random.Random, name: str) -> str:
    """Return a name as a transcriber might spell it; short names come back as they are.

    >>> mishear(random.Random(3), "Deep Work")
    'deep walk'
    """
    text = name.lower()
    ways: list[Callable[[random.Random, str], str]] = [_other_word, _other_letters, _join, _part]
    if len(letters(text)) >= 5:
        rng.shuffle(ways)
        for way in ways:
            if (changed := way(rng, text)) != text:
                return changed
    return text


def _other_word(rng: random.Random, text: str) -> str:
    words = text.split()
    known = [n for n, word in enumerate(words) if word in WORDS]
    if known:
        at = rng.choice(known)
        words[at] = WORDS[words[at]]
    return " ".join(words)


def _other_letters(rng: random.Random, text: str) -> str:
    fitting = [pair for pair in LETTERS if pair[0] in text[1:]]
    if not fitting:
        return text
    old, new = rng.choice(fitting)
    return text[0] + text[1:].replace(old, new, 1)


def _join(rng: random.Random, text: str) -> str:
    return text.replace(" ", "", 1)


def _part(rng: random.Random, text: str) -> str:
    """Split one long word where a consonant follows a vowel."""
    places = [m.end() for m in re.finditer(r"[a-z]{2}[aeiouy](?=[bcdfgklmnprstvw][a-z]{2})", text)]
    if not places:
        return text
    at = rng.choice(places)
    return f"{text[:at]} {text[at:]}"
