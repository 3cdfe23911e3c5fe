"""Checks of the exercises of notebook 05."""

from __future__ import annotations

from collections.abc import Callable

from helpers.course.exercises.checking import run


def check_scale_of(scale_of: Callable[[float, int], float]) -> bool:
    """Check `scale_of(alpha, rank)`: what mlx-lm's `scale` is for PEFT's alpha and rank.

    >>> check_scale_of(lambda alpha, rank: alpha / rank)
    correct
    True
    """
    over = "PEFT multiplies what the adapter adds by alpha over rank."
    return run(
        scale_of,
        [
            ((32.0, 16), 2.0, over),
            ((16.0, 16), 1.0, over),
            ((16.0, 64), 0.25, f"{over} It may be less than 1."),
        ],
    )


def check_rows_dropped(rows_dropped: Callable[[int, int], int]) -> bool:
    """Check `rows_dropped(n, batch)`: the rows that whole batches leave out.

    >>> check_rows_dropped(lambda n, batch: n % batch)
    correct
    True
    """
    whole = "Whole batches take as many rows as fit; the rest is what is left over."
    return run(
        rows_dropped,
        [
            ((10, 4), 2, whole),
            ((12, 4), 0, f"{whole} Where all batches are whole, nothing is."),
            ((3, 4), 3, f"{whole} Without one whole batch, all rows are."),
        ],
    )


def check_with_padding(with_padding: Callable[[float, int, float, int], float]) -> bool:
    """Check `with_padding(loss, tokens, padding, rows)`: the mean with a padding token a row.

    >>> check_with_padding(lambda a, t, p, rows: (a * t + p * rows) / (t + rows))
    correct
    True
    """
    mean = "A mean is a sum over a count: add the losses of all tokens up, then divide."
    return run(
        with_padding,
        [
            ((1.0, 30, 7.0, 10), 2.5, mean),
            ((0.5, 90, 0.5, 10), 0.5, f"{mean} Equal losses stay what they are."),
            ((2.0, 10, 0.0, 10), 1.0, f"{mean} Padding that is learned well pulls it down."),
        ],
    )
