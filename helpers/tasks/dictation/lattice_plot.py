"""The lattice of one dictation, drawn: what each word may write, and where a space may stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from helpers.plots.base import BLUE, GREY, INK, RED, WIDTH, axes_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from helpers.tasks.dictation.lattice import Arc, Lattice

# Inches, in the picture of a lattice.
LETTER, PAD, GAP, ROW = 0.085, 0.16, 0.3, 0.31
MARKS = {"": "‿", " ": "␣", "either": "␣?"}
MEANINGS = {"": "never a space", " ": "always a space", "either": "a space or none"}


def gap_kinds(lattice: Lattice) -> list[str | None]:
    """Say for each word what may stand before it: "", " ", or "either" of both.

    None where nothing can be parted: before the first word, and within a symbol's name.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> from helpers.tasks.dictation.lattice import build
    >>> gap_kinds(build("dash name A B greater than x", BASH))
    [None, 'either', ' ', ' ', 'either', None, 'either']
    """
    tails: list[set[str]] = [{""}, *(set() for _ in lattice.words)]
    kinds: list[str | None] = []
    for at, arcs in enumerate(lattice.arcs):
        found = set()
        for tail in tails[at]:
            for arc in arcs:
                for gap, after, _ in lattice.gaps(tail, arc):
                    tails[arc.end].add(after)
                    found.add(gap)
        kinds.append("either" if len(found) > 1 else found.pop() if found and at else None)
    return kinds


def lattice_graph(lattice: Lattice, text: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw a dictation's words, below each its readings, between two what may part them.

    The boxes of the path that writes `text` are filled, those written together linked; one
    outside the lattice is said to be so. Long dictations go on in a further line.
    """
    if not lattice.words:
        raise ValueError("the dictation has no words; draw one that has")
    path = lattice.path_of(text) if text is not None else None
    on_path = {(step.start, step.arc) for step in path or ()}
    kinds = gap_kinds(lattice)
    boxes = _boxes(lattice, kinds)
    spots, lines = _spots(lattice, boxes)
    height = ROW * (sum(lines) + 2 * len(lines) + 0.4)
    ax = axes_of(ax, height + (ROW if text is not None else 0))
    ax.set(xlim=(0, WIDTH), ylim=(height, 0))
    ax.set_axis_off()
    mono = {"family": "monospace", "va": "center", "parse_math": False}
    for at, word in enumerate(lattice.words):
        x, y, width = spots[at]
        ax.text(x + width / 2, y, word, color=GREY, ha="center", **mono)
        if (kind := kinds[at]) is not None:
            colour = RED if kind == "either" else INK
            ax.text(x - GAP / 2, y, MARKS[kind], color=colour, ha="center", fontsize=9, **mono)
    for (at, arc), row in boxes.items():
        left, right, y = _edges(at, arc, row, spots)
        picked = (at, arc) in on_path
        face, ink, edge = (BLUE, "white", BLUE) if picked else ("white", INK, GREY)
        ax.add_patch(_box(left, right, y, face, edge))
        ax.text((left + right) / 2, y, arc.text, color=ink, ha="center", **mono)
    for one, step in pairwise(path or ()):
        _, right, y = _edges(one.start, one.arc, boxes[one.start, one.arc], spots)
        left, _, goal = _edges(step.start, step.arc, boxes[step.start, step.arc], spots)
        link = {"color": BLUE, "lw": 3, "zorder": 0}
        if not step.gap and left > right:
            ax.plot([right, left], [y, goal], **link)
        elif not step.gap:  # the next box begins a new line
            ax.plot([right, right + GAP / 2], [y, y], **link)
            ax.plot([left - GAP / 2, left], [goal, goal], **link)
    legend = [f"{MARKS[kind]} {MEANINGS[kind]}" for kind in MARKS if kind in kinds]
    legend += ["linked: written together"] if path else []
    ax.text(GAP, height - ROW / 2, "      ".join(legend), color=GREY, fontsize=9, va="center")
    if text is not None:
        outside = "" if path is not None else "not in the lattice: "
        ax.set_title(outside + text, family="monospace", parse_math=False,
                     color=INK if path is not None else RED)  # fmt: skip
    return ax


def _boxes(lattice: Lattice, kinds: Sequence[str | None]) -> dict[tuple[int, Arc], int]:
    """Give every reading that a path can reach the first row that is free below its words."""
    taken: list[set[int]] = [set() for _ in lattice.words]
    rows = {}
    for at, arcs in enumerate(lattice.arcs):
        for arc in arcs if at == 0 or kinds[at] is not None else ():
            row = next(r for r in range(99) if not any(r in t for t in taken[at : arc.end]))
            for column in taken[at : arc.end]:
                column.add(row)
            rows[at, arc] = row
    return rows


def _spots(
    lattice: Lattice, boxes: Mapping[tuple[int, Arc], int]
) -> tuple[list[tuple[float, float, float]], list[int]]:
    """Return each word's (left, middle, width) in inches, and the rows of boxes of each line."""
    widths = [LETTER * len(word) + PAD for word in lattice.words]
    for at, arc in boxes:
        missing = LETTER * len(arc.text) + PAD - sum(widths[at : arc.end])
        widths[arc.end - 1] += max(0, missing)
    inside = {cut for at, arc in boxes for cut in range(at + 1, arc.end)}
    cuts = [at for at in range(len(widths) + 1) if at not in inside]
    spots: list[tuple[float, float, float]] = []
    x, y, lines = GAP, ROW / 2, [0]
    for first, end in zip(cuts, cuts[1:], strict=False):
        if spots and x + sum(widths[first:end]) + GAP * (end - first - 1) > WIDTH - 0.1:
            x, y, lines = GAP, y + ROW * (lines[-1] + 2), [*lines, 0]
        for width in widths[first:end]:
            spots.append((x, y, width))
            x += width + GAP
        deep = 1 + max(row for (at, _), row in boxes.items() if first <= at < end)
        lines[-1] = max(lines[-1], deep)
    return spots, lines


def _edges(
    at: int, arc: Arc, row: int, spots: Sequence[tuple[float, float, float]]
) -> tuple[float, float, float]:
    left, y, _ = spots[at]
    last, _, width = spots[arc.end - 1]
    return left, last + width, y + ROW * (row + 1)


def _box(left: float, right: float, y: float, face: str, edge: str) -> Any:
    from matplotlib.patches import FancyBboxPatch

    shape = "round,pad=0,rounding_size=0.05"
    size = (right - left, 0.8 * ROW)
    return FancyBboxPatch((left, y - 0.4 * ROW), *size, shape, facecolor=face, edgecolor=edge)
