"""Pictures of many trainings: scores with seeds, size and time against score, costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helpers.plots.base import BLUE, GREY, INK, PALE, WIDTH, axes_of, log_ticks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MARKS = "osD^vP"  # shapes beside colours, for whoever tells colours badly
COLOURS = 6  # of the course's style; then they begin anew


def seed_points(
    rows: Sequence[Mapping[str, Any]], reference: float | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a score and its interval a row, the single seeds as small marks: fractions.

    A row is `{"name", "score", "ci", "seeds"}`; a `reference` score is a dashed line.
    """
    ax = axes_of(ax, 0.9 + 0.36 * len(rows))
    for y, row in enumerate(rows):
        low, high = row["ci"]
        ax.plot([100 * low, 100 * high], [y, y], color=INK, lw=1.2, zorder=2)
        ax.plot(100 * row["score"], y, "o", color=BLUE, markersize=7, zorder=3)
        seeds = [100 * seed for seed in row["seeds"]]
        ax.plot(seeds, [y - 0.27] * len(seeds), "|", color=GREY, markersize=6, zorder=3)
    if reference is not None:
        ax.axvline(100 * reference, color=GREY, ls="--", lw=1.2, zorder=1)
    ax.set_yticks(range(len(rows)), [row["name"] for row in rows])
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(rows) - 0.5, -0.7)
    ax.set_xlabel("exact, %  (line: 95 % interval of the rows; ticks: seeds)")
    ax.grid(axis="x", color=PALE, zorder=0)
    ax.set_axisbelow(True)
    return ax


def lines(
    series: Mapping[str, Sequence[Mapping[str, Any]]],
    xlabel: str,
    reference: tuple[str, float] | None = None,
    log: bool = True,
    named: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw a line a series of scores (fractions) over a quantity, with intervals.

    A point is `{"x", "score", "ci"}`, and its "name" stands beside it if they are to be `named`;
    `reference` is a name and a score, a dashed line.
    """
    ax = axes_of(ax, 3.6)
    for number, (name, points) in enumerate(series.items()):
        points = sorted(points, key=lambda point: point["x"])
        across = [point["x"] for point in points]
        scores = [100 * point["score"] for point in points]
        reach = [
            [max(0.0, 100 * (p["score"] - p["ci"][0])) for p in points],
            [max(0.0, 100 * (p["ci"][1] - p["score"])) for p in points],
        ]
        mark = MARKS[number % len(MARKS)]
        for x, y, point in zip(across, scores, points, strict=True):
            if named:
                beside = (6, -12 if number % 2 else 4)  # lines that are close keep names apart
                ax.annotate(point["name"], (x, y), beside, textcoords="offset points", fontsize=9)
        ax.errorbar(across, scores, reach, marker=mark, capsize=3, elinewidth=1, label=name)
    if reference:
        ax.axhline(100 * reference[1], color=GREY, ls="--", lw=1.2, zorder=1, label=reference[0])
    if log:
        ax.set_xscale("log")
    places = sorted({point["x"] for points in series.values() for point in points})
    if len(places) <= 6:
        ax.set_xticks(places, [f"{place:,.10g}" for place in places])
        ax.minorticks_off()
    elif log:
        log_ticks(ax.xaxis, places)
    ax.set(xlabel=xlabel, ylabel="exact, %")
    ax.grid(color=PALE, zorder=0)
    ax.set_axisbelow(True)
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return ax


def row_lines(
    jobs: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]],
    axes: Sequence[Axes] | None = None,
) -> Sequence[Axes]:
    """Draw scores over the rows they were learned from, a panel a job, with one legend.

    A job has points `{"x", "score", "ci"}` for each name, as `lines` takes them.
    """
    if axes is None:
        import matplotlib.pyplot as plt

        size = (WIDTH, 3.6)
        axes = plt.subplots(1, len(jobs), figsize=size, layout="constrained", sharey=True)[1]
    names = list(dict.fromkeys(name for series in jobs.values() for name in series))
    for number, (ax, (job, series)) in enumerate(zip(axes, jobs.items(), strict=True)):
        lines({name: series.get(name, []) for name in names}, "training rows", ax=ax)
        ax.get_legend().remove()
        ax.set(title=job, ylabel="" if number else "exact, %")
    words = (f"{job}: {_ends(series)}" for job, series in jobs.items())
    axes[0].figure.set_label(f"exact, % over training rows; {'; '.join(words)}")
    handles, texts = axes[0].get_legend_handles_labels()
    axes[0].figure.legend(handles, texts, loc="outside lower center", ncols=2)
    return axes


def _ends(series: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Return in words where each line of scores begins and ends."""
    ends = {name: sorted(points, key=lambda p: p["x"]) for name, points in series.items() if points}
    return ", ".join(
        f"{name} {100 * points[0]['score']:.0f} to {100 * points[-1]['score']:.0f}"
        for name, points in ends.items()
    )


def cost_lines(
    costs: Mapping[str, Mapping[str, Sequence[float]]],
    unit: str = "$",
    ax: Axes | None = None,
) -> Axes:
    """Draw what a month costs over its requests, a line an offer: `{"requests", "cost"}`."""
    from matplotlib.ticker import EngFormatter

    ax = axes_of(ax, 3.6)
    for number, (name, line) in enumerate(costs.items()):
        dashes = "-" if number < COLOURS else "--"
        ax.plot(line["requests"], line["cost"], dashes, lw=2, label=name)
    ax.set(xscale="log", yscale="log", xlabel="requests a month", ylabel=f"{unit} a month")
    ax.xaxis.set_major_formatter(EngFormatter(sep=" "))
    ax.yaxis.set_major_formatter("{x:,g}")
    ax.grid(color=PALE, zorder=0)
    ax.set_axisbelow(True)
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return ax
