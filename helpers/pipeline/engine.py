"""The engine by name: the committed gate, and the lattice that hears, without a language model."""

from __future__ import annotations

from pathlib import Path

from helpers.core import fingerprints, paths
from helpers.core.examples import Example
from helpers.core.source import source_of
from helpers.engines import baseline
from helpers.engines.base import Engine
from helpers.engines.baseline import OneByOne
from helpers.pipeline import route, settings
from helpers.pipeline.route import Router
from helpers.tasks.base import Answer, Progress, Task
from helpers.tasks.dictation.hearing import misheard


def create(task: Task, name: str, progress: Progress = iter) -> Engine:
    """Return the engine that routes each dictation; other jobs answer by their own baseline.

    Raises `SettingsError` where the job's gate is missing.
    """
    if task.domain is None:
        return baseline.create(task, "baseline", progress)
    routes = router(task)

    def answer(example: Example) -> Answer:
        return routes.answer(example.prompt)

    train = [row.target for row in training_rows(task)]
    tuned = settings.read(settings.path_of(task.name))
    content = fingerprints.digest(train)
    inputs = [content, task.fingerprint(), repr(tuned), sorted(misheard.read(confusions()).items())]
    fingerprint = fingerprints.digest("pipeline", inputs, source_of(__name__))
    metadata = {"train_rows": len(train), "train_content": content}
    return OneByOne("pipeline", fingerprint, answer, settings=metadata)


def router(task: Task) -> Router:
    """Fit the router of a dictation on its training rows, with the committed gate and costs."""
    tuned = settings.read(settings.path_of(task.name))
    targets = [row.target for row in training_rows(task)]
    channel = misheard.read(confusions())
    return route.fit(targets, task.domain, tuned.gate, tuned.costs, channel)


def training_rows(task: Task) -> list[Example]:
    """Return what a pipeline's n-gram reads: the folder's training rows, the bundled, the heard."""
    folders = dict.fromkeys([task.data_dir, paths.data(task.name), heard_folder(task)])
    there = [folder for folder in folders if (folder / "train.jsonl").exists()]
    return [row for folder in there for row in task.load("train", folder)]


def heard_folder(task: Task) -> Path:
    """Return the folder of a domain's rows of heard speech."""
    return paths.data(f"spoken_{task.domain.name}")


def confusions() -> Path:
    """Return the table of what was heard for what was said."""
    return paths.data("speech") / "confusions.json"
