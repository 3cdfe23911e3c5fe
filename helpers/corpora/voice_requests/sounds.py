"""How names are misheard, and when a misheard name is still clear."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from helpers.corpora.voice_requests.misheard import HEARD


def letters(name: str) -> str:
    """Return a name without case, spaces and marks, for comparing.

    >>> letters("iTerm 2"), letters("acme-api")
    ('iterm2', 'acmeapi')
    """
    return re.sub(r"[^\w]|_", "", name.lower())


def alike(one: str, other: str) -> float:
    """Return how alike two names are written, from 0 to 1.

    >>> alike("goggle chrome", "Google Chrome") > 0.9
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
    """Return a name as a recogniser might write it; a name it knows well comes back as it is.

    >>> mishear(random.Random(3), "Deep Work"), mishear(random.Random(3), "Zenith")
    ('beep work', 'zenith')
    """
    words = name.lower().split()
    known = [n for n, word in enumerate(words) if word in HEARD]
    if known:
        at = rng.choice(known)
        words[at] = rng.choice(HEARD[words[at]])
    return " ".join(words)
