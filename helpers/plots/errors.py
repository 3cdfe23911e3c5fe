"""Figures of errors: what they are, where they are, and what a margin keeps out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helpers.evaluation.coverage import Curve
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
    axes_of,
    interval_points,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend

COLOURS = (BLUE, ORANGE, GREEN, RED, SKY)
BAR = 0.8  # of a class's row are bars


def class_bars(engines: Sequence[Mapping[str, Any]], ax: Axes | None = None) -> Axes:
    """Draw how many answers have an error of each class, a bar an engine, with intervals.

    An engine is `{"name", "n", "classes"}`: the rows answered, and the errors of each class among
    them. A bar is a share of all n, its whisker Wilson's interval, and the number the count.
    Classes that no engine has are left out, and named below. Raises `ValueError` for more engines
    than there are colours.
    """
    if len(engines) > len(COLOURS):
        raise ValueError(f"{len(engines)} engines for {len(COLOURS)} colours; draw fewer at once")
    names = list(dict.fromkeys(name for engine in engines for name in engine["classes"]))
    shown = [name for name in names if any(engine["classes"].get(name) for engine in engines)]
    ax = axes_of(ax, 1.2 + (0.2 + 0.22 * len(engines)) * len(shown))
    for place, engine in enumerate(engines):
        _bars(ax, engine, shown, place, BAR / len(engines))
    ax.set_yticks(range(len(shown)), [name.replace("_", " ") for name in shown])
    ax.set_ylim(len(shown) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.margins(x=0.08)
    ax.set_xlim(left=0)
    none = ", ".join(name.replace("_", " ") for name in names if name not in shown)
    ax.set_xlabel("answers, %  (whisker: interval)" + (f"\n(none: {none})" if none else ""))
    _plain(ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, handlelength=1.2))
    return ax


def _plain(legend: Legend) -> None:
    for text in legend.get_texts():
        text.set_parse_math(False)  # a name may hold dollar signs, which are no formula


def _bars(
    ax: Axes, engine: Mapping[str, Any], names: Sequence[str], place: int, height: float
) -> None:
    n, label = engine["n"], f"{engine['name']} (n = {engine['n']:,})"
    rows = [row - BAR / 2 + (place + 0.5) * height for row in range(len(names))]
    counts = [engine["classes"].get(name, 0) for name in names]
    ax.barh(rows, [100 * count / n for count in counts], height=0.9 * height,
            color=COLOURS[place], label=label)  # fmt: skip
    for row, count in zip(rows, counts, strict=True):
        low, high = (100 * end for end in wilson(count, n)) if count else (0.0, 0.0)
        if count:
            ax.plot([low, high], [row, row], color=INK, lw=1.2, marker="|", markersize=5, zorder=3)
        ax.annotate(f"{count:,}", (high, row), (5, 0), textcoords="offset points",
                    va="center", fontsize=8.5)  # fmt: skip


def risk_coverage(
    curves: Mapping[str, Curve], wanted: float | None = None, ax: Axes | None = None
) -> Axes:
    """Draw, for each engine, the share wrong of the answers given against the share answered.

    A dot marks all rows answered; `wanted`, a fraction, is the risk that is aimed at. The first
    twentieth of the rows is not drawn: there one answer moves the curve from 0 to 100 %.
    """
    ax = axes_of(ax, 3.6)
    for (name, one), colour in zip(curves.items(), COLOURS, strict=False):
        drawn = [(c, r) for c, r in zip(one.coverage, one.risk, strict=True) if c >= 0.05]
        across, up = ([100 * value for value in values] for values in zip(*drawn, strict=True))
        ax.plot(across, up, color=colour, label=f"{name} (area {100 * one.area:.1f} %)")
        ax.plot(across[-1:], up[-1:], "o", color=colour, markersize=6)
    if wanted is not None:
        ax.axhline(100 * wanted, color=GREY, ls="--", lw=1.2, zorder=1)
        ax.annotate(f"wanted: {100 * wanted:g} %", (100, 100 * wanted), (0, 3), ha="right",
                    textcoords="offset points", fontsize=9.5, color=GREY)  # fmt: skip
    ax.set(xlabel="answered, % of the rows, the surest first", ylabel="wrong, % of these",
           xlim=(0, 101))  # fmt: skip
    ax.set_ylim(bottom=0)
    ax.grid(color=PALE, zorder=0)
    ax.set_axisbelow(True)
    _plain(ax.legend(loc="best"))
    return ax


def slice_points(
    rows: Sequence[Mapping[str, Any]], reference: float | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the score of each slice with its interval; `reference` is the score of all rows.

    Rows are those of `helpers.evaluation.slices`, a facet's beside one another.
    """
    points: list[dict[str, Any]] = []
    for row in rows:
        first = not points or points[-1]["facet"] != row["facet"]
        title = f"{row['facet']}:  " if first else ""
        points.append({**row, "name": f"{title}{row['name']}  (n = {row['n']:,})"})
    xlabel = "right, %" if reference is None else "right, %  (dashed: all rows)"
    ax = interval_points(points, xlabel, reference, ax)
    for place, (above, below) in enumerate(zip(points, points[1:], strict=False)):
        if above["facet"] != below["facet"]:
            ax.axhline(place + 0.45, color=PALE, lw=1.2, zorder=1)
    return ax
