"""The engine by name: the committed gate, and the lattice that hears, without a language model."""

from __future__ import annotations

from pathlib import Path

from helpers.core import fingerprints, paths
from helpers.core.examples import EngineError, Example
from helpers.core.source import source_of
from helpers.engines import baseline
from helpers.engines.base import Engine
from helpers.engines.baseline import OneByOne
from helpers.pipeline import route, settings
from helpers.pipeline.route import Router
from helpers.tasks.base import Answer, Progress, Task
from helpers.tasks.dictation.hearing import misheard
from helpers.tasks.dictation.hearing.words import read_words


def create(
    task: Task, name: str, progress: Progress = iter, words: Path | None = None
) -> Engine:
    """Return the engine that routes each dictation; other jobs answer by their own baseline.

    `words` is a file with the reader's own. Raises `SettingsError` where the job's gate is missing.
    """
    if task.domain is None:
        if words:
            raise EngineError(f"{task.name} is no dictation and writes no words; leave words out")
        return baseline.create(task, "baseline", progress)
    own = read_words(words) if words else {}
    routes = router(task).with_words(own)

    def answer(example: Example) -> Answer:
        return routes.answer(example.prompt)

    train = [row.target for row in training_rows(task)]
    tuned = settings.read(settings.path_of(task.name))
    content = fingerprints.digest(train)
    channel = sorted(misheard.read(confusions()).items())
    inputs = [content, task.fingerprint(), repr(tuned), channel, own]
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
