"""The grader of written texts: how near a prediction is to its target.

White space is collapsed first, then RapidFuzz's `fuzz.ratio` (0–100) sorts what is not equal:
at least 90 is near, at least 70 partial, anything else wrong. Effective accuracy is exact and
near together. Three more verdicts stand beside the bucket, stricter and milder than exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

BUCKETS = ("exact", "near", "partial", "wrong")
NEAR, PARTIAL = 90, 70  # least similarity, in percent

Formatter = Callable[[Sequence[str]], list[str | None]]
"""Prints texts in one spelling each; None for a text that it cannot read."""


@dataclass(frozen=True)
class Grade:
    """How one prediction compares with its target; `similarity` is in percent."""

    exact: bool  # equal once white space is collapsed
    strict: bool  # equal character for character
    caseless: bool  # exact but for letter case
    equivalent: bool  # exact, or equal once a formatter has printed both
    similarity: float
    bucket: str


def collapse(text: str) -> str:
    """Return `text` with every run of white space made one space, and none at either end.

    >>> collapse("  ls   -l ")
    'ls -l'
    """
    return " ".join(text.split())


def similarity(prediction: str, target: str) -> float:
    """Return RapidFuzz's normalised indel similarity of the collapsed texts, in percent.

    >>> similarity("ls -l", "ls  -l"), similarity("ls -a", "ls -l")
    (100.0, 80.0)
    """
    return fuzz.ratio(collapse(prediction), collapse(target))


def bucket(prediction: str, target: str) -> str:
    """Name the bucket of a prediction: exact, near (≥ 90), partial (≥ 70) or wrong.

    >>> bucket("find . -name *.txt", "find .  -name *.txt"), bucket("ls -a", "ls -l")
    ('exact', 'partial')
    """
    exact = collapse(prediction) == collapse(target)
    return _bucket(similarity(prediction, target), exact)


def _bucket(percent: float, exact: bool) -> str:
    if exact:
        return "exact"
    return "near" if percent >= NEAR else "partial" if percent >= PARTIAL else "wrong"


def grade(prediction: str | None, target: str, formatter: Formatter | None = None) -> Grade:
    """Grade one prediction; for many, `grade_all` is faster.

    >>> verdict = grade("cat a|wc", "cat a | wc")
    >>> verdict.bucket, round(verdict.similarity, 1), verdict.exact, verdict.equivalent
    ('partial', 88.9, False, False)
    """
    return grade_all([prediction], [target], formatter)[0]


def grade_all(
    predictions: Sequence[str | None],
    targets: Sequence[str],
    formatter: Formatter | None = None,
) -> list[Grade]:
    """Grade predictions against the targets in the same places.

    None is an engine that gave no answer: it is graded as an empty text. Only rows that are not
    exact are formatted; without a formatter none of them is `equivalent`. Raises `ValueError` for
    lists of two lengths, `TypeError` for other types.

    >>> [g.bucket for g in grade_all(["ls -l", None], ["ls -l", "pwd"])]
    ['exact', 'wrong']
    """
    if len(predictions) != len(targets):
        raise ValueError(
            f"{len(predictions)} predictions for {len(targets)} targets; grade the same rows"
        )
    given = [_text(p, "prediction", row) for row, p in enumerate(predictions)]
    wanted = [_text(t, "target", row) for row, t in enumerate(targets)]
    pairs = list(zip(given, wanted, strict=True))
    unequal = [(p, t) for p, t in pairs if collapse(p) != collapse(t)]
    equal = dict(zip(unequal, _equal_formatted(unequal, formatter), strict=True))
    return [_grade(p, t, equal.get((p, t), True)) for p, t in pairs]


def _text(value: str | None, what: str, row: int) -> str:
    if value is None and what == "prediction":
        return ""
    if not isinstance(value, str):
        kind = type(value).__name__
        raise TypeError(f"{what} {row} is of type {kind}; give the {what} as a string")
    return value


def _equal_formatted(
    pairs: list[tuple[str, str]], formatter: Formatter | None
) -> list[bool]:
    if formatter is None or not pairs:
        return [False] * len(pairs)
    printed = formatter([text for pair in pairs for text in pair])
    return [p is not None and p == t for p, t in zip(printed[::2], printed[1::2], strict=True)]


def _grade(prediction: str, target: str, equivalent: bool) -> Grade:
    short, goal = collapse(prediction), collapse(target)
    exact, percent = short == goal, fuzz.ratio(short, goal)
    return Grade(
        exact=exact,
        strict=prediction == target,
        caseless=short.casefold() == goal.casefold(),
        equivalent=equivalent,
        similarity=percent,
        bucket=_bucket(percent, exact),
    )


def all_or_nothing(prediction: str, target: str) -> Grade:
    """Grade an answer that is right or wrong and nothing between: a label, a tool call.

    >>> all_or_nothing("refund", "refund").bucket, all_or_nothing("refunds", "refund").bucket
    ('exact', 'wrong')
    """
    exact = collapse(prediction) == collapse(target)
    caseless = collapse(prediction).casefold() == collapse(target).casefold()
    return Grade(
        exact, prediction == target, caseless, exact, 100.0 * exact, "exact" if exact else "wrong"
    )


def summary(grades: Iterable[Grade]) -> dict[str, float]:
    """Return the number of rows `n`, and as fractions of it the buckets and other verdicts.

    Raises `ValueError` if there are no grades.

    >>> summary(grade_all(["ls -l", "ls -L"], ["ls -l", "ls -l"]))["caseless"]
    1.0
    """
    grades = list(grades)
    if not grades:
        raise ValueError("there are no grades; grade at least one row")
    n = len(grades)
    shares = {name: sum(g.bucket == name for g in grades) / n for name in BUCKETS}
    effective = sum(g.bucket in ("exact", "near") for g in grades) / n
    others = {
        name: sum(getattr(g, name) for g in grades) / n
        for name in ("strict", "caseless", "equivalent")
    }
    return {"n": n, **shares, "effective": effective, **others}
