"""Pieces of commands, asked for in passing: a flag, a pipe, a port, a schedule, a tag.

Nobody who says "now pipe it through sort" dictates a whole command, and what is to be typed begins
with the bar. `talk` says a piece with words before and after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from helpers.core.tables import table
from helpers.corpora.bash_commands.grammar import expand
from helpers.corpora.spoken_commands import commands
from helpers.corpora.spoken_commands.commands import Drawn
from helpers.speech.saying import say

ROOM = "corpora.spoken_commands"
AFTER = 0.3  # of the pieces whose kind has words to say after it
PIPE = "| "  # is said in the words before: "pipe it to"


def _sections() -> dict[str, tuple[list[str], float, list[str], list[str]]]:
    """Return each kind's pieces, its weight, and what is said before and after one."""
    found = table(ROOM, "fragments")
    kinds = {}
    for title, lines in found.items():
        kind, _, last = title.rpartition(" ")
        if last.isdigit():
            around = (list(found.get(f"{kind} {place}", ())) for place in ("before", "after"))
            kinds[kind] = (list(lines), float(last), *around)
    return kinds


KINDS = _sections()


def talk(rng: Random) -> tuple[list[str], Drawn]:
    """Draw a piece of a command; return the words that ask for it, and the piece.

    >>> words, drawn = talk(Random(3))
    >>> drawn.program in KINDS
    True
    """
    (kind,) = rng.choices([*KINDS], [weight for _, weight, *_ in KINDS.values()])
    pieces, _, before, after = KINDS[kind]
    drawn = commands.fill(expand(rng.choice(pieces), {}, rng), rng)
    piece = drawn.text.removeprefix(PIPE) if kind == "pipe" else drawn.text
    words = [*rng.choice(before).split(), *say(piece, rng)]
    if after and rng.random() < AFTER:
        words += _around(after, rng)
    return words, Drawn(drawn.text, f"{kind} {drawn.group}", kind, drawn.values, drawn.flat)


def _around(lines: Sequence[str], rng: Random) -> list[str]:
    return commands.fill(expand(rng.choice(lines), {}, rng), rng).text.lower().split()
