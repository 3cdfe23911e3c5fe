"""What was said for what was heard, as it was counted: the rates of the noisy channel."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from pathlib import Path

Misheard = dict[tuple[str, ...], tuple[tuple[tuple[str, ...], float], ...]]
"""For words heard, in small letters: words that may have been said, each with its cost in nats."""

LONGEST = 3  # words heard for one
MOST = 7.0  # nats; what is rarer is no reading
WORDS = re.compile("[a-z]+|[0-9]+")


def read(path: Path, condition: str = "prompt") -> Misheard:
    """Read the table that counted what Whisper wrote; none where the file is missing."""
    if not path.exists():
        return {}
    table = json.loads(path.read_text(encoding="utf-8"))
    return invert(table[condition]["heard"])


def invert(heard: Mapping[str, Mapping[str, int]]) -> Misheard:
    """Turn counts of what was heard for each said word around: by what was heard.

    The cost is the logarithm of how seldom the said word is heard so.

    >>> invert({"git": {"git": 6, "jit": 2}, "B": {"b": 5, "v": 5}})
    {('jit',): ((('git',), 1.386),), ('v',): ((('B',), 0.693),)}
    """
    table: dict[tuple[str, ...], list[tuple[tuple[str, ...], float]]] = {}
    for said, spellings in heard.items():
        total = sum(spellings.values())
        for spelling, count in spellings.items():
            words = tuple(WORDS.findall(spelling.lower()))
            cost = round(math.log(total / count), 3)
            other = words != tuple(said.lower().split())
            if said and other and 0 < len(words) <= LONGEST and cost <= MOST:
                table.setdefault(words, []).append((tuple(said.split()), cost))
    return {words: tuple(said) for words, said in table.items()}
