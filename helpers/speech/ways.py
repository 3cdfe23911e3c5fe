"""Lines of a table that list ways with weights: `written = way*3, other way`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from random import Random

WEIGHT = re.compile(r"(.+?)(?:\*(\d+))?")

Ways = tuple[tuple[str, ...], tuple[int, ...]]
"""What may be chosen, and how much more often each is than one without a weight."""


def read_ways(lines: Iterable[str]) -> dict[str, Ways]:
    r"""Read lines; a backslash before a key that the table would read as a section is left out.

    >>> read_ways(["cd = C D*9, change directory", r"\# = hash"])
    {'cd': (('C D', 'change directory'), (9, 1)), '#': (('hash',), (1,))}
    """
    read: dict[str, Ways] = {}
    for line in lines:
        key, _, listed = line.partition(" = ")
        ways = [WEIGHT.fullmatch(way.strip()) for way in listed.split(",")]
        named = [(way[1], int(way[2] or 1)) for way in ways if way]
        read[key[1:] if len(key) > 1 and key[0] == "\\" else key] = (
            tuple(name for name, _ in named),
            tuple(weight for _, weight in named),
        )
    return read


def pick(ways: Mapping[str, Ways], key: str, rng: Random) -> str:
    """Return one of the ways of a key; the key itself where the table has none.

    >>> pick({}, "ls", Random(0)), pick(read_ways(["ls = L S"]), "ls", Random(0))
    ('ls', 'L S')
    """
    if key not in ways:
        return key
    names, weights = ways[key]
    return rng.choices(names, weights)[0]
