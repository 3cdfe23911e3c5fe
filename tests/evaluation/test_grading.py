"""The grader is tested before anything is graded by it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.evaluation import grading
from helpers.evaluation.grading import (
    bucket,
    collapse,
    grade,
    grade_all,
    summary,
)

TEXT = st.text(max_size=40)
SPACE = st.text(alphabet=" \t\n\u00a0", min_size=1, max_size=3)


@pytest.mark.parametrize(
    ("prediction", "target", "expected"),
    [
        ("ls -l", "ls -l", "exact"),
        (" ls \t -l\n", "ls -l", "exact"),
        ("LS -l", "ls -l", "wrong"),  # 3 of 5 characters in place: 60
        ("a" * 9 + "b", "a" * 9 + "c", "near"),  # 90.0, the bound itself
        ("a" * 8 + "b", "a" * 8 + "c", "partial"),  # 88.9
        ("a" * 7 + "b" * 3, "a" * 7 + "c" * 3, "partial"),  # 70.0, the bound itself
        ("a" * 6 + "b" * 3, "a" * 6 + "c" * 3, "wrong"),  # 66.7
        ("", "ls", "wrong"),
        ("ls-l", "ls -l", "partial"),  # 88.9: a space that is missing is no white space run
    ],
)
def test_bounds_are_those_of_the_published_script(
    prediction: str, target: str, expected: str
) -> None:
    assert bucket(prediction, target) == expected
    assert grade(prediction, target).bucket == expected


@given(TEXT, TEXT)
def test_bucket_is_symmetric_bounded_and_exact_iff_equal_after_collapsing(a: str, b: str) -> None:
    assert bucket(a, b) == bucket(b, a)
    assert 0 <= grading.similarity(a, b) <= 100
    assert (bucket(a, b) == "exact") == (collapse(a) == collapse(b))
    assert (grading.similarity(a, b) == 100) == (collapse(a) == collapse(b))


@given(st.lists(st.text(alphabet="ab-|é", min_size=1), max_size=6), SPACE, SPACE)
def test_white_space_never_matters(words: list[str], one: str, other: str) -> None:
    assert collapse(one.join(words)) == collapse(other + other.join(words)) == " ".join(words)
    assert bucket(one.join(words), other.join(words)) == "exact"


@given(TEXT)
def test_collapse_is_idempotent(text: str) -> None:
    assert collapse(collapse(text)) == collapse(text)


@settings(max_examples=25, deadline=None)
@given(TEXT, TEXT)
def test_verdicts_imply_each_other(a: str, b: str) -> None:
    found = grade(a, b)
    assert found.exact or not found.strict
    assert (found.caseless and found.equivalent) or not found.exact
    assert found.bucket == bucket(a, b)


def spaceless(texts: Sequence[str]) -> list[str | None]:
    """Print texts without their spaces; it cannot read an exclamation mark."""
    return [None if "!" in text else text.replace(" ", "") for text in texts]


def test_a_formatter_says_what_is_equivalent_and_without_one_nothing_else_is() -> None:
    assert grade("a|b", "a | b", spaceless).equivalent
    assert not grade("a|b", "a | b").equivalent
    assert not grade("a|c", "a | b", spaceless).equivalent
    assert not grade("a!", "a !", spaceless).equivalent  # neither is read: nothing is proven
    assert grade("a  !", "a !", spaceless).equivalent  # exact needs no formatter
    assert grade("a !", "a !").equivalent


def test_only_what_is_not_exact_is_formatted() -> None:
    seen: list[str] = []

    def watched(texts: Sequence[str]) -> list[str | None]:
        seen.extend(texts)
        return list(texts)

    grade_all(["ls", "a", "b"], ["ls", "a ", "c"], watched)
    assert seen == ["b", "c"]


def test_odd_answers_are_wrong_and_raise_nothing() -> None:
    odd = [
        "",
        None,
        "x" * 1_000_000,
        "(" * 1_000_000,
        "\ud800ls",
        "\0",
        "\u202els",
        "\ufeffls -la x",
    ]
    grades = grade_all(odd, ["ls -la x"] * len(odd), spaceless)
    assert [g.exact for g in grades] == [False] * len(odd)
    assert [g.equivalent for g in grades] == [False] * len(odd)
    assert grades[-1].bucket == "near" and {g.bucket for g in grades[:-1]} == {"wrong"}


def test_bad_input_names_the_item_and_the_fix() -> None:
    with pytest.raises(ValueError, match="1 predictions for 2 targets; grade the same rows"):
        grade_all(["ls"], ["ls", "pwd"])
    with pytest.raises(TypeError, match="target 1 is of type NoneType; give the target as a str"):
        grade_all(["ls", "ls"], ["ls", None])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="prediction 0 is of type int"):
        grade(7, "ls")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="grade at least one row"):
        summary([])


def test_summary_counts_by_hand() -> None:
    grades = grade_all(
        ["ls -l", "ls  -l", "LS -L", "find . -name *.TXT", "cat a|wc -l", "pwd", None, "x"],
        ["ls -l", "ls -l", "ls -l", "find . -name *.txt", "cat a | wc -l", "ls", "ls", "ls"],
        spaceless,
    )
    assert summary(grades) == {
        "n": 8,
        "exact": 2 / 8,
        "near": 1 / 8,  # 91.7: "cat a|wc -l"
        "partial": 1 / 8,  # 83.3: "*.TXT"
        "wrong": 4 / 8,
        "effective": 3 / 8,
        "strict": 1 / 8,
        "caseless": 4 / 8,
        "equivalent": 3 / 8,
    }
