"""Answer, grade, record: the one way in which pages, commands and sweeps score an engine.

Answers are kept as they come, and the record is written at the end.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.core import fingerprints, provenance, records, runs
from helpers.core.examples import DataError, Example, Prediction, margin_in
from helpers.core.files import replace_file
from helpers.engines.base import Engine
from helpers.evaluation import grading, statistics
from helpers.evaluation.errors import Error
from helpers.evaluation.grading import Grade
from helpers.tasks.base import Progress, Task


@dataclass(frozen=True)
class Scored:
    """An engine's answers to some rows, in their order: graded, recorded, and kept in `folder`.

    Answers read from a file, or of a model in training, have no folder.
    """

    record: dict[str, Any]
    folder: Path | None
    examples: Sequence[Example]
    predictions: Sequence[Prediction]
    grades: Sequence[Grade]

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
        """How sure each answer is; None of an engine that does not say."""
        return [prediction.margin for prediction in self.predictions]

    @property
    def errors(self) -> list[Error]:
        """The wrong answers, with their rows and margins."""
        rows = zip(self.examples, self.texts, self.margins, self.grades, strict=True)
        return [
            Error(example, text, margin, grade.equivalent)
            for example, text, margin, grade in rows
            if not grade.exact
        ]


def answer_all(
    engine: Engine, examples: Sequence[Example], folder: Path, progress: Progress = iter
) -> list[Prediction]:
    """Answer all examples, resuming from the run in `folder`.

    Batches are fixed from all examples before finished ones are skipped, so a batch holds the
    same rows, and gives the same answers, whether or not the run was interrupted.
    """
    done = runs.finished(folder)
    began = len(done)
    for batch in progress(runs.batches(examples, engine.batch_size)):
        missing = {example.id for example in batch} - done.keys()
        if missing:
            new = [p for p in engine.answer(batch) if p.id in missing]
            if len(done) == began:
                provenance.note(folder)
            runs.append(folder, new)
            done |= {p.id: p for p in new}
    if len(done) > began:
        provenance.note_memory(folder)
    return [done[example.id] for example in examples]


def score(
    task: Task,
    engine: Engine,
    examples: Sequence[Example],
    split: str,
    progress: Progress = iter,
    fresh: bool = False,
) -> Scored:
    """Answer `examples` with `engine`, grade the answers and keep a record of all.

    The run is named by task, engine and rows: started again it goes on where it stopped, or
    returns what it found; `fresh` forgets earlier answers first.
    """
    config = _config(task, engine, examples, split)
    folder = _folder(config)
    with runs.only_one(folder):
        if fresh:
            engine.forget(examples)
        if fresh or not provenance.noted(folder):
            provenance.forget(folder)
        predictions = answer_all(engine, examples, folder, progress)
        environment = provenance.of_answers(folder)
    grades = task.grade([p.text for p in predictions], examples)
    record = config | {"run": folder.name, "settings": engine.settings}
    record |= summarize(grades, predictions, [example.group for example in examples])
    record |= aspect_shares(task, predictions, examples)
    record |= environment | _dated(predictions)
    runs.write(folder, record)
    return Scored(record, folder, examples, predictions, grades)


def folder_of(task: Task, engine: Engine, examples: Sequence[Example], split: str) -> Path:
    """Return the folder in which `score` keeps an engine's answers to these rows."""
    return _folder(_config(task, engine, examples, split))


def _folder(config: dict[str, Any]) -> Path:
    return runs.run_folder(f"score-{config['task']}-{config['engine']}", **config)


def _config(
    task: Task, engine: Engine, examples: Sequence[Example], split: str
) -> dict[str, Any]:
    content = fingerprints.digest([example.row() for example in examples])
    config = {"task": task.name, "engine": engine.name, "fingerprint": engine.fingerprint}
    return config | {"split": split, "content": content}


def _dated(predictions: Sequence[Prediction]) -> dict[str, Any]:
    """Return when the first answer was given, if the engine itself keeps answers and says so."""
    dates = [p.details["created"] for p in predictions if "created" in p.details]
    return {"created": min(dates)} if dates else {}


def examine(task: Task, engine: Engine, examples: Sequence[Example]) -> Scored:
    """Answer and grade and keep nothing: for a model that the next step of training changes."""
    predictions = engine.answer(examples)
    grades = task.grade([prediction.text for prediction in predictions], examples)
    return Scored(grading.summary(grades), None, examples, predictions, grades)


def read(file: str | Path, task: Task, examples: Sequence[Example]) -> Scored:
    """Read the answers to these rows from a file of `score --out`, of any engine.

    Further rows in it are passed over. Raises `DataError` unless it answers all of these.
    """
    try:
        lines = map(json.loads, Path(file).read_bytes().splitlines())
        answers = {(row["id"], row["target"]): row for row in lines}
        rows = [answers[example.id, example.target] for example in examples]
        predictions = [
            records.prediction(row["id"], row["prediction"], row["seconds"], margin_in(row))
            for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise DataError(
            f"{file}: does not answer these rows ({type(error).__name__}: {error}); write it by "
            "'score --out', for the same split of the same data"
        ) from error
    grades = task.grade([prediction.text for prediction in predictions], examples)
    groups = [example.group for example in examples]
    record = {"file": str(file)} | summarize(grades, predictions, groups)
    return Scored(record, None, examples, predictions, grades)


def summarize(
    grades: Sequence[Grade], predictions: Sequence[Prediction], groups: Sequence[str]
) -> dict[str, Any]:
    """Return scores as fractions with 95 % intervals, and seconds an answer.

    Where rows share groups the intervals come from a bootstrap that resamples groups, because
    rows of a group succeed and fail together; else they are Wilson's. A score of 0 or 1, which no
    resampling changes, gets Wilson's with a group for a row; one group alone tells next to nothing.
    """
    exact = [grade.bucket == "exact" for grade in grades]
    effective = [grade.bucket in ("exact", "near") for grade in grades]
    independent = len(set(groups))
    grouped = independent < len(groups)

    def interval(hits: list[bool]) -> list[float]:
        if grouped and len(set(hits)) == 1:
            low, high = statistics.wilson(independent * hits[0], independent)
        elif grouped and independent == 1:
            low, high = 0.0, 1.0
        elif grouped:
            low, high = statistics.grouped_bootstrap(hits, groups)
        else:
            low, high = statistics.wilson(sum(hits), len(hits))
        return [round(float(low), 6), round(float(high), 6)]

    seconds = sorted(prediction.seconds for prediction in predictions)
    return grading.summary(grades) | {
        "exact_ci": interval(exact),
        "effective_ci": interval(effective),
        "interval": "bootstrap over groups" if grouped else "Wilson",
        "seconds_median": statistics.quantile(seconds, 0.5),
        "seconds_p95": statistics.quantile(seconds, 0.95),
    }


def aspect_shares(
    task: Task, predictions: Sequence[Prediction], examples: Sequence[Example]
) -> dict[str, dict[str, float]]:
    """Return, under "aspects", the share of answers right in each aspect the task names."""
    pairs = zip(predictions, examples, strict=True)
    found = [task.aspects(prediction.text, example) for prediction, example in pairs]
    shares = {name: sum(row[name] for row in found) / len(found) for name in found[0]}
    return {"aspects": shares} if shares else {}


def prediction_rows(scored: Scored) -> list[dict[str, Any]]:
    """Return a row for each answer: id, prompt, target, prediction, bucket, seconds, details."""
    return [
        {
            "id": example.id,
            "group": example.group,
            "prompt": example.prompt,
            "target": example.target,
            "prediction": prediction.text,
            "bucket": grade.bucket,
        }
        | prediction.row
        for example, prediction, grade in zip(
            scored.examples, scored.predictions, scored.grades, strict=True
        )
    ]


def write_predictions(path: Path, found: list[dict[str, Any]]) -> None:
    """Write prediction rows as JSON lines: a file in one step, a device or a pipe as it is."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, text)
