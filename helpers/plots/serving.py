"""Figures of a service: its memory over time, and how long many clients wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from helpers.plots.base import BLUE, GREY, PALE, axes_of, log_ticks
from helpers.plots.comparison import MARKS

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def memory_line(
    seconds: Sequence[float],
    megabytes: Sequence[float],
    marks: Sequence[tuple[float, str]] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw the memory of a service over time; a mark, `(second, what)`, is a dotted line."""
    ax = axes_of(ax, 3.4)
    ax.plot(seconds, megabytes, color=BLUE, lw=1.6)
    ax.fill_between(seconds, megabytes, color=BLUE, alpha=0.12, lw=0)
    most = max(megabytes)
    for number, (at, what) in enumerate(marks):
        ax.axvline(at, color=GREY, ls=":", lw=1.2, zorder=1)
        ax.text(at, most * (1.05 + 0.11 * (number % 2)), f" {what}", fontsize=9)
    ax.set(xlabel="seconds", ylabel="memory, MB", ylim=(0, 1.28 * most),
           xlim=(0, 1.1 * max(seconds)))  # fmt: skip
    ax.grid(axis="y", color=PALE, zorder=0)
    ax.set_axisbelow(True)
    told = ", ".join(f"{what} at {at:.0f} s" for at, what in marks)
    ends = f"from {megabytes[0]:,.0f} MB over at most {most:,.0f} to {megabytes[-1]:,.0f}"
    ax.figure.set_label(f"memory of the service over time, {ends}" + (told and f": {told}"))
    return ax


def latency_lines(
    series: Mapping[str, Sequence[Mapping[str, float]]], ax: Axes | None = None
) -> Axes:
    """Draw how long clients wait when many ask at once: a line a service, a band up to its p95.

    A point is `{"clients", "p50", "p95"}`, the times in milliseconds.
    """
    from matplotlib.ticker import NullLocator

    ax = axes_of(ax, 3.6)
    for number, (name, points) in enumerate(series.items()):
        across = [point["clients"] for point in points]
        middle, late = ([point[key] for point in points] for key in ("p50", "p95"))
        mark = MARKS[number % len(MARKS)]
        (line,) = ax.plot(across, middle, marker=mark, lw=1.8, label=name)
        ax.fill_between(across, middle, late, color=line.get_color(), alpha=0.15, lw=0)
        ax.plot(across, late, color=line.get_color(), ls="--", lw=1)
    places = sorted({point["clients"] for points in series.values() for point in points})
    ax.set(xscale="log", yscale="log", xlabel="clients that ask at once",
           ylabel="milliseconds to an answer")  # fmt: skip
    ax.set_xticks(places, [f"{place:g}" for place in places])
    ax.xaxis.set_minor_locator(NullLocator())
    log_ticks(ax.yaxis, [one[key] for points in series.values() for one in points
                         for key in ("p50", "p95")])  # fmt: skip
    ax.grid(color=PALE, zorder=0)
    ax.set_axisbelow(True)
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5),
              title="line: the median\ndashed: 95 of 100", alignment="left")  # fmt: skip
    told = "; ".join(f"{name}: {_waits(points)}" for name, points in series.items())
    ax.figure.set_label(f"the median wait by clients that ask at once: {told}")
    return ax


def _waits(points: Sequence[Mapping[str, float]]) -> str:
    return ", ".join(f"{one['clients']:g} clients {one['p50']:,.0f} ms" for one in points)
