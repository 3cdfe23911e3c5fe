"""The engine by name: a pipeline's file, or the committed one, which has no language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.core import fingerprints, paths
from helpers.core.examples import EngineError, Example, Prediction
from helpers.core.source import source_of
from helpers.engines.base import Engine
from helpers.pipeline import loading
from helpers.pipeline.drafts import Dictations
from helpers.pipeline.route import Router
from helpers.pipeline.run import Pipeline
from helpers.tasks.base import Progress, Task
from helpers.tasks.dictation.hearing.words import read_words


@dataclass(frozen=True)
class PipelineEngine(Engine):
    """Answers with a pipeline. Where it would ask, its best answer counts; the details say so."""

    pipeline: Pipeline
    name: str = "pipeline"
    batch_size: int = 64

    @cached_property
    def fingerprint(self) -> str:
        """A name for everything that has a say in the answers."""
        made, code = self.pipeline, source_of(__name__)
        return fingerprints.digest(
            "pipeline", asdict(made.settings), made.learned, made.task.fingerprint(), code
        )

    @property
    def settings(self) -> dict[str, Any]:
        """What a record tells of the pipeline."""
        model = self.pipeline.settings.model
        return dict(self.pipeline.learned) | ({"model": asdict(model)} if model else {})

    def answer(self, examples: Sequence[Example]) -> list[Prediction]:
        """Answer a batch, in its order."""
        outcomes = self.pipeline.answer(examples)
        return [
            Prediction(example.id, one.text, one.seconds, one.margin, dict(one.details))
            for example, one in zip(examples, outcomes, strict=True)
        ]

    def forget(self, examples: Sequence[Example]) -> None:
        """Forget nothing: nothing is kept."""


def create(
    task: Task,
    name: str,
    progress: Progress = iter,
    words: Path | None = None,
    pipeline: Path | None = None,
) -> Engine:
    """Return the engine of a pipeline's file, or of the one that comes with the course.

    `words` is a file with the reader's own. Raises `SettingsError` or `PartError` where the file
    cannot be used, and `EngineError` where it is another job's.
    """
    if words and task.domain is None:
        raise EngineError(f"{task.name} is no dictation and writes no words; leave words out")
    own = read_words(words) if words else {}
    if pipeline is None:
        made = loading.committed(task, own, progress)
    else:
        made = loading.load(pipeline, own, progress)
    if made.task.name != task.name:
        raise EngineError(f"{pipeline}: answers {made.task.name}, not {task.name}; name that task")
    return PipelineEngine(made)


def router(task: Task) -> Router:
    """Return the router of a dictation, as the committed pipeline has it."""
    drafter = loading.committed(task).drafter
    if not isinstance(drafter, Dictations):
        raise EngineError(f"{task.name} is no dictation; nothing routes it")
    return drafter.router


def heard_folder(task: Task) -> Path:
    """Return the folder of a domain's rows of heard speech."""
    return paths.data(f"spoken_{task.domain.name}")


def confusions() -> Path:
    """Return the table of what was heard for what was said."""
    return paths.data("speech") / "confusions.json"
