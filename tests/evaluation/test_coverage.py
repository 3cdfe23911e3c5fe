"""Risk and coverage: counted by hand, whatever the order of the rows."""

from __future__ import annotations

import math
import random

import matplotlib
import pytest

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from hypothesis import given
from hypothesis import strategies as st

from helpers import plots
from helpers.evaluation import coverage
from helpers.evaluation.statistics import wilson

ROWS = st.lists(
    st.tuples(st.sampled_from([-1.0, 0.0, 0.5, 2.0, math.inf]), st.booleans()),
    min_size=1,
    max_size=30,
)


@given(ROWS, st.sampled_from([0.0, 0.02, 0.3, 1.0]), st.randoms())
def test_curves_are_what_counting_finds_in_any_order(
    rows: list[tuple[float, bool]], risk: float, mixed: random.Random
) -> None:
    margins, right = zip(*rows, strict=True)
    found = coverage.curve(margins, right)
    best = 0.0
    for margin, share, wrong in zip(found.margins, found.coverage, found.risk, strict=True):
        kept = [hit for value, hit in rows if value >= margin]
        assert share == len(kept) / len(rows)
        assert wrong == kept.count(False) / len(kept)
        best = max(best, share) if kept.count(False) <= risk * len(kept) else best
    assert found.coverage[-1] == 1.0
    assert coverage.coverage_at_risk(margins, right, risk) == best
    least = coverage.margin_at_risk(margins, right, risk)
    assert (best if least is None else coverage.select(margins, right, least).coverage) == best
    again = list(rows)
    mixed.shuffle(again)
    assert coverage.curve(*zip(*again, strict=True)) == found


def test_the_area_is_between_the_best_order_and_luck() -> None:
    right = [True] * 8 + [False] * 2
    best = coverage.curve(range(10, 0, -1), right).area
    worst = coverage.curve(range(10), right).area
    assert best == pytest.approx((1 / 9 + 2 / 10) / 10)
    assert best < coverage.curve([1.0] * 10, right).area == 0.2 < worst


def test_a_margin_is_chosen_on_one_split_and_judged_on_another() -> None:
    chosen = coverage.margin_at_risk([4, 3, 2, 1], [True, True, True, False], 0.1)
    assert chosen == 2
    judged = coverage.select([3, 2, 2, 1], [True, False, True, True], chosen)
    assert (judged.n, judged.coverage, judged.risk) == (3, 0.75, 1 / 3)
    assert judged.risk_ci == wilson(1, 3)


def test_a_risk_that_no_margin_keeps_answers_nothing() -> None:
    assert coverage.margin_at_risk([2.0, 1.0], [False, True], 0.1) is None
    assert coverage.coverage_at_risk([2.0, 1.0], [False, True], 0.1) == 0.0
    nothing = coverage.select([2.0, 1.0], [False, True], 5.0)
    assert (nothing.n, nothing.risk, nothing.risk_ci) == (0, None, None)


def test_the_interval_holds_the_coverage_and_is_wider_by_groups() -> None:
    luck = random.Random(2)
    margins = [luck.random() for _ in range(200)]
    right = [luck.random() < 0.6 + margin / 2 for margin in margins]
    share = coverage.coverage_at_risk(margins, right, 0.1)
    low, high = coverage.coverage_interval(margins, right, 0.1, repeats=200)
    assert low <= share <= high and low < high
    ten = [row for row in range(20) for _ in range(10)]
    margins, right = [margins[row] for row in ten], [right[row] for row in ten]
    apart = coverage.coverage_interval(margins, right, 0.1, repeats=200)
    together = coverage.coverage_interval(margins, right, 0.1, ten, repeats=200)
    assert together[1] - together[0] > apart[1] - apart[0]


def test_rows_without_margins_are_refused() -> None:
    """A margin of None is "not known" here; `errors.margins` says which mean "no rival"."""
    with pytest.raises(ValueError, match="row 1 has no margin; ask an engine"):
        coverage.curve([1.0, None], [True, True])
    with pytest.raises(ValueError, match="row 0 has no margin"):
        coverage.curve([math.nan], [True])
    with pytest.raises(ValueError, match="give one a row"):
        coverage.curve([1.0], [])
    with pytest.raises(ValueError, match="answer at least one"):
        coverage.curve([], [])


def test_the_picture_ends_at_all_rows_and_names_the_area() -> None:
    found = coverage.curve(range(100, 0, -1), [row % 10 > 0 for row in range(100)])
    ax = plots.risk_coverage({"rules $a$": found, "tuned": found}, wanted=0.02)
    line, dot = ax.lines[:2]
    assert min(line.get_xdata()) == 5 and max(line.get_xdata()) == 100
    assert (dot.get_xdata()[0], dot.get_ydata()[0]) == pytest.approx((100, 10))
    named = [text.get_text() for text in ax.get_legend().get_texts()]
    assert named == [f"{name} (area {100 * found.area:.1f} %)" for name in ("rules $a$", "tuned")]
    assert [text.get_text() for text in ax.texts] == ["wanted: 2 %"]
    ax.figure.canvas.draw()
    plt.close("all")
