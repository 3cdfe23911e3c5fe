"""A picture of what an export costs: the size of each file against its score."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helpers.plots.base import BLUE, GREY, INK, PALE, axes_of, log_ticks

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def size_against_score(rows: Sequence[Mapping[str, Any]], ax: Axes | None = None) -> Axes:
    """Draw each artefact as a dot: bytes across (log), exact answers up, with the interval.

    A row is `{"name", "bytes", "exact", "exact_ci"}`, fractions shown in percent; the first is the
    reference, whose score is the dashed line.
    """
    ax = axes_of(ax, 3.8)
    reference = rows[0]
    ax.axhline(100 * reference["exact"], color=GREY, ls="--", lw=1.2, zorder=1)
    places = [10**at for at in _spread([math.log10(row["bytes"] / 1e6) for row in rows])]
    ax.set_xscale("log")
    log_ticks(ax.xaxis, places)
    for row, across in zip(rows, places, strict=True):
        ends = [100 * end for end in row["exact_ci"] or (row["exact"], row["exact"])]
        ax.plot([across, across], ends, color=INK, lw=1.2, marker="_", markersize=7, zorder=2)
        ax.plot(across, 100 * row["exact"], "o", color=BLUE, markersize=7, zorder=3)
        ax.annotate(
            row["name"], (across, ends[0]), (0, -6), textcoords="offset points",
            rotation=90, ha="center", va="top", fontsize=9,
        )  # fmt: skip
    low, high = ax.get_ylim()
    ax.set_ylim(low - 0.75 * (high - low), high + 0.05 * (high - low))
    ax.set(xlabel="MB that hold the weights", ylabel="exact, %  (whisker: interval)")
    ax.grid(color=PALE, zorder=0)
    ax.set_axisbelow(True)
    return ax


def _spread(places: Sequence[float], share: float = 0.035) -> list[float]:
    """Move places that would hide one another apart, by a share of the range at least.

    >>> _spread([1.0, 1.0, 3.0], 0.1)
    [1.0, 1.2, 3.0]
    """
    step = share * ((max(places) - min(places)) or 1.0)
    moved: dict[int, float] = {}
    last = float("-inf")
    for number in sorted(range(len(places)), key=lambda n: (places[n], n)):
        last = max(places[number], last + step)
        moved[number] = round(last, 9)
    return [moved[number] for number in range(len(places))]
