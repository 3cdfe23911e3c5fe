"""Checks of the exercises of appendix A1."""

from __future__ import annotations

import math
from collections.abc import Callable

from helpers.course.exercises.checking import run


def check_bits_per_byte(bits_per_byte: Callable[[float, str], float]) -> bool:
    """Check `bits_per_byte(nats, text)`: what a text costs a byte, from its cost in nats.

    >>> check_bits_per_byte(lambda nats, text: nats / len(text))
    not yet: ... A nat is 1 / ln 2 bits: ...
    False
    """
    bits = "A nat is 1 / ln 2 bits: divide by math.log(2)."
    share = "Divide by how many bytes the text has: it is the cost of one."
    units = 'Bytes are not characters: len(text.encode("utf-8")) counts bytes.'
    return run(
        bits_per_byte,
        [
            ((4.0, "ls -"), 1 / math.log(2), f"{bits} {share}"),
            ((6 * math.log(2), "du"), 3.0, f"{share} {bits}"),
            ((5 * math.log(2), "café"), 1.0, units),
            ((8 * math.log(2), "日本"), 8 / 6, units),
        ],
    )


def check_packed(packed: Callable[[list[list[int]], int], list[list[int]]]) -> bool:
    """Check `packed(documents, length)`: documents laid end to end, cut in rows of `length`.

    >>> check_packed(lambda documents, length: [tokens[:length] for tokens in documents])
    not yet: ... A row goes on with the next document: ...
    False
    """
    on = "A row goes on with the next document: lay all of them end to end, then cut."
    rest = "What is left at the end fills no row: leave it out, do not pad it."
    long = "A long document goes on in the next row; none of its tokens is lost."
    return run(
        packed,
        [
            (([[1, 2], [3, 4, 5, 6]], 3), [[1, 2, 3], [4, 5, 6]], on),
            (([[1, 2, 3, 4, 5, 6], [7, 8, 9]], 3), [[1, 2, 3], [4, 5, 6], [7, 8, 9]], long),
            (([[1, 2, 3], [4]], 3), [[1, 2, 3]], rest),
            (([[1]], 2), [], rest),
        ],
    )


def check_warmth(warmth: Callable[[int, int, int], float]) -> bool:
    """Check `warmth(step, warmup, steps)`: the share of the peak learning rate, steps from 0 on.

    >>> check_warmth(lambda step, warmup, steps: min(1.0, (step + 1) / warmup))
    not yet: ... After the warm-up ...
    False
    """
    first = "The first step is number 0 and must move: (step + 1) / warmup, a share up to 1."
    half = "After the warm-up go along half a cosine; halfway it is halfway between 1 and 1/50."
    shape = "A cosine falls slowly at first: 0.02 + 0.49 * (1 + cos(pi * share of what is left))."
    last = "The last step is number steps - 1, and a fiftieth of the peak is left there."
    quarter = 0.02 + 0.49 * (1 + math.cos(math.pi / 4))
    return run(
        warmth,
        [
            ((0, 100, 1100), 0.01, first),
            ((99, 100, 1100), 1.0, first),
            ((599, 100, 1100), 0.51, half),
            ((349, 100, 1100), quarter, shape),
            ((1099, 100, 1100), 0.02, last),
        ],
    )
