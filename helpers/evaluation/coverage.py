"""What to answer and what to pass on: errors among the surest answers, by their margins.

A margin says how much surer an engine is of its answer than of its second. Rows of one margin are
answered together or not at all, so that the order of the rows changes nothing. Risk is the share
wrong of the rows answered, coverage the share of the rows that are. Source: El-Yaniv and Wiener,
On the Foundations of Noise-free Selective Classification, JMLR 11 (2010).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from helpers.evaluation.statistics import Interval, grouped_bootstrap, wilson


@dataclass(frozen=True)
class Curve:
    """Risk at each coverage that some margin gives, from the surest rows to all; fractions."""

    margins: tuple[float, ...]  # the least margin answered, falling
    coverage: tuple[float, ...]  # rising to 1
    risk: tuple[float, ...]

    @property
    def area(self) -> float:
        """The mean risk over all coverages: margins that say nothing give the share wrong."""
        widths = np.diff(self.coverage, prepend=0.0)
        return float(np.dot(widths, self.risk))


@dataclass(frozen=True)
class Selected:
    """What is answered from a margin on: fractions, risk None where nothing is answered."""

    margin: float
    n: int  # rows answered
    coverage: float
    risk: float | None
    risk_ci: Interval | None  # Wilson's


def curve(margins: Sequence[float | None], right: Sequence[bool]) -> Curve:
    """Return risk against coverage.

    Raises `ValueError` for lists of two lengths, for no rows, and for a row without a margin.

    >>> found = curve([3.0, 2.0, 2.0, 1.0], [True, True, False, False])
    >>> found.coverage, [round(risk, 2) for risk in found.risk], round(found.area, 2)
    ((0.25, 0.75, 1.0), [0.0, 0.33, 0.5], 0.29)
    """
    values, hits = _checked(margins, right)
    least, answered, wrong = _counted(values, hits)
    return Curve(
        tuple(least.tolist()),
        tuple((answered / len(values)).tolist()),
        tuple((wrong / answered).tolist()),
    )


def select(margins: Sequence[float | None], right: Sequence[bool], margin: float) -> Selected:
    """Return what is answered where the margin is at least `margin`.

    Choose the margin on one split and look at its risk on another: on the rows it was chosen on,
    a margin looks better than it is.

    >>> select([3.0, 2.0, 1.0], [True, False, True], 2.0)
    Selected(margin=2.0, n=2, coverage=0.66..., risk=0.5, risk_ci=(0.09..., 0.90...))
    """
    values, hits = _checked(margins, right)
    kept = hits[values >= margin]
    n, wrong = len(kept), int((~kept).sum())
    if not n:
        return Selected(margin, 0, 0.0, None, None)
    return Selected(margin, n, n / len(values), wrong / n, wilson(wrong, n))


def margin_at_risk(
    margins: Sequence[float | None], right: Sequence[bool], risk: float
) -> float | None:
    """Return the least margin whose rows are wrong in `risk` of the cases at most, or None.

    >>> margin_at_risk([3.0, 2.0, 1.0], [True, True, False], 0.02)
    2.0
    """
    values, hits = _checked(margins, right)
    least, answered, wrong = _counted(values, hits)
    allowed = np.flatnonzero(wrong <= risk * answered)
    return float(least[allowed[-1]]) if len(allowed) else None


def coverage_at_risk(margins: Sequence[float | None], right: Sequence[bool], risk: float) -> float:
    """Return the largest share of rows that can be answered at a risk of `risk` at most.

    >>> coverage_at_risk([3.0, 2.0, 2.0, 1.0], [True, True, True, False], 0.02)
    0.75
    """
    values, hits = _checked(margins, right)
    return _coverage(values, hits, risk)


def coverage_interval(
    margins: Sequence[float | None],
    right: Sequence[bool],
    risk: float,
    groups: Sequence[Hashable] | None = None,
    repeats: int = 1000,
) -> Interval:
    """Return the 95 % interval of `coverage_at_risk` when rows, or whole groups, are drawn anew.

    Each draw chooses its own margin, so the interval holds the luck of that choice as well.
    """
    values, hits = _checked(margins, right)

    def statistic(drawn: np.ndarray) -> float:
        rows = drawn.astype(int)
        return _coverage(values[rows], hits[rows], risk)

    units = range(len(values)) if groups is None else groups
    return grouped_bootstrap(range(len(values)), units, statistic, repeats=repeats)


def _coverage(values: np.ndarray, hits: np.ndarray, risk: float) -> float:
    _, answered, wrong = _counted(values, hits)
    return float(answered[wrong <= risk * answered].max(initial=0) / len(values))


def _counted(values: np.ndarray, hits: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each margin, falling, with the rows answered from it on and the wrong ones of them."""
    order = np.argsort(-values, kind="stable")
    falling, wrong = values[order], (~hits[order]).cumsum()
    last = np.flatnonzero(np.append(falling[1:] != falling[:-1], True))
    return falling[last], last + 1, wrong[last]


def _checked(
    margins: Sequence[float | None], right: Sequence[bool]
) -> tuple[np.ndarray, np.ndarray]:
    if len(margins) != len(right):
        raise ValueError(f"{len(margins)} margins for {len(right)} verdicts; give one a row")
    if not len(margins):
        raise ValueError("there are no rows; answer at least one")
    values = np.array([np.nan if margin is None else margin for margin in margins], dtype=float)
    if np.isnan(values).any():
        row = int(np.isnan(values).argmax())
        raise ValueError(f"row {row} has no margin; ask an engine that says how sure it is")
    return values, np.asarray(right, dtype=bool)
