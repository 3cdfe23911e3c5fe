"""Figures of speech: its sound with the words below it, and what was heard for what was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helpers.plots.base import BLUE, GREEN, INK, ORANGE, PALE, SKY, WIDTH, _names_down, axes_of

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes

SPELLINGS = 4  # that are drawn of a word
NARROW = 0.085  # of a bar: a piece below it cannot hold a word
STEPS = 600  # of a drawn wave


def waveform(
    samples: np.ndarray,
    rate: int,
    words: Sequence[Any],
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw sound, and below it each word where it was heard: `(start, end, text)`, in seconds."""
    import numpy as np

    ax = axes_of(ax, 2.3)
    seconds = len(samples) / rate
    parts = np.array_split(np.asarray(samples), min(STEPS, max(1, len(samples))))
    loud = np.array([np.abs(part).max(initial=0.0) for part in parts])
    loud = loud / max(float(loud.max(initial=0.0)), 1e-9)
    at = (np.arange(len(loud)) + 0.5) * seconds / len(loud)
    ax.fill_between(at, -loud, loud, color=SKY, lw=0)
    for number, word in enumerate(words):
        low = -1.32 if number % 2 else -1.68  # neighbours stand on two lines
        ax.plot([word.start, word.start], [-1.1, 1.05], color=PALE, lw=1, zorder=0)
        ax.text(word.start, low, word.text, fontsize=9.5, va="center", parse_math=False)
    ax.set(xlim=(0, seconds), ylim=(-1.9, 1.1), xlabel="seconds", yticks=[])
    ax.spines["left"].set_visible(False)
    ax.set_title(title, parse_math=False)
    told = " ".join(f"{word.text} ({word.start:.1f} s)" for word in words)
    ax.figure.set_label(f"{seconds:.1f} seconds of sound, and where each word was heard: {told}")
    return ax


def heard_bars(
    tables: Mapping[str, Mapping[str, Mapping[str, int]]],
    said: Sequence[str],
    axes: Sequence[Axes] | None = None,
) -> Sequence[Axes]:
    """Draw, for each said word, how it was written: a panel a condition, a piece a spelling.

    `tables[condition][word]` counts spellings. What is the word itself, whatever its case, has one
    colour, signs and digits another, other words a third; rare ones share the pale end.
    """
    import matplotlib.pyplot as plt

    if axes is None:
        size = (WIDTH, 0.9 + 0.34 * len(said))
        axes = plt.subplots(1, len(tables), figsize=size, layout="constrained", sharey=True)[1]
    for ax, (title, table) in zip(axes, tables.items(), strict=True):
        for row, word in enumerate(said):
            _spellings(ax, row, word, table.get(word, {}))
        ax.set(xlim=(0, 100), xlabel="of the times it was said, %")
        ax.set_title(title)
    _names_down(axes[0], said)
    for ax in axes[1:]:
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
    legend = {"itself": BLUE, "a sign or a digit": GREEN, "another word": ORANGE, "rarer": PALE}
    handles = [plt.Rectangle((0, 0), 1, 1, color=colour) for colour in legend.values()]
    axes[0].figure.legend(handles, legend, loc="outside upper left", ncols=4, handlelength=1.2)
    axes[0].figure.set_label(_heard_in_words(tables, said))
    return axes


def _spellings(ax: Axes, row: int, word: str, counts: Mapping[str, int]) -> None:
    total, left = max(sum(counts.values()), 1), 0.0
    ranked = sorted(counts.items(), key=lambda item: (item[0] == "…", -item[1]))
    for text, count in ranked[:SPELLINGS]:
        share, colour = count / total, _colour(word, text)
        bar = ax.barh(row, 100 * share, left=100 * left, color=colour, height=0.72,
                      edgecolor="white")  # fmt: skip
        if share >= max(NARROW, 0.032 * len(text)) and text not in ("", "…"):
            ink, size = "white" if colour == BLUE else INK, 9 if text.isalnum() else 13
            ax.bar_label(bar, [text], label_type="center", fontsize=size, color=ink)
        left += share
    ax.barh(row, 100 * (1 - left), left=100 * left, color=PALE, height=0.72, edgecolor="white")


def _colour(word: str, text: str) -> str:
    if text == "…":
        return PALE
    if text.lower().replace(" ", "") == word.lower():
        return BLUE
    return ORANGE if any(sign.isalpha() for sign in text) else GREEN


def _heard_in_words(
    tables: Mapping[str, Mapping[str, Mapping[str, int]]], said: Sequence[str]
) -> str:
    parts = []
    for title, table in tables.items():
        first = [f"{w} as {max(t, key=t.get) or 'nothing'}" for w in said if (t := table.get(w))]
        parts.append(f"{title}: most often {', '.join(first)}")
    return f"how said words were written, {'; '.join(parts)}"
