"""A picture of a page's story: boxes in a row, an arrow from each to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers.plots.base import BLUE, GREY, INK, WIDTH, axes_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP = 0.16  # of a box's width, between two


def overview(steps: Sequence[tuple[str, str]], ax: Axes | None = None) -> Axes:
    """Draw a box a step, left to right: `(name, what happens there)`, lines broken by the caller.

    >>> import matplotlib
    >>> matplotlib.use("agg")
    >>> overview([("rows", "read"), ("model", "trained")]).figure.get_label()
    'rows (read) → model (trained)'
    """
    lines = max(text.count("\n") + 1 for _, text in steps)
    ax = axes_of(ax, 0.75 + 0.19 * lines)
    width = WIDTH / (len(steps) + GAP * (len(steps) - 1))
    for number, (name, text) in enumerate(steps):
        left = number * width * (1 + GAP)
        ax.barh(0, width, left=left, height=1, color="white", edgecolor=BLUE, lw=1.4)
        ax.text(left + width / 2, 0.40, name, ha="center", va="top", weight="bold", color=INK)
        ax.text(left + width / 2, 0.12, text, ha="center", va="top", fontsize=9, linespacing=1.3)
        if number:
            ends = {"xy": (left, 0), "xytext": (left - width * GAP, 0)}
            arrow = {"arrowstyle": "-|>", "color": GREY, "shrinkA": 0, "shrinkB": 0}
            ax.annotate("", **ends, arrowprops=arrow)
    ax.set(xlim=(-0.03, WIDTH + 0.03), ylim=(-0.52, 0.52))
    ax.axis("off")
    plain = [f"{name} ({' '.join(text.split())})" for name, text in steps]
    ax.figure.set_label(" → ".join(plain))
    return ax
