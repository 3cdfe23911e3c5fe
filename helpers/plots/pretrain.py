"""Figures of growing a base model: its curves, and how well it predicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from helpers.plots.base import BLUE, GREEN, GREY, ORANGE, PALE, SKY, WIDTH, axes_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = (ORANGE, BLUE, SKY, GREEN)  # growths; the opponent is grey


def growth_curves(
    curves: Mapping[str, Sequence[Mapping[str, float]]], axes: Sequence[Axes] | None = None
) -> Sequence[Axes]:
    """Draw the loss (nats a token) and the bits per byte of growths against the tokens read.

    A curve is a list of points, each `{"tokens", "loss", "bits_per_byte"}`.
    """
    import matplotlib.pyplot as plt

    if axes is None:
        axes = plt.subplots(1, 2, figsize=(WIDTH, 3.3), layout="constrained")[1]
    shown = (("loss", "training loss, nats a token"), ("bits_per_byte", "held out, bits a byte"))
    for ax, (name, label) in zip(axes, shown, strict=True):
        for (title, points), colour in zip(curves.items(), COLOURS, strict=False):
            tokens = [point["tokens"] for point in points]
            values = [point[name] for point in points]
            ax.plot(tokens, values, color=colour, marker="o", markersize=4, label=title)
        ax.set(xlabel="tokens read", ylabel=label, xscale="log")
        ax.grid(axis="y", color=PALE)
    axes[0].legend()
    return axes


def bits_bars(bits: Mapping[str, Mapping[str, float]], ax: Axes | None = None) -> Axes:
    """Draw bits per byte as bars: a group a kind of text, in it a bar for each who predicts.

    The first is the opponent.
    """
    names = list(next(iter(bits.values())))
    ax = axes_of(ax, 0.9 + 0.26 * len(bits) * (len(names) + 1))
    height = 0.82 / len(names)
    for number, (name, colour) in enumerate(zip(names, (GREY, *COLOURS), strict=False)):
        at = [row - 0.41 + (number + 0.5) * height for row in range(len(bits))]
        values = [found[name] for found in bits.values()]
        bars = ax.barh(at, values, height=0.9 * height, color=colour, label=name)
        ax.bar_label(bars, [f"{value:.2f}" for value in values], padding=3, fontsize=9.5)
    ax.set_yticks(range(len(bits)), list(bits), parse_math=False)
    ax.set(ylim=(len(bits) - 0.5, -0.5), xlabel="bits per byte (fewer is better)")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.margins(x=0.08)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2)
    return ax
