"""The writers: habits of spacing and quoting that one person keeps throughout a command."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

GAP, SNUG, EITHER, QUOTE = "·", "°", "¬", "¨"
PIPE = " | "


@dataclass(frozen=True)
class Writer:
    """One person's habits, kept throughout a command.

    `gaps` says whether a gap of each kind is left open; `pipe` and `quote` are how the
    person writes these; `recursive` is the letter for programs that take both.
    """

    gaps: tuple[tuple[str, bool], ...]
    pipe: str
    quote: str
    recursive: str


def draw_writer(rng: Random) -> Writer:
    """Draw a writer: most follow each program's custom, some close every gap, some open them."""
    hand = rng.random()
    tight, loose = hand < 0.12, hand > 0.96
    crammed = rng.random() < (0.5 if tight else 0.01)
    opened = {GAP: not tight, SNUG: loose, EITHER: loose or (not tight and rng.random() < 0.9)}
    return Writer(
        gaps=tuple(opened.items()),
        pipe="|" if crammed else PIPE,
        quote="'" if rng.random() < 0.5 else '"',
        recursive="R" if rng.random() < 0.3 else "r",
    )
