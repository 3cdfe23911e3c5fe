"""Benchmarks that print ratios: machines are noisy, so never compare their seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from helpers import tasks
from helpers.dictation.writer import Settings, fit


def seconds(action: Callable[[], Any], repeats: int = 5) -> float:
    """Return the median seconds of `repeats` calls, after one that does not count."""
    action()
    taken = []
    for _ in range(repeats):
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return median(taken)


def linear(lengths: Sequence[int] = (1_000, 10_000)) -> dict[str, float]:
    """Return how much longer a dictation of 10,000 words takes than one of 1,000.

    A ratio near 10 means that cost grows linearly with length.
    """
    train = tasks.get("dictated_bash").load("train")
    words = " ".join(example.prompt for example in train).split()
    writer = fit([example.target for example in train], Settings())
    short, long = (" ".join(words[:length]) for length in lengths)
    taken = [seconds(lambda text=text: writer.candidates(text)) for text in (short, long)]
    return {
        "words": lengths[1] / lengths[0],
        "seconds_short": taken[0],
        "seconds_long": taken[1],
        "ratio": taken[1] / taken[0],
    }


BENCHMARKS: dict[str, Callable[[], dict[str, float]]] = {"linear": linear}
