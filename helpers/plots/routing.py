"""Figures of a pipeline: its gate, its confidence, and shares of time and of errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from helpers.evaluation.statistics import wilson
from helpers.plots.base import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    RED,
    SKY,
    YELLOW,
    _names_down,
    axes_of,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = (BLUE, ORANGE, GREEN, RED, SKY, YELLOW, GREY)
KINDS = (BLUE, INK, GREEN, ORANGE, *COLOURS[3:])  # told apart as small dots, too
MARKS = "osD^vP"  # shapes beside colours, for whoever tells colours badly
GRID = 100  # places along an axis at which a gate is asked


def gate_plane(
    kind_of: Callable[[Mapping[str, float]], str],
    rows: Sequence[Mapping[str, float]],
    kinds: Sequence[str],
    x: str,
    y: str,
    ax: Axes | None = None,
) -> Axes:
    """Draw rows by two of their numbers, coloured by what they are, over what a gate makes of them.

    In the background all other numbers are the means of the rows, so that a row may lie on the
    wrong side and still be taken for what it is.
    """
    import numpy as np
    from matplotlib.colors import ListedColormap

    ax = axes_of(ax, 4.2)
    names = list(dict.fromkeys(sorted(kinds)))
    means = {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}
    spans = [_span([row[name] for row in rows]) for name in (x, y)]
    across, up = (np.linspace(low, high, GRID) for low, high in spans)
    decided = [[kind_of(means | {x: a, y: b}) for a in across] for b in up]
    known = [*names, *sorted({kind for line in decided for kind in line} - {*names})]
    numbers = np.array([[known.index(kind) for kind in line] for line in decided])
    paint = ListedColormap(KINDS[: len(known)])
    ax.pcolormesh(across, up, numbers, cmap=paint, vmin=0, vmax=max(len(known) - 1, 1), alpha=0.22,
                  shading="nearest", lw=0, rasterized=True)  # fmt: skip
    draw = np.random.default_rng(0)
    for name, colour, mark in zip(known, KINDS, MARKS, strict=False):
        own = [row for row, kind in zip(rows, kinds, strict=True) if kind == name]
        places = [np.array([row[axis] for row in own]) for axis in (x, y)]
        shaken = [place + draw.normal(0, 0.006 * (high - low), len(own))
                  for place, (low, high) in zip(places, spans, strict=True)]  # fmt: skip
        ax.plot(*shaken, mark, color=colour, markersize=4, alpha=0.75, label=name, mew=0)
    ax.set(xlabel=x, ylabel=y, xlim=spans[0], ylim=spans[1])
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1), title="what it is", alignment="left")
    told = ", ".join(f"{kinds.count(name)} {name}" for name in names)
    ax.figure.set_label(f"rows by {x} and {y}, over what the gate makes of such numbers: {told}")
    return ax


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = 0.05 * (high - low) or 0.5
    return low - room, high + room


def calibration(bins: Sequence[Mapping[str, float]], ax: Axes | None = None) -> Axes:
    """Draw how often answers were exact against how sure they were, a dot a bin, with intervals.

    A bin is `{"confidence", "exact", "rows"}`, fractions. On the dashed line a confidence is right.
    """
    ax = axes_of(ax, 3.8, 5.6)
    ax.plot([0, 100], [0, 100], "--", color=GREY, lw=1.2, zorder=1)
    for one in bins:
        at, share, n = 100 * one["confidence"], 100 * one["exact"], int(one["rows"])
        low, high = (100 * end for end in wilson(round(one["exact"] * n), n))
        ax.plot([at, at], [low, high], color=BLUE, lw=1.2, zorder=2)
        ax.plot(at, share, "o", color=BLUE, markersize=6, zorder=3)
        below = {"textcoords": "offset points", "fontsize": 9, "color": GREY}
        ax.annotate(f"{n:,}", (at, share), (6, -11), **below)
    ax.set(xlabel="how sure it was, %  (numbers: rows)", ylabel="exact, %",
           xlim=(-2, 106), ylim=(-9, 104))  # fmt: skip
    ax.grid(color=PALE, zorder=0)
    ax.set_axisbelow(True)
    told = ", ".join(f"{100 * b['confidence']:.0f} % sure, {100 * b['exact']:.0f} % exact"
                     for b in bins)  # fmt: skip
    ax.figure.set_label(f"exact answers against confidence: {told}")
    return ax


def stacked_bars(
    rows: Mapping[str, Mapping[str, float]],
    xlabel: str,
    pieces: Sequence[str] = (),
    number: str = "{:,.0f}",
    total: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a bar a row out of named pieces, each with its number where it has room.

    The pieces stand in the order of `pieces`, else in that in which rows name them. `total` is how
    the sum is written behind a bar, such as "{:,.0f} ms"; by default it is not.
    """
    named = list(dict.fromkeys(name for row in rows.values() for name in row))
    pieces = [name for name in pieces or named if name in named]
    most = max((sum(row.values()) for row in rows.values()), default=0.0) or 1.0
    ax = axes_of(ax, 1.1 + 0.44 * len(rows))
    for y, row in enumerate(rows.values()):
        left = 0.0
        for name, colour in zip(pieces, COLOURS, strict=False):
            value = row.get(name, 0.0)
            bar = ax.barh(y, value, left=left, color=colour, height=0.66, edgecolor="white",
                          label=name if y == 0 else "")  # fmt: skip
            if value >= 0.05 * most:
                ink = "white" if colour in (BLUE, RED, GREY) else INK
                ax.bar_label(bar, [number.format(value)], label_type="center", fontsize=9.5,
                             color=ink)  # fmt: skip
            left += value
        if total:
            ax.text(left + 0.01 * most, y, total.format(left), va="center", fontsize=9.5)
    _names_down(ax, list(rows))
    ax.set(xlim=(0, most * (1.14 if total else 1.0)), xlabel=xlabel)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(pieces), borderaxespad=0.2,
              handlelength=1.2)  # fmt: skip
    told = "; ".join(
        f"{name}: {', '.join(f'{piece} {number.format(value)}' for piece, value in row.items())}"
        for name, row in rows.items()
    )
    ax.figure.set_label(f"{xlabel}: {told}")
    return ax
