"""Errors: what is said of each, and which are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.core.examples import Example
from helpers.evaluation import errors
from helpers.evaluation.errors import Error, ErrorClass


def error(margin: float | None, id_: str = "1", answer: str = "ls -L") -> Error:
    return Error(Example(id_, "ls dash L", "ls -l"), answer, margin, False)


def test_the_drawn_are_not_the_surest_again_and_repeat_with_a_seed() -> None:
    found = [error(float(n), str(n)) for n in range(40)]
    shown = errors.surest_and_drawn(found, 10, seed=3)
    assert [e.margin for e in shown["the surest"]] == [float(n) for n in range(39, 29, -1)]
    assert len(shown["drawn at random"]) == 10
    assert not {e.margin for e in shown["drawn at random"]} & set(range(30, 40))
    assert errors.surest_and_drawn(found, 10, seed=3) == shown
    assert errors.surest_and_drawn(found, 10, seed=4) != shown


def test_without_margins_all_are_drawn() -> None:
    assert list(errors.surest_and_drawn([error(None)])) == ["drawn at random"]
    assert errors.surest_and_drawn([]) == {}


@given(st.text(alphabet="ab ,", max_size=300), st.integers(1, 80))
def test_folded_pieces_are_the_text(text: str, width: int) -> None:
    pieces = errors.folded(text, width)
    assert "".join(pieces) == text
    assert all(len(piece) <= width for piece in pieces)


def test_marks_stand_below_what_differs_in_every_line() -> None:
    long = " ".join(["word"] * 40)
    shown = errors.shown(error(1.0, answer=long + " -L")).splitlines()
    assert all(len(line) <= errors.WIDTH for line in shown)
    assert "^" in shown[-1]


def test_counts_keep_the_classes_without_errors_and_refuse_another_tasks() -> None:
    found = [ErrorClass("loop", "a × 3"), ErrorClass("loop", "b × 4")]
    assert errors.counts(found, ["casing", "loop"]) == {"casing": 0, "loop": 2}
    with pytest.raises(ValueError, match="'loop' is not among kind, value; count one task's"):
        errors.counts(found, ["kind", "value"])
