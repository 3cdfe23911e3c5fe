"""Slices hold every row once, with the score and the interval of those rows."""

from __future__ import annotations

import random

import matplotlib
import pytest

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from hypothesis import given
from hypothesis import strategies as st

from helpers import plots, tasks
from helpers.core.examples import Example
from helpers.evaluation.slices import ranges, slices
from helpers.evaluation.statistics import wilson
from helpers.tasks.dictation.bash import command_shape

TRAIN = [
    Example("1", "ls dash L", "ls -l", group="ls -l"),
    Example("2", "ls dash A", "ls -a", group="ls -a"),
]


def rows() -> tuple[list[Example], list[bool]]:
    examples = tasks.get("dictated_bash").load("valid")[:120]
    return examples, [len(e.prompt.split()) < 12 for e in examples]


@given(st.lists(st.integers(0, 50), max_size=40), st.integers(1, 6))
def test_ranges_keep_equal_numbers_together_and_in_order(numbers: list[int], parts: int) -> None:
    places = ranges(numbers, parts)
    assert len({place for place, _ in places}) <= parts
    for number, (place, name) in zip(numbers, places, strict=True):
        low, _, high = name.partition("–")
        assert int(low) <= number <= int(high or low)
        for other, (elsewhere, _) in zip(numbers, places, strict=True):
            assert place <= elsewhere or number > other


def test_every_facet_holds_every_row_once() -> None:
    examples, right = rows()
    found = slices(examples, right, tasks.get("dictated_bash").load("train"), command_shape)
    facets = {row["facet"] for row in found}
    assert len(facets) == 4  # no group crosses the splits, so that facet tells nothing
    for facet in facets:
        inside = [row for row in found if row["facet"] == facet]
        assert sum(row["n"] for row in inside) == len(examples)
        assert sum(row["right"] for row in inside) == sum(right)
    for row in found:
        assert row["score"] == row["right"] / row["n"]
        assert row["ci"] == wilson(row["right"], row["n"])


def test_slices_do_not_depend_on_the_order_of_rows() -> None:
    examples, right = rows()
    pairs = list(zip(examples, right, strict=True))
    random.Random(5).shuffle(pairs)
    mixed = slices(*map(list, zip(*pairs, strict=True)), TRAIN[::-1], command_shape)
    assert mixed == slices(examples, right, TRAIN, command_shape)


def test_a_group_is_seen_where_train_declares_it() -> None:
    """Ids that stand in for groups are line numbers, equal in every file."""
    asked = [Example("1", "a", "b", group="1"), Example("9", "a", "b", group="ls -a")]
    found = slices(asked, [True, False], [*TRAIN, Example("1", "c", "d", group="1")])
    seen = {row["name"]: row["right"] for row in found if row["facet"] == "group in train"}
    assert seen == {"unseen": 1, "seen": 0}


def test_lists_of_two_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="give one a row"):
        slices(TRAIN, [True], TRAIN)


@pytest.mark.parametrize(
    ("command", "shape"),
    [
        ("ls -l /tmp; rm a", "ls -l ; rm"),
        ("a && b || c", "a && b || c"),
        ("tail -n -5 x --follow", "tail -n --follow"),
        ("", ""),
    ],
)
def test_a_shape_has_programs_and_flags(command: str, shape: str) -> None:
    assert command_shape(command) == shape


def test_points_name_a_facet_once_and_draw_every_slice() -> None:
    examples, right = rows()
    found = slices(examples, right, TRAIN, command_shape)
    ax = plots.slice_points(found, reference=0.5)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert len(names) == len(found)
    assert sum("words of the prompt" in name for name in names) == 1
    assert all(f"n = {row['n']}" in name for row, name in zip(found, names, strict=True))
    assert [text.get_text() for text in ax.texts] == [f"{100 * row['score']:.1f}" for row in found]
    plt.close("all")


def test_a_row_without_an_answer_has_no_shape() -> None:
    silent = Example("1", "so what", "", extra={"no_answer": True})
    rows = [silent, Example("2", "ls", "ls")]
    found = slices(rows, [True, False], [silent], shape=lambda target: target.split()[0])
    assert [(r["name"], r["n"]) for r in found if r["facet"].startswith("shape")] == [
        ("unseen", 1), ("seen", 1),
    ]  # fmt: skip
