"""Engines without a neural model: a task's rules, and its fitted baselines."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from helpers.core import fingerprints
from helpers.core.examples import EngineError, Example, Prediction
from helpers.core.source import source_of
from helpers.engines.base import Engine
from helpers.tasks.base import Answerer, Progress, Task


@dataclass(frozen=True)
class OneByOne(Engine):
    """An engine around a function that answers one example."""

    name: str
    fingerprint: str
    answerer: Answerer
    batch_size: int = 64
    settings: dict[str, Any] = field(default_factory=dict)

    def answer(self, examples: Sequence[Example]) -> list[Prediction]:
        """Answer each example and take its time."""
        predictions = []
        for example in examples:
            started = time.perf_counter()
            answer = self.answerer(example)
            seconds = time.perf_counter() - started
            predictions.append(
                Prediction(example.id, answer.text, seconds, answer.margin, answer.details)
            )
        return predictions


def create(task: Task, name: str, progress: Progress = iter) -> Engine:
    """Return the engine of a task's rules, or its baseline fitted on the task's training rows."""
    return rules(task) if name == "rules" else fitted(task, task.load("train"), progress)


def rules(task: Task) -> Engine:
    """Return the engine that answers by rules alone; it needs no rows."""
    fingerprint = fingerprints.digest("rules", task.fingerprint(), source_of(__name__))
    return OneByOne("rules", fingerprint, task.rules())


def fitted(task: Task, train: Sequence[Example], progress: Progress = iter) -> Engine:
    """Return the engine fitted on `train`."""
    content = fingerprints.digest([example.row() for example in train])
    answerer = task.fit_baseline(train, progress)
    settings = {"train_rows": len(train), "train_content": content} | task.baseline_settings(train)
    fingerprint = fingerprints.digest("baseline", content, task.fingerprint(), source_of(__name__))
    return OneByOne("baseline", fingerprint, answerer, settings=settings)


def same_text(
    task: Task, train: Sequence[Example], text: Sequence[Example], progress: Progress = iter
) -> Engine:
    """Return the baseline fitted on `train` and on the `text` that a base has read.

    It is fitted when it first answers, so answers that are kept cost nothing. Raises
    `EngineError` where no text is given, or the task fits nothing on any.
    """
    if not text or type(task).same_text is Task.same_text:
        raise EngineError(
            f"{task.name}: the tiny base has read no text that its baseline could be fitted on; "
            "take baseline"
        )

    @cache
    def fit() -> Answerer:
        return task.same_text(train, text, progress).answer

    content = fingerprints.digest([example.row() for example in train])
    of_text = fingerprints.digest([[example.prompt, example.target] for example in text])
    settings = {"train_rows": len(train), "train_content": content}
    settings |= {"text_rows": len(text), "text_content": of_text}
    settings |= task.baseline_settings(train, progress)
    fingerprint = fingerprints.digest(
        "same_text", content, of_text, task.fingerprint(), source_of(__name__)
    )
    return OneByOne("same_text", fingerprint, lambda row: fit()(row), settings=settings)


def strongest(task: Task, train: Sequence[Example], progress: Progress = iter) -> Engine:
    """Return the engine of the last of the task's baselines that these rows can fit."""
    best = task.baselines(train, progress)[-1]
    content = fingerprints.digest([example.row() for example in train])
    fingerprint = fingerprints.digest(
        "strongest", best.name, content, task.fingerprint(), source_of(__name__)
    )
    settings = {"step": best.name, "train_rows": len(train), "train_content": content}
    return OneByOne("baseline", fingerprint, best.answer, settings=settings)
