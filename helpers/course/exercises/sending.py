"""Checks of the exercises of notebook 11."""

from __future__ import annotations

from collections.abc import Callable

from helpers.course.exercises.checking import run


def check_to_send(to_send: Callable[[dict[str, str], dict[str, str]], list[str]]) -> bool:
    """Check `to_send(here, there)`: the names, in order, whose content is not there yet.

    >>> check_to_send(lambda here, there: sorted(n for n in here if here[n] != there.get(n)))
    correct
    True
    """
    content = "A file of the same name may have another content: compare the digests."
    gone = "Of what is only there nothing is sent."
    order = "Sort the names, so that two machines make the same list."
    return run(
        to_send,
        [
            (({"a": "1", "b": "2"}, {"a": "1"}), ["b"], "What is there already is not sent."),
            (({"a": "1", "b": "3"}, {"a": "1", "b": "2"}), ["b"], content),
            (({"a": "1"}, {"a": "1", "c": "3"}), [], gone),
            (({"b": "1", "a": "2"}, {}), ["a", "b"], order),
        ],
    )


def check_makespan(makespan: Callable[[list[float], int], float]) -> bool:
    """Check `makespan(seconds, nodes)`: when the last cell ends, each on the node free first.

    >>> def makespan(seconds, nodes):
    ...     free = [0.0] * nodes
    ...     for one in seconds:
    ...         free[free.index(min(free))] += one
    ...     return max(free)
    >>> check_makespan(makespan)
    correct
    True
    """
    even = "A cell is never divided: the longest alone may decide."
    turns = "Not by turns: the next cell goes to the node that is free first."
    return run(
        makespan,
        [
            (([2.0, 3.0], 1), 5.0, "One node works off all cells, one after the other."),
            (([4.0, 1.0], 2), 4.0, even),
            (([4.0, 1.0, 1.0, 1.0], 2), 4.0, turns),
            (([1.0, 1.0, 4.0], 2), 5.0, "Keep the order: the long cell came last, and waits."),
            (([2.0, 2.0], 5), 2.0, "More nodes than cells help nobody."),
        ],
    )


def check_price_of(price_of: Callable[[float, float, float], float]) -> bool:
    """Check `price_of(seconds, an_hour, unit)`: what is paid where each begun unit is charged.

    >>> import math
    >>> check_price_of(lambda seconds, an_hour, unit: math.ceil(seconds / unit) * unit / 3600
    ...                * an_hour)
    correct
    True
    """
    hours = "The price is for an hour, the time in seconds: divide by 3,600."
    begun = "A unit that has begun is paid whole: round up."
    return run(
        price_of,
        [
            ((7199.5, 2.0, 1.0), 4.0, f"{hours} {begun}"),
            ((90.0, 6.0, 60.0), 0.2, begun),
            ((120.0, 6.0, 60.0), 0.2, "Two whole units are two, not three."),
            ((61.0, 3.6, 3600.0), 3.6, begun),
            ((0.0, 2.0, 60.0), 0.0, "What has not begun costs nothing."),
        ],
    )
