"""The course in one picture: what each size of model scores, beside what needs no model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.plots.base import BLUE, GREEN, GREY, INK, ORANGE, PALE, axes_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NONE = 2.2e5  # where on a log axis that which has no weights stands
COLOURS = (BLUE, ORANGE, GREEN)
MARKS = {"rules": "x", "counting": "o", "counting more text": "D"}
APART = 2.6  # points of accuracy that numbers keep between them
CLEAR = {"fc": "white", "ec": "none", "pad": 0.4}  # no line runs through a number


@dataclass(frozen=True)
class Point:
    """A score: whose, on which job, how many weights (0 without a model), its interval if known."""

    job: str
    name: str
    weights: int
    score: float
    interval: tuple[float, float] | None


def size_and_score(points: Sequence[Point], ax: Axes | None = None) -> Axes:
    """Draw points, a colour a job: tuned ones on a line, hollow what has no interval.

    >>> import matplotlib
    >>> matplotlib.use("agg")
    >>> found = [Point("a", "rules", 0, 0.25, (0.2, 0.3))]
    >>> found += [Point("a", "tiny-2m", 2_000_000, 0.5, None)]
    >>> size_and_score(found).figure.get_label()
    'exact answers, %: a: rules 25.0, tiny-2m 50.0'
    """
    ax = axes_of(ax, 6.1, 4.8)
    jobs = list(dict.fromkeys(point.job for point in points))
    for job, colour in zip(jobs, COLOURS, strict=False):
        of = [point for point in points if point.job == job]
        tuned = sorted((p for p in of if p.weights and p.interval), key=lambda p: p.weights)
        ax.plot([p.weights for p in tuned], [100 * p.score for p in tuned], color=colour, lw=1.6)
        for point in of:
            _draw(ax, point, colour)
        ax.plot([], [], "s", color=colour, label=job.replace("_", " "))
    _numbers(ax, points)
    for name, mark in MARKS.items():
        if any(point.name == name for point in points):
            ax.plot([], [], mark, color=GREY, label=name, ls="")
    ax.plot([], [], "o", color=GREY, label="tuned", ls="-")
    ax.plot([], [], "o", color=GREY, mfc="white", label="published, other rows", ls="")
    ax.set(xscale="log", xlim=(NONE / 2, 6e9), ylim=(20, 100), ylabel="exact answers, %")
    places = _places(points)
    ax.set_xticks(list(places), list(places.values()), fontsize=9.5)
    ax.minorticks_off()
    ax.grid(axis="y", color=PALE, zorder=0)
    ax.set_axisbelow(True)
    ax.legend(loc="lower right", fontsize=9.5, frameon=False)
    parts = [
        f"{job}: " + ", ".join(f"{p.name} {100 * p.score:.1f}" for p in points if p.job == job)
        for job in jobs
    ]
    ax.figure.set_label(f"exact answers, %: {'; '.join(parts)}")
    return ax


def _draw(ax: Axes, point: Point, colour: str) -> None:
    """Draw one point with its interval."""
    x, y = point.weights or NONE, 100 * point.score
    if point.interval:
        ax.plot([x, x], [100 * end for end in point.interval], color=colour, lw=1)
    fill = {} if point.interval else {"mfc": "white"}
    ax.plot(x, y, MARKS.get(point.name, "o"), color=colour, markersize=6, zorder=3, **fill)


def _numbers(ax: Axes, points: Sequence[Point]) -> None:
    """Write each score beside its point; those that would touch move up a little, from below."""
    beside: dict[str, float] = {}
    for point in sorted(points, key=lambda point: point.score):
        where = "published" if not point.interval else point.weights or "none"
        at = max(100 * point.score, beside.get(str(where), 0.0) + APART)
        beside[str(where)] = at
        place = (point.weights or NONE, at + (1.6 if point.weights and point.interval else 0))
        side = {"xytext": (6, -3)} if point.interval else {"xytext": (-6, -3), "ha": "right"}
        text, look = f"{100 * point.score:.1f}", {"fontsize": 9, "color": INK, "bbox": CLEAR}
        ax.annotate(text, place, textcoords="offset points", **side, **look)


def _places(points: Sequence[Point]) -> dict[float, str]:
    """Return what stands below the axis: nothing, each tuned base, what others published."""
    places = {NONE: "no\nmodel"}
    for point in points:
        if point.weights and point.interval:
            places[point.weights] = f"{point.name.rpartition('-')[0]}\n{point.weights / 1e6:.0f} M"
    sizes = [point.weights for point in points if not point.interval]
    if sizes:
        low, high = min(sizes) / 1e9, max(sizes) / 1e9
        places[1e9 * (low * high) ** 0.5] = f"others'\n{low:.1f} to {high:.1f} G"
    return places
