"""How sure a score is: intervals of one score, and of the difference of two on the same rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

Interval = tuple[float, float]
CELLS = 2_000_000  # draws held at once, so that many groups need no more memory


@dataclass(frozen=True)
class Paired:
    """Two systems on the same `n` rows: who was right where, and how likely so by luck."""

    n: int
    both: int
    only_a: int
    only_b: int
    neither: int
    difference: float  # accuracy of a minus accuracy of b
    p_value: float  # two-sided


def wilson(successes: int, n: int, level: float = 0.95) -> Interval:
    """Return the Wilson score interval of a share: inside 0–1, and never of no width.

    Unlike the usual ± it holds near 0 and 1 and for few rows; it takes rows as independent.
    Raises `ValueError` if `n` is 0. Source: Wilson, JASA 22 (1927); the example, 81 of 263, is
    from Newcombe, Statistics in Medicine 17 (1998), method 3.

    >>> [round(end, 4) for end in wilson(81, 263)]
    [0.2553, 0.3662]
    """
    if n < 1:
        raise ValueError("an interval of 0 rows does not exist; score at least one row")
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} successes of {n} rows; count between 0 and {n}")
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(successes, n, alpha=1 - level, method="wilson")
    # Rounding leaves -1e-17 for a bound that is 0.
    return min(max(float(low), 0.0), successes / n), max(min(float(high), 1.0), successes / n)


def mcnemar(correct_a: Sequence[bool], correct_b: Sequence[bool]) -> Paired:
    """Compare two systems on the same rows in the same order, by McNemar's exact test.

    Only rows that one alone got right tell the two apart: if both are equally good, such a row
    is the one's or the other's like a coin's side. Raises `ValueError` for lists of two lengths.
    Source: McNemar, Psychometrika 12 (1947), with the binomial in place of the chi-square.

    >>> mcnemar([1, 1, 1, 1, 1, 1, 0], [0, 0, 0, 0, 0, 1, 0])
    Paired(n=7, both=1, only_a=5, only_b=0, neither=1, difference=0.714..., p_value=0.0625)
    """
    a, b = _pair(correct_a, correct_b)
    only_a, only_b = int((a & ~b).sum()), int((b & ~a).sum())
    from scipy.stats import binomtest

    discordant = only_a + only_b
    p_value = float(binomtest(only_a, discordant).pvalue) if discordant else 1.0
    both, neither = int((a & b).sum()), int((~a & ~b).sum())
    return Paired(len(a), both, only_a, only_b, neither, (only_a - only_b) / len(a), p_value)


def _pair(correct_a: Sequence[bool], correct_b: Sequence[bool]) -> tuple[np.ndarray, np.ndarray]:
    if len(correct_a) != len(correct_b):
        raise ValueError(
            f"{len(correct_a)} rows against {len(correct_b)}; compare both on the same rows"
        )
    if not len(correct_a):
        raise ValueError("there are no rows; compare on at least one")
    return np.asarray(correct_a, dtype=bool), np.asarray(correct_b, dtype=bool)


def grouped_bootstrap(
    values: Sequence[float],
    groups: Sequence[Hashable],
    statistic: Callable[[np.ndarray], float] = np.mean,
    level: float = 0.95,
    repeats: int = 2000,
    seed: int = 0,
) -> Interval:
    """Return the percentile interval of a statistic when whole groups are drawn anew.

    Rows of one group (ways of saying one command) are right or wrong together, so they tell
    less than as many strangers: the interval is then wider than Wilson's. With a group a row
    the two agree, but at a score of 0 or 1 nothing varies and this one has no width: quote
    Wilson's there. Raises `ValueError` for less than two groups. Source: the cluster bootstrap,
    Davison and Hinkley, Bootstrap Methods and their Application (1997), section 3.8.

    >>> right, command = [1] * 20 + [0] * 20, [row // 10 for row in range(40)]
    >>> grouped_bootstrap(right, command), grouped_bootstrap(right, range(40))
    ((0.0, 1.0), (0.35, 0.65))
    """
    data, members = np.asarray(values, dtype=float), _members(groups)
    if len(data) != len(groups):
        raise ValueError(f"{len(data)} values for {len(groups)} groups; name each value's group")
    if len(members) < 2:
        raise ValueError(f"{len(members)} group(s) cannot be drawn anew; score rows of two or more")
    if repeats < 1:
        raise ValueError(f"{repeats} repeats tell nothing; draw at least once")
    rng = np.random.default_rng(seed)
    step = max(1, CELLS // len(members))
    scores = np.concatenate(
        [
            _resample(data, members, statistic, rng, min(step, repeats - done))
            for done in range(0, repeats, step)
        ]
    )
    low, high = np.quantile(scores, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _members(groups: Sequence[Hashable]) -> list[np.ndarray]:
    rows: dict[Hashable, list[int]] = {}
    for row, group in enumerate(groups):
        rows.setdefault(group, []).append(row)
    return [np.array(found) for found in rows.values()]


def _resample(
    data: np.ndarray,
    members: list[np.ndarray],
    statistic: Callable[[np.ndarray], float],
    rng: np.random.Generator,
    repeats: int,
) -> np.ndarray:
    drawn = rng.integers(len(members), size=(repeats, len(members)))
    if statistic is np.mean:  # sums of groups are enough, and need no loop
        sums = np.array([data[rows].sum() for rows in members])
        sizes = np.array([len(rows) for rows in members])
        return sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    return np.array([statistic(data[np.concatenate([members[g] for g in draw])]) for draw in drawn])


def paired_bootstrap(
    correct_a: Sequence[bool],
    correct_b: Sequence[bool],
    groups: Sequence[Hashable],
    level: float = 0.95,
    repeats: int = 2000,
    seed: int = 0,
) -> Interval:
    """Return the interval of a's accuracy minus b's, when whole groups are drawn anew.

    Both are scored on the same draw, so what is hard for both cancels out; two intervals that
    overlap say less. Raises `ValueError` for lists of two lengths or less than two groups.

    >>> paired_bootstrap([1, 1, 1, 0] * 9, [1, 1, 0, 0] * 9, [n // 4 for n in range(36)])
    (0.25, 0.25)
    """
    a, b = _pair(correct_a, correct_b)
    return grouped_bootstrap(a.astype(float) - b, groups, level=level, repeats=repeats, seed=seed)


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the ordered values lie (nearest rank).

    >>> quantile([1.0, 2.0, 3.0, 4.0], 0.5)
    2.0
    """
    return ordered[max(0, -(-round(share * 100) * len(ordered) // 100) - 1)]
