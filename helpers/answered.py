"""What an engine answered to rows, with its grades: asked now, or read from a file of answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import records, scoring
from helpers.engines.base import Engine, Prediction
from helpers.evaluation import errors
from helpers.evaluation.buckets import Grade
from helpers.evaluation.errors import Error
from helpers.rows import DataError, Example
from helpers.tasks.base import Task


@dataclass(frozen=True)
class Answered:
    """Rows, an engine's answers to them in their order, their grades, and the record of all."""

    examples: Sequence[Example]
    predictions: Sequence[Prediction]
    grades: Sequence[Grade]
    record: dict[str, Any]

    @property
    def texts(self) -> list[str]:
        """The answers' texts."""
        return [prediction.text for prediction in self.predictions]

    @property
    def exact(self) -> list[bool]:
        """Whether each answer is exactly right."""
        return [grade.exact for grade in self.grades]

    @property
    def margins(self) -> list[float | None]:
        """How sure each answer is; None for all, of an engine that does not say."""
        return errors.margins([prediction.details for prediction in self.predictions])

    @property
    def errors(self) -> list[Error]:
        """The wrong answers, with their rows and margins."""
        told = zip(self.examples, self.texts, self.margins, self.grades, strict=True)
        return [
            Error(example, text, margin, grade.equivalent)
            for example, text, margin, grade in told
            if not grade.exact
        ]


def ask(task: Task, engine: Engine, examples: Sequence[Example], split: str) -> Answered:
    """Ask an engine and grade its answers; what it answered before is found again."""
    record, folder = scoring.score(task, engine, examples, split)
    found = records.finished(folder)
    predictions = [found[example.id] for example in examples]
    grades = task.grade([prediction.text for prediction in predictions], examples)
    return Answered(examples, predictions, grades, record)


def read(file: str | Path, task: Task, examples: Sequence[Example]) -> Answered:
    """Read the answers to these rows from a file of `score --out`, of any engine.

    Further rows in it are passed over. Raises `DataError` unless it answers all of these.
    """
    try:
        rows = map(json.loads, Path(file).read_text(encoding="utf-8").splitlines())
        found = {(row["id"], row["target"]): row for row in rows}
        told = [found[example.id, example.target] for example in examples]
        predictions = [
            Prediction(row["id"], row["prediction"], row["seconds"], _details(row)) for row in told
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{file}: does not answer these rows ({type(error).__name__}: {error}); write it by "
            "'score --out', for the same split of the same data"
        ) from error
    grades = task.grade([prediction.text for prediction in predictions], examples)
    groups = [example.group for example in examples]
    record = {"file": str(file)} | scoring.summarize(grades, predictions, groups)
    return Answered(examples, predictions, grades, record)


def _details(row: dict[str, Any]) -> dict[str, Any]:
    return {"margin": row["margin"]} if "margin" in row else {}
