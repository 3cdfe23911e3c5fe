"""Intervals and tests against formulas worked out anew, and against a simulated truth."""

from __future__ import annotations

import math
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.evaluation.statistics import grouped_bootstrap, mcnemar, paired_bootstrap, wilson


@settings(deadline=None)  # the first call imports
@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_the_closed_form(case: tuple[int, int]) -> None:
    k, n = case
    z = 1.959963984540054  # the normal's 97.5 % point
    p = k / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = wilson(k, n)
    assert (low, high) == pytest.approx((middle - half, middle + half), abs=1e-9)
    assert 0 <= low <= p <= high <= 1 and low < high


def test_wilson_grows_with_the_level_and_names_the_fix() -> None:
    (low, high), (lower, higher) = wilson(75, 100), wilson(75, 100, level=0.99)
    assert lower < low < 0.75 < high < higher
    with pytest.raises(ValueError, match="score at least one row"):
        wilson(0, 0)
    with pytest.raises(ValueError, match="3 successes of 2 rows"):
        wilson(3, 2)


@settings(deadline=None)  # the first call imports
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_mcnemar_is_the_exact_binomial(rows: list[tuple[bool, bool]]) -> None:
    a, b = [x for x, _ in rows], [y for _, y in rows]
    found = mcnemar(a, b)
    only_a, only_b = rows.count((True, False)), rows.count((False, True))
    m = only_a + only_b
    tail = sum(comb(m, k) for k in range(min(only_a, only_b) + 1)) / 2**m
    assert found.p_value == pytest.approx(min(1, 2 * tail))
    assert (found.only_a, found.only_b, found.n) == (only_a, only_b, len(rows))
    assert found.both + found.neither + m == found.n
    assert found.difference == pytest.approx((sum(a) - sum(b)) / len(rows))
    assert mcnemar(b, a).p_value == pytest.approx(found.p_value)


def test_mcnemar_wants_the_same_rows() -> None:
    with pytest.raises(ValueError, match="2 rows against 1; compare both on the same rows"):
        mcnemar([True, False], [True])
    with pytest.raises(ValueError, match="compare on at least one"):
        mcnemar([], [])


def _grouped_scores(rng: np.random.Generator, groups: int, size: int, share: float) -> np.ndarray:
    """Rows of a group are all right or all wrong: the strongest correlation there is."""
    return np.repeat(rng.random(groups) < share, size)


def test_group_bootstrap_covers_the_truth_where_wilson_does_not() -> None:
    rng, truth, trials = np.random.default_rng(1), 0.7, 150
    names = np.repeat(np.arange(40), 10).tolist()
    covered = narrow = wider = 0
    for seed in range(trials):
        values = _grouped_scores(rng, 40, 10, truth)
        low, high = grouped_bootstrap(values, names, repeats=400, seed=seed)
        thin, thick = wilson(int(values.sum()), len(values))
        covered += low <= truth <= high
        narrow += thin <= truth <= thick
        wider += high - low > thick - thin
    assert wider == trials
    assert covered / trials > 0.88  # nominal 0.95, the percentile interval falls a little short
    assert narrow / trials < 0.65  # takes 400 rows for 400 facts, though there are 40


def test_group_bootstrap_is_wilson_when_each_row_is_its_group() -> None:
    values = np.random.default_rng(0).random(630) < 0.75
    interval = grouped_bootstrap(values, range(630))
    assert interval == pytest.approx(wilson(int(values.sum()), 630), abs=0.01)


def test_group_bootstrap_weighs_groups_by_their_rows() -> None:
    values, groups = [1, 1, 1, 0], ["a", "a", "a", "b"]
    # Three outcomes: a twice (1), b twice (0), one of each (3/4, not the mean of means 1/2).
    assert grouped_bootstrap(values, groups, level=0.4) == (0.75, 0.75)


def test_any_statistic_may_be_drawn_anew_and_agrees_with_the_short_way() -> None:
    values = np.random.default_rng(2).random(60)
    groups = [row // 3 for row in range(60)]
    slow = grouped_bootstrap(values, groups, statistic=lambda rows: float(rows.mean()))
    assert slow == pytest.approx(grouped_bootstrap(values, groups))
    low, high = grouped_bootstrap(values, groups, statistic=lambda rows: float(np.median(rows)))
    assert low <= np.median(values) <= high


def test_many_groups_are_drawn_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(3).random(50) < 0.5
    whole = grouped_bootstrap(values, range(50))
    monkeypatch.setattr("helpers.evaluation.statistics.CELLS", 500)
    assert grouped_bootstrap(values, range(50)) == whole


def test_bad_groups_name_the_fix() -> None:
    with pytest.raises(ValueError, match="name each value's group"):
        grouped_bootstrap([1, 0], ["a"])
    with pytest.raises(ValueError, match="score rows of two or more"):
        grouped_bootstrap([1, 0], ["a", "a"])
    with pytest.raises(ValueError, match="same rows"):
        paired_bootstrap([1, 0], [1], ["a", "b"])


def test_paired_interval_is_narrower_than_two_scores_apart() -> None:
    rng = np.random.default_rng(4)
    b = rng.random(600) < 0.7
    a = b | (rng.random(600) < 0.1)  # never worse, now and then better
    low, high = paired_bootstrap(a, b, range(600))
    assert 0 < low < a.mean() - b.mean() < high
    apart = grouped_bootstrap(a, range(600))[0] - grouped_bootstrap(b, range(600))[1]
    assert apart < 0  # unpaired, the two intervals overlap
    assert paired_bootstrap(b, a, range(600)) == pytest.approx((-high, -low), abs=0.003)
