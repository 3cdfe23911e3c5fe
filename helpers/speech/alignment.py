"""Which heard words stand for which said ones: the cheapest way from one text to the other.

A said word may have been split, several may have been joined, and a symbol's name may be written as
the symbol: "cd dot dot" and "CD..", "max depth" and "maxdepth".
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from helpers.tasks.dictation.domain import Domain

SKIP = 0.9  # what a word costs that was dropped, or added
MARK = 0.4  # and a mark that was added
MERGE = 0.2  # and words that are taken together and misheard
ALIKE = 0.25  # share of its letters that may be wrong then
WIDEST = 6  # words that may stand for one, or one for them
TOKENS = re.compile(r"[A-Za-z']+|[0-9]+|[^\s\w]|_")


class Stretch(NamedTuple):
    """Said words, and what was heard for them; one of both may be empty."""

    said: str
    heard: str


def tokens(text: str) -> list[str]:
    """Return a text's words, numbers and marks.

    >>> tokens("LS-LA, package.json 80")
    ['LS', '-', 'LA', ',', 'package', '.', 'json', '80']
    """
    return TOKENS.findall(text)


def symbols(domain: Domain) -> dict[str, str]:
    """Return what is written for each spoken symbol of a domain, and for each digit.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> found = symbols(BASH)
    >>> found["dash"], found["seven"], found["and and"]
    ('-', '7', '&&')
    """
    digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    found = {symbol.spoken: symbol.written for symbol in reversed(domain.symbols)}
    return found | {word: str(n) for n, word in enumerate(digits)}


def align(said: str, heard: str, written: Mapping[str, str]) -> list[Stretch]:
    """Return both texts cut into stretches that stand for each other.

    `written` says what may be written for what is said.

    >>> align("ls dash L A", "LS-LA", {"dash": "-"})
    [Stretch(said='ls', heard='LS'), Stretch(said='dash', heard='-'), Stretch(said='L A', ...)]
    >>> align("get push", "push it", {})
    [Stretch(said='get', heard=''), Stretch(said='push', heard='push'), Stretch(said='', ...)]
    """
    left, right = said.split(), tokens(heard)
    cost = {(0, 0): 0.0}
    back: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            for rows, columns in MOVES:
                here = cost.get((i - rows, j - columns))
                if here is None:
                    continue
                here += _cost(left[i - rows : i], right[j - columns : j], written)
                if here < cost.get((i, j), math.inf):
                    cost[i, j], back[i, j] = here, (i - rows, j - columns)
    return _stretches(left, right, back)


MOVES = ((1, 1), (1, 0), (0, 1)) + tuple(
    move for n in range(2, WIDEST + 1) for move in ((1, n), (n, 1))
)


def _stretches(
    left: Sequence[str], right: Sequence[str], back: Mapping[tuple[int, int], tuple[int, int]]
) -> list[Stretch]:
    at, found = (len(left), len(right)), []
    while at != (0, 0):
        i, j = back[at]
        found.append(Stretch(" ".join(left[i : at[0]]), " ".join(right[j : at[1]])))
        at = (i, j)
    return found[::-1]


def _cost(said: Sequence[str], heard: Sequence[str], written: Mapping[str, str]) -> float:
    if not said or not heard:
        return SKIP if said or heard[0].isalnum() else MARK
    if "".join(heard) in (written.get(" ".join(said)), "".join(written.get(w, w) for w in said)):
        return 0.0
    first, other = "".join(said).lower(), "".join(heard).lower()
    wrong, merged = Levenshtein.normalized_distance(first, other), len(said) + len(heard) - 2
    if not merged:
        return wrong
    return math.inf if wrong > ALIKE else 0.01 + (wrong and wrong * (merged + 2) / 2 + MERGE)
