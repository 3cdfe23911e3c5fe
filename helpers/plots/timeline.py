"""Figures of work that is shared out: what ran where, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helpers.plots.base import BLUE, SKY, _names_down, axes_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def timeline(rows: Sequence[Mapping[str, Any]], ax: Axes | None = None) -> Axes:
    """Draw a bar a row from `began` to `ended`, in seconds, in its `lane`, with its `label`.

    >>> import matplotlib
    >>> matplotlib.use("agg")
    >>> rows = [{"lane": "node 1", "label": "a", "began": 0.0, "ended": 2.0}]
    >>> timeline(rows).figure.get_label()
    'what ran where: node 1: a from 0 to 2 s'
    """
    names = list(dict.fromkeys(row["lane"] for row in rows))  # "node 10" comes after "node 9"
    ax = axes_of(ax, 0.9 + 0.6 * len(names))
    whole = max(row["ended"] for row in rows)
    for number, row in enumerate(rows):
        width, y = row["ended"] - row["began"], names.index(row["lane"])
        colour = (BLUE, SKY)[number % 2]
        ax.barh(y, width, left=row["began"], height=0.62, color=colour, edgecolor="white")
        if width > 0.012 * whole * len(row["label"]):  # else it does not fit in
            ax.text(row["began"] + width / 2, y, row["label"], ha="center", va="center",
                    fontsize=8.5, color="white" if colour == BLUE else "black",
                    parse_math=False)  # fmt: skip
    _names_down(ax, names)
    ax.set(xlim=(0, whole), xlabel="seconds")
    ax.figure.set_label("what ran where: " + "; ".join(_lane(name, rows) for name in names))
    return ax


def _lane(name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    own = [row for row in rows if row["lane"] == name]
    parts = [f"{row['label']} from {row['began']:.0f} to {row['ended']:.0f} s" for row in own]
    return f"{name}: {', '.join(parts)}"
