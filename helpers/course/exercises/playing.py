"""Checks of the exercises of notebook A2."""

from __future__ import annotations

from collections.abc import Callable

from helpers.course.exercises.checking import run

Candidate = tuple[float, float]  # log-probabilities: the model's, the counter's


def check_smallest_rank(
    smallest_rank: Callable[[dict[int, float], float], int | None],
) -> bool:
    """Check `smallest_rank(losses, most)`: the smallest rank whose loss is at most `most`.

    >>> check_smallest_rank(
    ...     lambda losses, most: min((r for r in losses if losses[r] <= most), default=None))
    correct
    True
    """
    least = "Of all ranks whose loss is at most `most`, take the smallest rank, not the best loss."
    order = "The ranks need not come in order."
    return run(
        smallest_rank,
        [
            (({1: 2.0, 2: 1.5, 4: 1.2}, 1.5), 2, least),
            (({8: 1.1, 2: 1.4, 4: 1.2}, 1.3), 4, f"{least} {order}"),
            (({1: 2.0, 2: 1.5}, 1.0), None, "No rank is good enough here: return None."),
            (({1: 1.2, 2: 1.4, 4: 1.1}, 1.25), 1, f"A larger rank may be worse. {least}"),
            (({4: 1.0}, 1.0), 4, "A loss that is equal to `most` is good enough."),
        ],
    )


def check_turning_point(
    turning_point: Callable[[Candidate, Candidate], float | None],
) -> bool:
    """Check `turning_point(one, other)`: the model's weight at which two candidates are equal.

    >>> def turning_point(one, other):
    ...     model, own = one[0] - other[0], one[1] - other[1]
    ...     if model == own or not 0 <= own / (own - model) <= 1:
    ...         return None
    ...     return own / (own - model)
    >>> check_turning_point(turning_point)
    correct
    True
    """
    both = "Write down w·model + (1 − w)·counter for both, set them equal, and solve for w."
    none = "If one is ahead at every weight from 0 to 1, nothing turns: return None."
    return run(
        turning_point,
        [
            (((-1.0, -4.0), (-3.0, -2.0)), 0.5, both),
            (((-1.0, -3.0), (-4.0, -2.0)), 0.25, f"Which weight is the model's? {both}"),
            (((-1.0, -2.0), (-3.0, -3.0)), None, none),
            (((-1.0, -1.0), (-2.0, -3.0)), None, f"A weight is at most 1. {none}"),
            (((-5.0, -2.0), (-3.0, -2.0)), 0.0, "Equal at a weight of 0 is equal: return 0.0."),
            (((-2.0, -3.0), (-3.0, -4.0)), None, f"The two lines run side by side. {none}"),
        ],
    )


def check_gate_errors(
    gate_errors: Callable[[list[float], list[bool], float], tuple[int, int]],
) -> bool:
    """Check `gate_errors(shares, meant, hold_back)`: commands held back, and talk let through.

    >>> def gate_errors(shares, meant, hold_back):
    ...     kept = [share >= hold_back for share in shares]
    ...     lost = sum(k and m for k, m in zip(kept, meant))
    ...     return lost, sum(not k and not m for k, m in zip(kept, meant))
    >>> check_gate_errors(gate_errors)
    correct
    True
    """
    first = "First the commands that are held back, then what was no command and is let through."
    equal = "A share that is equal to `hold_back` is held back, too."
    return run(
        gate_errors,
        [
            (([0.9, 0.2, 0.6, 0.1], [False, True, True, False], 0.5), (1, 1), first),
            (([0.9, 0.8, 0.7], [True, True, False], 0.5), (2, 0), first),
            (([0.1, 0.2, 0.3], [True, False, False], 0.5), (0, 2), first),
            (([0.5, 0.5], [True, False], 0.5), (1, 0), equal),
            (([], [], 0.5), (0, 0), "Where nothing was said, nothing went wrong."),
        ],
    )
