"""Checks of the exercises of notebook 07."""

from __future__ import annotations

from collections.abc import Callable

from helpers.course.exercises.checking import run


def check_largest_class(largest_class: Callable[[list[str]], str]) -> bool:
    """Check `largest_class(names)`: the class that is there most often.

    >>> check_largest_class(lambda names: min(names, key=lambda n: (-names.count(n), n)))
    correct
    True
    """
    often = "Count each name, and take the one with the highest count."
    return run(
        largest_class,
        [
            ((["casing", "loop", "casing"],), "casing", often),
            ((["a", "b", "b", "c", "c", "c"],), "c", often),
            ((["spacing", "casing"],), "casing", "Of equals the alphabet decides, not the place."),
        ],
    )


def check_risk_of(risk_of: Callable[[list[float], list[bool], float], float]) -> bool:
    """Check `risk_of(margins, right, least)`: the share wrong of what is answered.

    >>> def risk_of(margins, right, least):
    ...     given = [r for m, r in zip(margins, right) if m >= least]
    ...     return given.count(False) / len(given) if given else 0.0
    >>> check_risk_of(risk_of)
    correct
    True
    """
    given = "Only rows whose margin is at least `least` are answered, and count."
    margins, right = [3.0, 2.0, 1.0, 0.5], [True, False, True, False]
    return run(
        risk_of,
        [
            ((margins, right, 0.0), 0.5, given),
            ((margins, right, 2.0), 0.5, f"{given} A margin that is equal counts, too."),
            ((margins, right, 2.5), 0.0, given),
            ((margins, right, 9.0), 0.0, "Where nothing is answered nothing is wrong."),
            (([1.0, 1.0, 1.0, 1.0], [False, True, True, True], 1.0), 0.25, given),
        ],
    )


def check_went_and_came(
    went_and_came: Callable[[list[bool], list[bool]], tuple[int, int]],
) -> bool:
    """Check `went_and_came(before, after)`: errors that went, and errors that came.

    >>> def went_and_came(before, after):
    ...     pairs = list(zip(before, after))
    ...     return pairs.count((False, True)), pairs.count((True, False))
    >>> check_went_and_came(went_and_came)
    correct
    True
    """
    rows = "Go row by row: a difference of two counts hides what both hide."
    yes, no = True, False
    return run(
        went_and_came,
        [
            (([no, no, yes], [yes, no, yes]), (1, 0), "Wrong before and right after: it went."),
            (([yes, yes, no], [no, yes, yes]), (1, 1), rows),
            (([yes, yes], [no, no]), (0, 2), "Right before and wrong after: it came."),
            (([no], [no]), (0, 0), "What was wrong and still is did neither."),
        ],
    )
