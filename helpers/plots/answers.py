"""Figures of answers: where the right one stands, how sure it was, what was taken for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from helpers.plots.base import BLUE, GREY, INK, ORANGE, WIDTH, axes_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def best_k(within: Mapping[int, float], reach: float, ax: Axes | None = None) -> Axes:
    """Draw how often the right answer is among the best k (fractions), and the reach above it."""
    ax = axes_of(ax, 3.0)
    ax.plot(list(within), [100 * share for share in within.values()], marker="o", markersize=4)
    ax.axhline(100 * reach, color=GREY, ls="--", label="reach of the grammar")
    ticks = [k for k in (1, 2, 3, 4, 5, 7, 10, 15, 20) if k in within]
    ax.set(xlabel="k", ylabel="right answer among the best k, %", xticks=ticks)
    ax.legend(loc="lower right")
    return ax


def margin_curves(
    margins: Sequence[float], right: Sequence[bool], axes: Sequence[Axes] | None = None
) -> Sequence[Axes]:
    """Draw right and wrong answers by margin, and the share exact of the surest rows.

    An infinite margin (a single candidate) is counted by the curve, and named on the left.
    """
    import matplotlib.pyplot as plt
    import numpy as np

    if axes is None:
        axes = plt.subplots(1, 2, figsize=(WIDTH, 3.1), layout="constrained")[1]
    values, hits = np.asarray(margins, dtype=float), np.asarray(right, dtype=bool)
    finite = np.isfinite(values)
    most = int(values[finite].max()) if finite.any() else 0
    parts = [values[finite & hits], values[finite & ~hits]]
    step = max(1, -(-(most + 1) // 40))
    axes[0].hist(parts, bins=range(0, most + step + 1, step), stacked=True,
                 label=["right", "wrong"], color=[BLUE, ORANGE])  # fmt: skip
    single = int((~finite).sum())
    alone = f"\n(not drawn: {single:,} with a single candidate)" if single else ""
    axes[0].set(xlabel=f"margin{alone}", ylabel="rows")
    axes[0].yaxis.set_major_formatter("{x:,.0f}")
    axes[0].legend()
    order = np.argsort(-values, kind="stable")
    shares = 100 * hits[order].cumsum() / np.arange(1, len(hits) + 1)
    axes[1].plot(100 * np.arange(1, len(hits) + 1) / len(hits), shares)
    low = shares[len(shares) // 20 :].min()  # the first rows jump up and down
    axes[1].set(xlabel="surest rows answered, %", ylabel="of these exact, %",
                xlim=(0, 101), ylim=(max(0, low - 6), 101.5))  # fmt: skip
    return axes


def confusion(
    matrix: Sequence[Sequence[int]], labels: Sequence[str], ax: Axes | None = None
) -> Axes:
    """Draw counts of true labels (down) against predicted ones (across), shaded by row share."""
    import numpy as np

    counts = np.asarray(matrix)
    if counts.shape != (len(labels), len(labels)):
        raise ValueError(f"a matrix of shape {counts.shape} for {len(labels)} labels; give n × n")
    ax = axes_of(ax, 1.9 + 0.42 * len(labels), min(WIDTH, 3 + 0.5 * len(labels)))
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    ax.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for (y, x), count in np.ndenumerate(counts):
        if count:
            ax.text(x, y, f"{count:,}", ha="center", va="center", fontsize=9.5,
                    color="white" if shares[y, x] > 0.55 else INK)  # fmt: skip
    names = [label.replace("_", " ") for label in labels]
    ax.set_yticks(range(len(labels)), names)
    ax.set_xticks(range(len(labels)), names, rotation=40, ha="right", rotation_mode="anchor")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set(xlabel="predicted  (shade: share of the row)", ylabel="true")
    return ax
