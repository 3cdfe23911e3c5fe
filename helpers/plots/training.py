"""Figures of training: what is learned of a row, and how a run went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from helpers.plots.base import BLUE, GREY, INK, ORANGE, PALE, WIDTH, axes_of, log_ticks
from helpers.plots.overview import overview

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = 96  # characters a line of a drawn row
LINES = 24  # of a drawn row, at most: its end is what matters


def token_lines(pieces: Sequence[Any], columns: int = COLUMNS) -> list[list[tuple[str, bool]]]:
    """Lay tokens out in lines; a line break inside a token shows as ⏎ and ends its line.

    A piece has a `text` and says whether it is `learned`.

    >>> from types import SimpleNamespace as Piece
    >>> token_lines([Piece(text="ls", learned=True), Piece(text="\\n", learned=False)])
    [[('ls', True), ('⏎', False)]]
    """
    lines: list[list[tuple[str, bool]]] = [[]]
    for piece in pieces:
        text = piece.text.replace("\n", "⏎").replace("\t", "⇥")
        used = sum(len(shown) for shown, _ in lines[-1])
        if lines[-1] and used + len(text) > columns:
            lines.append([])
        lines[-1].append((text, piece.learned))
        if piece.text.endswith("\n"):
            lines.append([])
    return [line for line in lines if line]


def token_mask(pieces: Sequence[Any], ax: Axes | None = None) -> Axes:
    """Draw a row token by token: filled boxes are learned, pale ones only read.

    A row of very many lines is drawn from its end, where the answer is.
    """
    lines = token_lines(pieces)[-LINES:]
    ax = axes_of(ax, 0.35 + 0.25 * len(lines))
    for y, line in enumerate(lines):
        x = 0
        for text, learned in line:
            ax.barh(y, len(text) - 0.12, left=x, height=0.8, color=BLUE if learned else PALE)
            ax.text(x + len(text) / 2 - 0.06, y, text, family="monospace", fontsize=8.4,
                    ha="center", va="center", color="white" if learned else INK,
                    parse_math=False)  # fmt: skip
            x += len(text)
    ax.set(xlim=(0, COLUMNS), ylim=(len(lines) - 0.5, -0.5))
    ax.axis("off")
    learned = "".join(piece.text for piece in pieces if piece.learned)
    ax.figure.set_label(f"the tokens of a row; learned of them are: {learned}")
    return ax


def learning_curve(
    points: Sequence[Any], chosen: int, axes: Sequence[Axes] | None = None
) -> Sequence[Axes]:
    """Draw losses (nats a token) and scores (percent) against steps, the chosen step dashed.

    A point has `step`, `train_loss`, `valid_loss`, `exact` and `effective`; one of step 0 has no
    training loss, but `nan`.
    """
    import matplotlib.pyplot as plt

    if axes is None:
        axes = plt.subplots(1, 2, figsize=(WIDTH, 3.1), layout="constrained")[1]
    steps = [point.step for point in points]
    style = {"marker": "o", "markersize": 4}
    axes[0].plot(steps, [p.train_loss for p in points], color=GREY, label="training", **style)
    losses = [p.valid_loss for p in points]
    axes[0].plot(steps, losses, color=BLUE, label="validation rows", **style)
    axes[0].set(xlabel="step", ylabel="loss, nats a token", yscale="log")
    log_ticks(axes[0].yaxis, losses)
    exact, effective = ([100 * getattr(p, name) for p in points] for name in ("exact", "effective"))
    if effective != exact:
        axes[1].plot(steps, effective, color=ORANGE, label="effective", **style)
    axes[1].plot(steps, exact, color=BLUE, label="exact", **style)
    axes[1].set(xlabel="step", ylabel="answers, %", ylim=(-2, 102))
    for ax in axes:
        ax.axvline(chosen, color=INK, ls="--", lw=1, zorder=1)
        ax.legend()
    return axes


def training_overview(base: str, rank: int, rows: int, steps: int) -> Axes:
    """Draw what notebooks 04 and 05 do, with a profile's own numbers."""
    name = base.rpartition("/")[2]
    return overview(
        [
            ("rows", f"prompts are read,\nanswers learned,\n{rows} a step"),
            ("base + adapter", f"{name},\nfrozen; rank {rank}\nis trained, {steps:,} steps"),
            ("exams", "validation rows\nare answered\nand graded"),
            ("checkpoint", "kept is the one\nthat answers best"),
            ("three ways", "free, grammar,\nrescore: answers\nto unseen rows"),
        ]
    )
