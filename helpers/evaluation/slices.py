"""Where a score comes from: the share right of long and short rows, of rare and known words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from helpers.core.examples import Example
from helpers.evaluation.statistics import wilson

PARTS = 4  # ranges of about as many rows each
RARE = ((0, "never seen"), (3, "1–3 times"), (19, "4–19 times"))  # at most so often in train
COMMON = "20 times or more"

Place = tuple[int, str]  # where a slice stands among its facet's, and its name


def slices(
    examples: Sequence[Example],
    right: Sequence[bool],
    train: Sequence[Example],
    shape: Callable[[str], str] | None = None,
) -> list[dict[str, Any]]:
    """Return a row a slice: its facet, name, n, number right, score and Wilson interval.

    Facets are the words of the prompt, how often train has its rarest word, and whether train has
    its group; with a `shape` (of targets that are text) the symbols of the target, and whether
    train has a target of its shape. A facet in which all rows are alike tells nothing and is left
    out. Facets go together (a long row has more symbols): a slice shows where, not why. Raises
    `ValueError` for lists of two lengths.

    >>> train = [Example("1", "list", "ls"), Example("2", "list", "ls -l", group="ls")]
    >>> asked = [Example("3", "list", "ls"), Example("4", "show disk use", "du", group="du")]
    >>> for row in slices(asked, [True, False], train, shape=str.upper):
    ...     print(row["facet"], "|", row["name"], row["right"], row["n"])
    words of the prompt | 1 1 1
    words of the prompt | 3 0 1
    rarest word in train | never seen 0 1
    rarest word in train | 1–3 times 1 1
    shape of the target in train | unseen 0 1
    shape of the target in train | seen 1 1
    """
    if len(examples) != len(right):
        raise ValueError(f"{len(right)} verdicts on {len(examples)} rows; give one a row")
    groups = {e.group for e in train if e.group not in ("", e.id)}
    facets = {
        "words of the prompt": ranges([len(e.prompt.split()) for e in examples]),
        "rarest word in train": rarities(examples, train),
        "group in train": [seen(e.group in groups) for e in examples],
    }
    if shape:
        shapes = {_shape(e, shape) for e in train}
        known = [_shape(e, shape) in shapes for e in examples]
        facets["symbols of the target"] = ranges([symbols(e.target) for e in examples])
        facets["shape of the target in train"] = list(map(seen, known))
    return [row for name, places in facets.items() for row in shares(name, places, right)]


def _shape(example: Example, shape: Callable[[str], str]) -> str:
    return "" if example.no_answer else shape(example.target)


def shares(facet: str, places: Sequence[Place], right: Sequence[bool]) -> list[dict[str, Any]]:
    """Return a row a slice of one facet; none if there is only one slice."""
    rows = Counter(places)
    hits = Counter(place for place, hit in zip(places, right, strict=True) if hit)
    if len(rows) < 2:
        return []
    return [
        {"facet": facet, "name": place[1], "n": n, "right": hits[place], "score": hits[place] / n,
         "ci": wilson(hits[place], n)}
        for place, n in sorted(rows.items())
    ]  # fmt: skip


def ranges(numbers: Sequence[int], parts: int = PARTS) -> list[Place]:
    """Place numbers in ranges that hold about as many of them each; equal ones stay together.

    >>> ranges([1, 9, 2, 2], 2)
    [(0, '1'), (1, '2–9'), (1, '2–9'), (1, '2–9')]
    """
    ordered = sorted(numbers)
    cuts = [ordered[len(ordered) * part // parts] for part in range(1, parts)] if ordered else []
    places = [sum(number >= cut for cut in cuts) for number in numbers]
    names = {}
    for place in set(places):
        held = [number for number, at in zip(numbers, places, strict=True) if at == place]
        low, high = min(held), max(held)
        names[place] = f"{low}" if low == high else f"{low}–{high}"
    return [(place, names[place]) for place in places]


def rarities(examples: Sequence[Example], train: Sequence[Example]) -> list[Place]:
    """Place rows by how many rows of train have the prompt's rarest word."""
    counts = Counter(word for e in train for word in set(words(e.prompt)))
    return [rarity(min((counts[word] for word in words(e.prompt)), default=0)) for e in examples]


def rarity(count: int) -> Place:
    """Place a count.

    >>> rarity(0), rarity(4), rarity(20)
    ((0, 'never seen'), (19, '4–19 times'), (20, '20 times or more'))
    """
    return next(((most, name) for most, name in RARE if count <= most), (RARE[-1][0] + 1, COMMON))


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, apostrophes kept.

    >>> words("It's LATE, my friend.")
    ["it's", 'late', 'my', 'friend']
    """
    return re.findall(r"[\w']+", text.lower())


def symbols(text: str) -> int:
    """Count what is no letter, digit or white space.

    >>> symbols("wc -l < a.txt")
    3
    """
    return sum(not (letter.isalnum() or letter.isspace()) for letter in text)


def seen(known: bool) -> Place:
    """Place a row by whether train has the like of it."""
    return (int(known), "seen" if known else "unseen")


