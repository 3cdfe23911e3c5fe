"""Checks of the exercises of notebook 06."""

from __future__ import annotations

from collections.abc import Callable

from helpers.course.exercises.checking import run


def check_bits_a_weight(bits_a_weight: Callable[[int, int], float]) -> bool:
    """Check `bits_a_weight(size, weights)`: bits of a file for each of its model's weights.

    >>> check_bits_a_weight(lambda size, weights: 8 * size / weights)
    correct
    True
    """
    eight = "A byte has eight bits."
    return run(
        bits_a_weight,
        [
            ((4_000_000, 1_000_000), 32.0, eight),
            ((1_062_500, 1_000_000), 8.5, f"{eight} Scales count, too: it need not be whole."),
            ((562_500, 1_000_000), 4.5, eight),
        ],
    )


def check_flips(flips: Callable[[list[str], list[str]], list[int]]) -> bool:
    """Check `flips(trained, exported)`: the numbers of the rows whose answers differ.

    >>> check_flips(lambda a, b: [n for n in range(len(a)) if a[n] != b[n]])
    correct
    True
    """
    answers = "Compare answers, not grades: right or wrong, another answer is a flip."
    return run(
        flips,
        [
            ((["ls", "df"], ["ls", "du"]), [1], answers),
            ((["ls"], ["ls"]), [], "Where nothing differs the list is empty."),
            ((["a", "b", "c"], ["x", "b", "y"]), [0, 2], f"{answers} All of them, in order."),
            ((["ls -L"], ["ls -l"]), [0], "A letter's case is a difference, too."),
        ],
    )


def check_rounded(rounded: Callable[[list[float], int], list[float]]) -> bool:
    """Check `rounded(weights, bits)`: weights rounded to evenly spaced values and back.

    >>> def rounded(weights, bits):
    ...     low, high = min(weights), max(weights)
    ...     step = (high - low) / (2**bits - 1)
    ...     return [low + step * round((w - low) / step) if step else w for w in weights]
    >>> check_rounded(rounded)
    correct
    True
    """
    levels = "Some bits make 2**bits values, evenly spaced from the smallest to the largest weight."
    return run(
        rounded,
        [
            (([0.0, 0.4, 1.0], 1), [0.0, 0.0, 1.0], f"{levels} One bit makes two values."),
            (([0.0, 0.9, 1.0], 1), [0.0, 1.0, 1.0], "Take the nearest value, above or below."),
            (([0.0, 1.2, 3.0], 2), [0.0, 1.0, 3.0], levels),
            (([-1.0, 0.2, 2.0], 2), [-1.0, 0.0, 2.0], f"{levels} The smallest may be negative."),
            (([0.5, 0.5], 4), [0.5, 0.5], "Equal weights have no distance to divide."),
        ],
    )
