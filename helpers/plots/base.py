"""Figures for the notebooks: each takes data and perhaps an `ax`, and returns the `Axes`.

Nothing is shown or saved here: a notebook shows the figure of the cell it stands in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helpers.plots import alt

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

WIDTH = 8.5  # inches: what a notebook shows without shrinking it
# Okabe and Ito's colours, told apart by colour-blind eyes as well.
BLUE, SKY, GREEN, YELLOW, ORANGE, RED = (
    "#0072B2", "#56B4E9", "#009E73", "#F0E442", "#E69F00", "#D55E00",
)  # fmt: skip
INK, GREY, PALE = "#222222", "#767676", "#E4E7EA"
BUCKET_COLOURS = {"exact": BLUE, "near": SKY, "partial": ORANGE, "wrong": PALE}


def style() -> None:
    """Give all figures of a notebook the course's look; call it once, near the top."""
    import matplotlib.pyplot as plt
    from cycler import cycler

    alt.install()
    plt.rcParams.update(
        {
            "axes.edgecolor": GREY,
            "axes.labelcolor": INK,
            "axes.prop_cycle": cycler(color=[BLUE, ORANGE, GREEN, RED, SKY, YELLOW]),
            "axes.spines.right": False,
            "axes.spines.top": False,
            "axes.titlelocation": "left",
            "axes.titlesize": 12,
            "figure.dpi": 100,
            "figure.figsize": (WIDTH, 3.6),
            "figure.constrained_layout.use": True,
            "font.size": 10.5,
            "legend.frameon": False,
            "savefig.dpi": 100,
            "text.color": INK,
            "xtick.color": GREY,
            "xtick.labelcolor": INK,
            "ytick.color": GREY,
            "ytick.labelcolor": INK,
        }
    )


def axes_of(ax: Axes | None, height: float, width: float = WIDTH) -> Axes:
    """Return `ax`, or new axes of `height` × `width` inches."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def log_ticks(axis: Axis, values: Sequence[float]) -> None:
    """Give a log axis ticks that read as plain numbers: the closer the values, the more of them."""
    from matplotlib.ticker import LogLocator, NullLocator

    close = max(values) < 8 * min(values)
    axis.set_major_locator(LogLocator(subs=(1, 1.5, 2, 3, 4, 6, 8) if close else (1, 2, 5)))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter("{x:,g}")


def _names_down(ax: Axes, names: Sequence[str]) -> None:
    """Write one name a row, the first on top, without a frame around the rows."""
    # A key may hold dollar signs, which are no formula.
    ax.set_yticks(range(len(names)), names, parse_math=False)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _whisker(ax: Axes, row: float, interval: tuple[float, float], colour: str = INK) -> None:
    ends = [100 * end for end in interval]
    ax.plot(ends, [row, row], color=colour, lw=1.4, marker="|", markersize=7, zorder=3)


def bucket_bars(rows: Sequence[Mapping[str, Any]], ax: Axes | None = None) -> Axes:
    """Draw a bar an engine of its exact, near, partial and wrong answers, with intervals.

    A row is `{"name", "n", "exact", "near", "partial", "wrong", "exact_ci", "effective_ci"}`:
    fractions of n, and intervals as pairs of fractions, or None. The whisker below a bar is
    exact's interval; exact and effective accuracy stand at the right, each with its own.
    """
    ax = axes_of(ax, 1.1 + 0.56 * len(rows))
    for y, row in enumerate(rows):
        left = 0.0
        for name, colour in BUCKET_COLOURS.items():
            share = 100 * row[name]
            bar = ax.barh(y, share, left=left, color=colour, height=0.62, edgecolor="white")
            bar.set_label(name if y == 0 else "")
            if share >= 3.5:  # a narrower piece cannot hold its number
                ink, size = "white" if name == "exact" else INK, 9.5 if share >= 6 else 7.5
                ax.bar_label(bar, [f"{share:.1f}"], label_type="center", fontsize=size, color=ink)
            left += share
        if row.get("exact_ci"):
            _whisker(ax, y + 0.41, row["exact_ci"])
        effective = row["exact"] + row["near"]
        ax.text(101.5, y, f"{_percent(row['exact'], row.get('exact_ci'))}  exact\n"
                f"{_percent(effective, row.get('effective_ci'))}  effective",
                va="center", fontsize=9.5)  # fmt: skip
    _names_down(ax, [f"{row['name']}\nn = {row['n']:,}" for row in rows])
    ax.set(xlim=(0, 100), xlabel="answers, %  (whisker: interval of exact)")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=4, borderaxespad=0.2, handlelength=1.2)
    shares = [f"{row['name']} {100 * row['exact']:.1f}" for row in rows]
    ax.figure.set_label(f"answers that are exact, %: {', '.join(shares)}")
    return ax


def _percent(share: float, interval: tuple[float, float] | None) -> str:
    if interval is None:
        return f"{100 * share:.1f}"
    low, high = interval
    return f"{100 * share:.1f}  [{100 * low:.1f}, {100 * high:.1f}]"


def histogram(
    values: Sequence[float],
    xlabel: str,
    bins: int | Sequence[float] | None = None,
    unit: str = "rows",
    limit: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how often each value occurs, the median marked; `limit` draws a bound, a length's say.

    Whole numbers get bins of whole width, a bar each where the range is narrow: bins of 2.4
    would hold two numbers here and three there. Other values get the bins numpy picks.
    """
    import numpy as np

    data, ax = np.asarray(values), axes_of(ax, 3.2)
    if not data.size:
        raise ValueError("there are no values to draw; give at least one")
    if bins is None:
        if np.all(data == np.floor(data)):
            width = int(-(-(np.ptp(data) + 1) // 60))
            bins = np.arange(data.min() - 0.5, data.max() + width, width)
        else:
            bins = np.histogram_bin_edges(data, "auto")
    ax.hist(data, bins=bins, color=BLUE, edgecolor="white", lw=0.5)
    ax.margins(x=0.01)
    median = float(np.median(data))
    marks = [(median, f"median {round(median, 1):,g}", INK, "-")]
    if limit is not None:
        marks.append((limit, f"limit {limit:,g}", RED, "--"))
    for at, name, colour, line in marks:
        ax.axvline(at, color=colour, ls=line, lw=1.4, label=name)
    ax.set(xlabel=xlabel, ylabel=unit)
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, borderaxespad=0.2)
    return ax


def count_bars(
    counts: Mapping[str, int], xlabel: str = "rows", top: int = 25, ax: Axes | None = None
) -> Axes:
    """Draw the `top` commonest keys with their counts; what is left out is said below."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown, rest = ranked[:top], ranked[top:]
    ax = axes_of(ax, 0.9 + 0.23 * len(shown))
    bars = ax.barh(range(len(shown)), [count for _, count in shown], color=BLUE, height=0.72)
    ax.bar_label(bars, [f"{count:,}" for _, count in shown], padding=3, fontsize=9.5)
    _names_down(ax, [key for key, _ in shown])
    ax.margins(x=0.09)
    if rest:
        xlabel += f"\n(not shown: {len(rest):,} more, together {sum(c for _, c in rest):,})"
    ax.set_xlabel(xlabel)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    return ax


def interval_points(
    rows: Sequence[Mapping[str, Any]],
    xlabel: str = "exact, %",
    reference: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a dot and a whisker a row: `{"name", "score", "ci"}`, fractions, shown in percent.

    A `reference` (a fraction: a baseline, or 0 for differences) is a dashed line.
    """
    ax = axes_of(ax, 0.9 + 0.38 * len(rows))
    for y, row in enumerate(rows):
        _whisker(ax, y, row["ci"], BLUE)
        ax.plot(100 * row["score"], y, "o", color=BLUE, markersize=7, zorder=4)
        label = {"ha": "center", "fontsize": 9.5, "bbox": {"fc": "white", "ec": "none", "pad": 0.5}}
        score = 100 * row["score"]
        ax.annotate(f"{score:.1f}", (score, y), (0, 7), textcoords="offset points", **label)
    if reference is not None:
        ax.axvline(100 * reference, color=GREY, ls="--", lw=1.2, zorder=1)
    _names_down(ax, [row["name"] for row in rows])
    ax.set_ylim(len(rows) - 0.5, -0.75)  # room for the number above the first row
    ax.set_xlabel(xlabel)
    ax.grid(axis="x", color=PALE, zorder=0)
    ax.set_axisbelow(True)
    return ax
