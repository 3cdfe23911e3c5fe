"""The figure of made rows: what is left after each stage, and why the others went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helpers.plots.base import BLUE, GREY, PALE, _names_down, axes_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 3  # reasons named a stage; the others are counted together


def yield_bars(stages: Sequence[Mapping[str, Any]], ax: Axes | None = None) -> Axes:
    """Draw a bar a stage: what went on, and behind it what was lost there, with the reasons.

    A stage is `{"stage", "in", "out", "reasons"}`, as a report of made rows has them. Raises
    `ValueError` where nothing came in.
    """
    if not stages or not stages[0]["in"]:
        raise ValueError("no case came in; draw a run of at least one")
    ax = axes_of(ax, 0.9 + 0.62 * len(stages))
    for y, stage in enumerate(stages):
        lost = stage["in"] - stage["out"]
        ax.barh(y, stage["out"], color=BLUE, height=0.6, label="went on" if y == 0 else "")
        ax.barh(y, lost, left=stage["out"], color=PALE, height=0.6,
                label="lost here" if y == 0 else "")  # fmt: skip
        ax.annotate(f"{stage['out']:,}", (stage["in"], y), (5, 0), textcoords="offset points",
                    va="bottom", fontsize=9.5)  # fmt: skip
        ax.annotate(_reasons(stage["reasons"]), (stage["in"], y), (5, -2), va="top", fontsize=8.5,
                    textcoords="offset points", color=GREY)  # fmt: skip
    _names_down(ax, [stage["stage"] for stage in stages])
    most = stages[0]["in"]
    ax.set(xlim=(0, 1.9 * most), xlabel=f"drafts, of {most:,} cases")
    ax.set_xticks([0, most // 2, most])
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
    told = "; ".join(f"{s['stage']} {s['out']:,} of {s['in']:,}" for s in stages)
    ax.figure.set_label(f"drafts that went on at each stage: {told}")
    return ax


def _reasons(counts: Mapping[str, int]) -> str:
    named = [f"{reason} {n:,}" for reason, n in list(counts.items())[:MOST]]
    rest = sum(list(counts.values())[MOST:])
    return ", ".join([*named, *([f"other {rest:,}"] if rest else [])])
