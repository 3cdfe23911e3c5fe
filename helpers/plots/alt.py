"""Pictures in words, for who cannot see them: notebooks keep them as a picture's `alt`.

The words stand in the output's metadata, where nbconvert looks for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LONGEST = 600  # characters: a picture in words, not a table


def install() -> None:
    """Let this notebook's kernel send every figure with its words; elsewhere do nothing."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None or not hasattr(shell, "kernel"):
        return
    import matplotlib_inline.backend_inline  # noqa: F401 - sets up what is replaced here
    from IPython.core.pylabtools import print_figure
    from matplotlib.figure import Figure

    def with_words(figure: Figure) -> tuple[Any, dict[str, str]]:
        picture = print_figure(figure, "png", base64=True)
        return picture, {"alt": describe(figure)}

    shell.display_formatter.formatters["image/png"].for_type(Figure, with_words)


def describe(figure: Figure) -> str:
    """Return a figure in words: its label if it has one, else what its axes show.

    >>> import matplotlib
    >>> matplotlib.use("agg")
    >>> import matplotlib.pyplot as plt
    >>> ax = plt.figure().subplots()
    >>> _ = ax.plot([0, 9], [3, 1], label="training"); _ = ax.set(xlabel="step", ylabel="loss")
    >>> describe(ax.figure)
    'loss against step: training from 3 to 1'
    """
    words = figure.get_label() or "; ".join(filter(None, map(_axes, figure.axes)))
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def _axes(ax: Axes) -> str:
    labels = [" ".join(label.split()) for label in (ax.get_ylabel(), ax.get_xlabel())]
    names = [" ".join(label.get_text().split()) for label in ax.get_yticklabels()]
    unnamed = ax.get_ylabel() or not ax.axison or not any(map(str.strip, names))
    rows = [] if unnamed else names
    subject = ax.get_title(loc="left") or " against ".join(filter(None, labels))
    drawn = [_line(line) for line in ax.lines if not line.get_label().startswith("_")]
    others = [name for name in ax.get_legend_handles_labels()[1] if name not in _labels(ax)]
    written = [text for one in ax.texts if (text := " ".join(one.get_text().split()))]
    if len(rows) == len(written):  # a row's number is written beside its bar
        rows = [f"{row} {number}" for row, number in zip(rows, written, strict=True)]
        written = []
    parts = [*drawn, *others, *rows, *written]
    return f"{subject}: {', '.join(parts)}" if subject and parts else subject or ", ".join(parts)


def _labels(ax: Axes) -> list[str]:
    return [str(line.get_label()) for line in ax.lines]


def _line(line: Any) -> str:
    """Return a line in words: where it goes, or its name alone if it only marks a place."""
    values = [value for value in line.get_ydata() if value == value]
    across = set(line.get_xdata())
    if len(values) < 2 or len(across) == 1:
        return str(line.get_label())
    if len(set(values)) == 1:
        return f"{line.get_label()} at {values[0]:.3g}"
    return f"{line.get_label()} from {values[0]:.3g} to {values[-1]:.3g}"
