"""Checks of the exercises of notebook 08."""

from __future__ import annotations

from collections.abc import Callable

from helpers.course.exercises.checking import run


def check_cost_of(cost_of: Callable[[float, float, float, float], float]) -> bool:
    """Check `cost_of(read, written, price_in, price_out)`: prices are for a million tokens.

    >>> check_cost_of(lambda read, written, a, b: (read * a + written * b) / 1e6)
    correct
    True
    """
    both = "Tokens read cost price_in, tokens written price_out; add the two."
    million = "The prices are for a million tokens: divide."
    return run(
        cost_of,
        [
            ((1e6, 0, 2.0, 8.0), 2.0, million),
            ((0, 1e6, 2.0, 8.0), 8.0, both),
            ((500, 20, 0.15, 0.6), 0.000087, both),
        ],
    )


def check_break_even(break_even: Callable[[float, float], int]) -> bool:
    """Check `break_even(month, request)`: the least number for which the month is not dearer.

    >>> import math
    >>> check_break_even(lambda month, request: math.ceil(month / request))
    correct
    True
    """
    least = "So many requests must cost as much as the month, or more."
    return run(
        break_even,
        [
            ((20.0, 0.5), 40, f"Divide. {least}"),
            ((20.0, 0.75), 27, f"{least} There is no part of a request: round up."),
            ((1.0, 4.0), 1, least),
            ((0.0, 0.5), 0, "What costs nothing is never dearer."),
        ],
    )


def check_holm_of(holm_of: Callable[[list[float]], list[float]]) -> bool:
    """Check `holm_of(p_values)`: Holm's corrected p-values, in the order of the plain ones.

    >>> def holm_of(p_values):
    ...     found, last = list(p_values), 0.0
    ...     for rank, at in enumerate(sorted(range(len(found)), key=lambda n: p_values[n])):
    ...         last = max(last, min(1.0, (len(found) - rank) * p_values[at]))
    ...         found[at] = last
    ...     return found
    >>> check_holm_of(holm_of)
    correct
    True
    """
    steps = "The smallest is multiplied by how many there are, the next by one less, and so on."
    return run(
        holm_of,
        [
            (([0.25],), [0.25], "One p-value alone needs no correction."),
            (([0.015625, 0.25],), [0.03125, 0.25], steps),
            (([0.25, 0.015625],), [0.25, 0.03125], "Keep the order that the values came in."),
            (([0.25, 0.015625, 0.0625],), [0.25, 0.046875, 0.125], steps),
            (([0.25, 0.1875],), [0.375, 0.375], "A larger p-value may not come out smaller."),
            (([0.75, 0.5],), [1.0, 1.0], "No probability is above 1."),
        ],
    )
