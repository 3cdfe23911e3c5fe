"""Checks of the exercises of notebook 10."""

from __future__ import annotations

from collections.abc import Callable

from helpers.course.exercises.checking import run


def check_within(within: Callable[[list[float], float], float]) -> bool:
    """Check `within(times, share)`: the time in which that share of the answers came.

    >>> import math
    >>> check_within(lambda times, share: sorted(times)[math.ceil(share * len(times)) - 1])
    correct
    True
    """
    order = "Sort the times first: answers come in any order."
    whole = "Take a time that was met, and no mean of two: the first that reaches the share."
    late = "Half of ten is the fifth of them, not the sixth."
    return run(
        within,
        [
            (([40.0, 10.0, 20.0], 0.5), 20.0, order),
            (([5.0, 1.0, 4.0, 2.0, 3.0, 6.0, 7.0, 8.0, 9.0, 10.0], 0.5), 5.0, late),
            (([1.0, 2.0, 3.0], 0.5), 2.0, whole),
            (([1.0, 100.0], 0.95), 100.0, whole),
            (([7.0], 0.5), 7.0, "One answer is all there is."),
            (([3.0, 1.0, 2.0], 1.0), 3.0, "All of them came within the longest time."),
        ],
    )


def check_hours_awake(hours_awake: Callable[[list[float], float], float]) -> bool:
    """Check `hours_awake(asked, idle)`: how long a service is awake that sleeps when idle.

    >>> def hours_awake(asked, idle):
    ...     ends = [*asked[1:], float("inf")]
    ...     return sum(min(idle, end - at) for at, end in zip(asked, ends))
    >>> check_hours_awake(hours_awake)
    correct
    True
    """
    once = "Where the next request comes before it sleeps, count that time once."
    last = "After the last request it stays awake for `idle`, too."
    return run(
        hours_awake,
        [
            (([1.0, 5.0], 0.5), 1.0, f"Each request keeps it awake for `idle`. {last}"),
            (([1.0, 1.25], 0.5), 0.75, once),
            (([0.0, 0.5, 1.0], 0.5), 1.5, f"It sleeps only if nobody asks in time. {once}"),
            (([2.0, 2.0, 2.0], 1.0), 1.0, f"Three who ask at once wake one service. {once}"),
            (([3.0], 0.25), 0.25, last),
            (([], 0.5), 0.0, "Nobody asks: it never wakes."),
        ],
    )


def check_waits(waits: Callable[[list[float], float, int], list[float | None]]) -> bool:
    """Check `waits(asked, seconds, most)`: how long each waits in a row of bounded length.

    >>> def waits(asked, seconds, most):
    ...     starts, found = [], []
    ...     for at in asked:
    ...         if sum(start > at for start in starts) >= most:
    ...             found.append(None)
    ...             continue
    ...         starts.append(max(at, starts[-1] + seconds) if starts else at)
    ...         found.append(starts[-1] - at)
    ...     return found
    >>> check_waits(waits)
    correct
    True
    """
    turn = "One is answered at a time: who comes waits until all before are done."
    row = "Count those who wait when somebody comes; the one at work is no longer in the row."
    away = "Who is sent away takes no time: those who come later do not wait for that answer."
    return run(
        waits,
        [
            (([0.0, 5.0], 2.0, 9), [0.0, 0.0], "It is free again: nobody has to wait."),
            (([0.0, 1.0, 1.5], 2.0, 9), [0.0, 1.0, 2.5], turn),
            (([0.0, 0.0, 0.0], 1.0, 1), [0.0, 1.0, None], row),
            (([0.0, 0.5, 0.5, 1.5], 2.0, 1), [0.0, 1.5, None, None], row),
            (([0.0, 0.5, 0.5, 2.5], 2.0, 1), [0.0, 1.5, None, 1.5], f"{row} {away}"),
            (([0.0, 0.0, 2.0], 2.0, 1), [0.0, 2.0, 2.0], "At 2 the second one is at work."),
            (([], 1.0, 3), [], "Nobody asks."),
        ],
    )
