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
from helpers.tasks.base import Answer, Progress, Task
from helpers.tasks.dictation.hearing import misheard


def create(task: Task, name: str, progress: Progress = iter) -> Engine:
    """Return the engine that routes each dictation; other jobs answer by their own baseline.

    Raises `SettingsError` where the job's gate is missing.
    """
    if task.domain is None:
        return baseline.create(task, "baseline", progress)
    tuned = settings.read(settings.path_of(task.name))
    train = training_rows(task)
    router = route.fit(
        [row.target for row in train],
        task.domain,
        tuned.gate,
        tuned.costs,
        misheard.read(confusions()),
    )

    def answer(example: Example) -> Answer:
        return router.answer(example.prompt)

    content = fingerprints.digest([row.target for row in train])
    fingerprint = fingerprints.digest(
        "pipeline", content, task.fingerprint(), repr(tuned), source_of(__name__)
    )
    metadata = {"train_rows": len(train), "train_content": content}
    return OneByOne("pipeline", fingerprint, answer, settings=metadata)


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
