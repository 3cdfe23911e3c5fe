"""Which of several systems is enough: all on the same rows, each perhaps trained several times."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, lcm
from typing import Any

import numpy as np

from helpers.evaluation import statistics
from helpers.evaluation.grading import Grade
from helpers.evaluation.statistics import Interval, grouped_bootstrap, wilson


@dataclass(frozen=True)
class System:
    """A way to answer, with `weights` to load (0: none) and the rows that each seed got right.

    `hits` is seeds × rows. `validation` is the mean score on other rows, which choose.
    """

    name: str
    weights: float
    hits: tuple[tuple[bool, ...], ...]
    validation: float | None = None

    @property
    def means(self) -> np.ndarray:
        """The share of the seeds that got each row right."""
        return np.mean(self.hits, axis=0)

    @property
    def score(self) -> float:
        """The mean score of the seeds."""
        return float(np.mean(self.hits))

    @property
    def seeds(self) -> list[float]:
        """The score of each seed."""
        return [float(score) for score in np.mean(self.hits, axis=1)]

    def interval(self, groups: Sequence[Hashable]) -> Interval:
        """Return the interval of the score when groups of rows are drawn anew.

        A score of 0 or 1, which no drawing changes, gets Wilson's with a group for a row.
        """
        if self.score in (0.0, 1.0):
            independent = len(set(groups))
            return wilson(round(independent * self.score), independent)
        return grouped_bootstrap(self.means, groups)


@dataclass(frozen=True)
class Against:
    """A system against a reference: the difference, its interval, and both p-values."""

    name: str
    difference: float
    ci: Interval
    p: float
    p_corrected: float


def sign_flip(
    first: Sequence[float],
    second: Sequence[float],
    groups: Sequence[Hashable],
    parts: int = 1,
) -> float:
    """Return the two-sided p-value of a difference on the same rows, whole groups exchanged.

    If both are equally good, a group's difference has either sign as easily (Fisher's
    randomization test for pairs). McNemar's test is its case of right and wrong, one row a group;
    this one also takes the means of seeds, each a whole number of `parts` of one. All ways to
    exchange are counted, none is drawn. Of one group alone nothing can be said: 1.

    >>> sign_flip([1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0], range(6))
    0.03125
    """
    numbers = {group: at for at, group in enumerate(dict.fromkeys(groups))}
    at = [numbers[group] for group in groups]
    apart = np.bincount(at, np.subtract(first, second, dtype=float))
    sizes = np.rint(parts * apart).astype(int)
    if len(numbers) < 2:
        return 1.0
    chances = np.ones(1)  # of each sum that the signs can give, from the smallest to the largest
    for size in np.abs(sizes[sizes != 0]):
        wider = np.zeros(len(chances) + 2 * size)
        wider[: len(chances)] = chances / 2
        wider[2 * size :] += chances / 2
        chances = wider
    sums = np.arange(len(chances)) - len(chances) // 2
    return float(chances[np.abs(sums) >= abs(sizes.sum())].sum())


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values corrected for their number, by Holm's step-down method.

    Of twenty true differences of zero on average one is "significant" at 5 %; corrected, the chance
    of even one such error in the whole family is at most 5 %.
    Source: Holm, Scand. J. Statistics 6 (1979).

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    from statsmodels.stats.multitest import multipletests

    if not len(p_values):
        return []
    return [float(p) for p in multipletests(p_values, method="holm")[1]]


def against(
    reference: System, systems: Sequence[System], groups: Sequence[Hashable]
) -> list[Against]:
    """Compare every other system with a reference that no graded row has chosen.

    Holm corrects for the number of comparisons. Had the graded rows picked the reference, all
    pairs would count: that is why they must not. Raises `ValueError` if two have one name.

    >>> good = System("good", 2, ((True,) * 9 + (False,),))
    >>> poor = System("poor", 1, ((False,) * 10,))
    >>> [(one.name, one.difference) for one in against(good, [good, poor], range(10))]
    [('poor', -0.9)]
    """
    if len({system.name for system in systems}) < len(systems):
        raise ValueError("two systems have the same name; name them by what they differ in")
    others = [system for system in systems if system is not reference]
    p_values = [
        sign_flip(one.means, reference.means, groups, _parts(one, reference)) for one in others
    ]
    return [
        Against(
            system.name,
            round(system.score - reference.score, 9),
            grouped_bootstrap(system.means - reference.means, groups),
            p,
            corrected,
        )
        for system, p, corrected in zip(others, p_values, holm(p_values), strict=True)
    ]


def _parts(one: System, other: System) -> int:
    """Return of which parts of one the means of both systems' seeds are whole numbers."""
    return lcm(len(one.hits), len(other.hits))


def reference_of(systems: Sequence[System]) -> System:
    """Return the system that validation rows choose, of equals the smallest.

    Without such scores of all the largest is the reference, of equals the last by name: a rule
    that stands before any row is graded. What has no known weights is the last resort.

    >>> small = System("small", 1, ((True,),), validation=0.5)
    >>> large = System("large", 2, ((False,),), validation=0.4)
    >>> reference_of([small, large]).name
    'small'
    """
    if all(system.validation is not None for system in systems):
        return min(systems, key=lambda one: (-one.validation, one.weights, one.name))
    known = [system for system in systems if system.weights < inf]
    return max(known or systems, key=lambda one: (one.weights, one.name))


def smallest_enough(
    systems: Sequence[System], compared: Sequence[Against], level: float = 0.05
) -> System:
    """Return the smallest system not significantly worse than the reference.

    Of equals the one that validation rows, or the rule of `reference_of`, would choose.
    """
    worse = {one.name for one in compared if one.p_corrected < level and one.difference < 0}
    enough = [system for system in systems if system.name not in worse]
    least = min(system.weights for system in enough)
    return reference_of([system for system in enough if system.weights == least])


def compare(
    first: Sequence[Grade], second: Sequence[Grade], groups: Sequence[str]
) -> dict[str, Any]:
    """Compare two engines on the same rows: difference of exact as a fraction, interval, p.

    One group alone tells next to nothing: the interval is then all there is.

    >>> from helpers.evaluation.grading import grade_all
    >>> grades = grade_all(["a", "b"], ["a", "a"])
    >>> compare(grades, grades[::-1], ["1", "2"])["difference"]
    0.0
    """
    return paired([g.exact for g in first], [g.exact for g in second], groups)


def compare_pairs(
    grades: Mapping[str, Sequence[Grade]],
    pairs: Sequence[tuple[str, str]],
    groups: Sequence[str],
) -> list[dict[str, Any]]:
    """Compare pairs of engines on the same rows; Holm corrects for how many pairs there are.

    >>> from helpers.evaluation.grading import grade_all
    >>> grades = {"good": grade_all(["a"] * 6, ["a"] * 6), "bad": grade_all(["b"] * 6, ["a"] * 6)}
    >>> pairs = [("good", "bad"), ("good", "good")]
    >>> [(one["p"], one["p_corrected"]) for one in compare_pairs(grades, pairs, "abcdef")]
    [(0.03125, 0.0625), (1.0, 1.0)]
    """
    found = [
        {"first": first, "second": second} | compare(grades[first], grades[second], groups)
        for first, second in pairs
    ]
    return corrected(found)


def corrected(compared: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return comparisons of one family with `p_corrected`: all that a page concludes from."""
    p_values = holm([one["p"] for one in compared])
    return [one | {"p_corrected": p} for one, p in zip(compared, p_values, strict=True)]


def paired(one: Sequence[bool], other: Sequence[bool], groups: Sequence[str]) -> dict[str, Any]:
    """Compare right and wrong answers to the same rows, as `compare` does."""
    pair = statistics.mcnemar(one, other)
    several = len(set(groups)) > 1
    low, high = statistics.paired_bootstrap(one, other, groups) if several else (-1.0, 1.0)
    return {
        "difference": pair.difference,
        "ci": [low, high],
        "only_first": pair.only_a,
        "only_second": pair.only_b,
        "p": pair.p_value,
    }
