"""Benchmarks that print ratios: machines are noisy, so never compare their seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from helpers import engines, tasks
from helpers.core.examples import Example
from helpers.course.full_tuning import full
from helpers.course.training_speed import train
from helpers.engines.base import Engine
from helpers.tasks.dictation.writer import fit

FIRST_TWO = ("free", "grammar")


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
    task = tasks.get("dictated_bash")
    train = task.load("train")
    words = " ".join(example.prompt for example in train).split()
    writer = fit([example.target for example in train], task.domain)
    short, long = (" ".join(words[:length]) for length in lengths)
    taken = [seconds(lambda text=text: writer.candidates(text)) for text in (short, long)]
    return {
        "words": lengths[1] / lengths[0],
        "seconds_short": taken[0],
        "seconds_long": taken[1],
        "ratio": taken[1] / taken[0],
    }


def grammar(model: str | Path, rows: int = 24) -> dict[str, float]:
    """Return how much faster a row is answered in its grammar than free, one row at a time.

    Forced tokens cost no step: `forced` is their share. A model that was tuned for one of the two
    tasks is timed on that one. An untuned one writes other texts when free, so that only a tuned
    one's ratio says something.
    """
    found = {}
    for name in _tasks_of(model, ("voice_command", "dictated_bash")):
        task = tasks.get(name, variant=engines.variant_of(model))
        examples = task.load("valid")[:rows]
        free, masked = (engines.create("torch", task, model=model, decode=d) for d in FIRST_TWO)
        taken = [_one_by_one(engine, examples) for engine in (free, masked)]
        details = [p.details for p in masked.answer(examples)]
        written = sum(d["tokens"] for d in details)
        found |= {
            f"{name} ratio": taken[0] / taken[1],
            f"{name} forced": sum(d["forced"] for d in details) / written,
            f"{name} tokens": written / rows,
            f"{name} tokens free": sum(p.details["tokens"] for p in free.answer(examples)) / rows,
        }
    return found


def batch(model: str | Path, rows: int = 128, alone: int = 12) -> dict[str, float]:
    """Return how many times more rows a second are answered in batches than one at a time."""
    (name,) = _tasks_of(model, ("dictated_bash",))
    task = tasks.get(name, variant=engines.variant_of(model))
    examples = task.load("valid")[:rows]
    some = examples[:: max(1, rows // alone)]
    found = {}
    for decode in engines.DECODINGS:
        engine = engines.create("torch", task, model=model, decode=decode)
        together = seconds(lambda engine=engine: engine.answer(examples), 3) / len(examples)
        found[f"{name} {decode} ratio"] = _one_by_one(engine, some) / len(some) / together
    return found


def _one_by_one(engine: Engine, examples: Sequence[Example]) -> float:
    return seconds(lambda: [engine.answer([example]) for example in examples], 3)


def _tasks_of(model: str | Path, names: Sequence[str]) -> list[str]:
    """Return those of the names that a model can be asked for: a run's own task, or all."""
    own = engines.task_of(model)
    return [name for name in names if own in ("", name)] or [own]


BENCHMARKS: dict[str, Callable[..., dict[str, Any]]] = {
    "linear": linear,
    "grammar": grammar,
    "batch": batch,
    "train": train,
    "full": full,
}
