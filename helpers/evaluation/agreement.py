"""How far two raters agree, and how far beyond what chance would make them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from helpers.evaluation.statistics import Interval, grouped_bootstrap, wilson


@dataclass(frozen=True)
class Agreement:
    """Two raters' yes and no on `n` pairs: the share on which they agree, and Cohen's kappa.

    Kappa is 1 where they agree on all, and 0 where they agree as often as by chance.
    """

    n: int
    both: int
    only_a: int
    only_b: int
    neither: int
    share: float
    share_ci: Interval
    kappa: float
    kappa_ci: Interval


def agreement(a: Sequence[bool], b: Sequence[bool], level: float = 0.95) -> Agreement:
    """Return how far two raters of the same pairs agree, with intervals.

    Kappa's is the percentile bootstrap's. Raises `ValueError` for lists of two lengths, and for
    less than two pairs. Source: Cohen, Educational and Psychological Measurement 20 (1960).

    >>> found = agreement([1] * 25 + [0] * 25, [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15)
    >>> found.share, round(found.kappa, 3), found.both, found.only_b
    (0.7, 0.4, 20, 10)
    """
    if len(a) != len(b):
        raise ValueError(f"{len(a)} verdicts against {len(b)}; let both rate the same pairs")
    # A pair as one number, so that both verdicts on it are drawn together.
    pairs = 2 * np.asarray(a, dtype=bool) + np.asarray(b, dtype=bool)
    counts = np.bincount(pairs.astype(int), minlength=4)
    neither, only_b, only_a, both = map(int, counts)
    interval = grouped_bootstrap(pairs, range(len(pairs)), kappa, level)
    same = both + neither
    return Agreement(
        len(pairs), both, only_a, only_b, neither, same / len(pairs),
        wilson(same, len(pairs), level), kappa(pairs), interval,
    )  # fmt: skip


def kappa(pairs: np.ndarray) -> float:
    """Return Cohen's kappa of pairs of verdicts, each 2 × a's + b's.

    Where both say one thing of all pairs there is nothing to agree on beyond chance: 0.

    >>> kappa(np.array([3, 3, 0, 0])), kappa(np.array([3, 3, 3]))
    (1.0, 0.0)
    """
    counts = np.bincount(pairs.astype(int), minlength=4).reshape(2, 2) / len(pairs)
    by_chance = float(counts.sum(axis=1) @ counts.sum(axis=0))
    return float((np.trace(counts) - by_chance) / (1 - by_chance)) if by_chance < 1 else 0.0
