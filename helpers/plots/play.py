"""Plain curves, for what a reader drags a slider along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from helpers.plots.base import GREY, PALE, axes_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def curves(
    series: Mapping[str, Mapping[float, float]],
    xlabel: str,
    ylabel: str,
    levels: Mapping[str, float] | None = None,
    ticks: Sequence[float] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw a line a series, from places to heights; `levels` are dashed, each with its name.

    With `ticks` the places are on a log scale, and these alone are written below it.

    >>> import matplotlib
    >>> matplotlib.use("agg")
    >>> curves({"loss": {1: 3.0, 2: 1.0}}, "rank", "loss", ticks=(1, 2)).get_xscale()
    'log'
    """
    ax = axes_of(ax, 3.4)
    for (name, heights), mark in zip(series.items(), "osD^vP", strict=False):
        few = mark if len(heights) <= 20 else ""
        ax.plot(list(heights), list(heights.values()), marker=few, lw=1.8, label=name)
    for (name, level), dash in zip((levels or {}).items(), ("--", ":", "-."), strict=False):
        ax.axhline(level, color=GREY, ls=dash, lw=1.3, label=name)
    if ticks:
        ax.set_xscale("log")
        ax.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        ax.minorticks_off()
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.grid(color=PALE, zorder=0)
    ax.set_axisbelow(True)
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return ax
