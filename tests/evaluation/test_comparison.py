"""Comparing many systems: against exact counts, against McNemar, and against a simulated truth."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import comb, inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import plots
from helpers.evaluation.comparison import (
    System,
    against,
    holm,
    reference_of,
    sign_flip,
    smallest_enough,
)
from helpers.evaluation.statistics import mcnemar


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=9))
def test_with_a_row_a_group_it_is_mcnemars_exact_test(rows):
    one, other = zip(*rows, strict=True)
    assert sign_flip(one, other, range(len(rows))) == pytest.approx(mcnemar(one, other).p_value)


def test_groups_are_exchanged_whole():
    """Three groups have eight ways to be exchanged, however many rows they hold."""
    groups = [0] * 5 + [1] * 5 + [2] * 5
    assert sign_flip([1] * 15, [0] * 15, groups) == 2 / 2**3


def test_means_of_seeds_count_as_all_ways_to_exchange_say():
    first, second = np.array([1.0, 0.5, 1.0, 0.0]), np.array([0.5, 0.5, 0.0, 0.5])
    difference = abs((first - second).sum())
    ways = [abs(np.dot(signs, first - second)) for signs in product((1, -1), repeat=4)]
    wanted = np.mean([way >= difference - 1e-9 for way in ways])
    assert sign_flip(first, second, range(4), parts=2) == pytest.approx(wanted)


def test_with_many_rows_it_is_still_exact():
    one, other = [1] * 30 + [0] * 12 + [1] * 60, [0] * 30 + [1] * 12 + [1] * 60
    exact = 2 * sum(comb(42, k) for k in range(13)) / 2**42
    assert sign_flip(one, other, range(102)) == pytest.approx(exact)


def test_with_thousands_of_groups_too():
    ahead, behind = 1100, 1000
    one, other = [1] * ahead + [0] * behind, [0] * ahead + [1] * behind
    wanted = mcnemar(one, other).p_value
    assert sign_flip(one, other, range(ahead + behind)) == pytest.approx(wanted)


def test_holm_is_its_definition_and_never_below_the_plain_values():
    assert holm([]) == []
    assert holm([0.2]) == [0.2]
    assert holm([0.001, 0.02, 0.02, 0.5]) == pytest.approx([0.004, 0.06, 0.06, 0.5])


def simulated(name, weights, chance, seeds=2, rows=400):
    drawn = np.random.default_rng(weights).random((seeds, rows)) < chance
    return System(name, weights, tuple(map(tuple, drawn)))


def test_the_smallest_that_is_not_worse_is_found_and_the_worse_are_named():
    systems = [simulated("tiny", 1, 0.5), simulated("small", 2, 0.8), simulated("big", 3, 0.8)]
    assert reference_of(systems).name == "big"
    compared = against(systems[2], systems, range(400))
    assert smallest_enough(systems, compared).name == "small"
    tiny = next(one for one in compared if one.name == "tiny")
    assert tiny.p_corrected < 0.01 and tiny.ci[1] < 0 and tiny.p <= tiny.p_corrected
    assert smallest_enough(systems[:1], []).name == "tiny"


def test_equal_systems_are_rarely_found_to_differ_from_a_reference_settled_before():
    """Had the graded rows picked the reference, equal systems would be called worse too often."""
    rng = np.random.default_rng(0)
    found = 0
    for _ in range(40):
        right = rng.random((6, 60)) < 0.6
        systems = [System(str(n), 1, (tuple(hits),)) for n, hits in enumerate(right.tolist())]
        compared = against(reference_of(systems), systems, range(60))
        found += any(one.p_corrected < 0.05 for one in compared)
    assert found <= 4


def test_the_reference_is_chosen_on_validation_rows_whatever_the_graded_rows_say():
    """The best of the test rows was once the reference, the verdict and the headline in one."""
    lucky = System("lucky", 1, ((True,) * 20,), validation=0.4)
    steady = System("steady", 1, ((True,) * 9 + (False,) * 11,), validation=0.6)
    assert reference_of([lucky, steady]) is steady
    [one] = against(steady, [lucky, steady], range(20))
    assert (one.name, one.difference) == ("lucky", 0.55) and one.p_corrected < 0.01
    assert smallest_enough([lucky, steady], [one]) is steady  # being better is not being worse
    unknown = replace(lucky, validation=None)
    assert reference_of([steady, replace(unknown, weights=2)]).name == "lucky"  # the largest
    endpoint = replace(unknown, name="somebody's", weights=inf)
    assert reference_of([endpoint, steady]) is steady


def test_p_values_are_corrected_for_as_many_comparisons_as_are_shown():
    rows = range(12)
    right = System("right", 9, ((True,) * 12,))
    others = [System(str(n), n, ((False,) * 9 + (True,) * 3,)) for n in range(5)]
    for count in (1, 5):
        compared = against(right, [right, *others[:count]], rows)
        assert {one.p_corrected / one.p for one in compared} == {count}


def test_what_cannot_be_compared_is_said():
    one = System("one", 1, ((True, False),))
    with pytest.raises(ValueError, match="same name"):
        against(one, [one, one], range(2))
    assert sign_flip([1, 0], [0, 0], ["a", "a"]) == 1.0


def test_of_equals_the_smallest_is_the_reference_and_differs_by_chance_alone():
    twin = System("twin", 1, ((True, False, True),), validation=0.5)
    other = System("other", 2, ((True, False, True),), validation=0.5)
    assert reference_of([other, twin]) is twin
    [one] = against(twin, [other, twin], range(3))
    assert (one.name, one.p, one.difference, one.ci) == ("other", 1.0, 0.0, (0.0, 0.0))


def test_scores_seeds_and_intervals_are_of_all_seeds():
    system = System("one", 1, ((True, False, True, True), (True, False, False, True)))
    assert (system.score, system.seeds) == (0.625, [0.75, 0.5])
    low, high = system.interval(range(4))
    assert low <= 0.625 <= high


def test_the_pictures_show_what_they_are_given():
    row = {"name": "2m", "score": 0.7, "ci": (0.6, 0.8), "seeds": [0.68, 0.72]}
    drawn = plots.seed_points([row, row], 0.5)
    assert [tick.get_text() for tick in drawn.get_yticklabels()] == ["2m", "2m"]
    points = [{"x": x, "score": 0.5, "ci": (0.4, 0.6)} for x in (256, 16)]
    drawn = plots.lines({"free": points}, "rows", ("n-gram", 0.7))
    assert [text.get_text() for text in drawn.get_legend().get_texts()] == ["n-gram", "free"]
    assert list(drawn.get_xticks()) == [16, 256]
    named = [{**point, "name": f"{point['x']} rows"} for point in points]
    drawn = plots.lines({"free": named}, "ms", named=True)
    assert {text.get_text() for text in drawn.texts} == {"256 rows", "16 rows"}
    drawn = plots.cost_lines({"API": {"requests": [1, 10], "cost": [1, 10]}})
    assert drawn.get_xscale() == "log"
