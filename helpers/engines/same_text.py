"""The engine by name of a baseline that has read what a tiny base has read."""

from __future__ import annotations

from helpers.corpora import same_text
from helpers.engines import baseline
from helpers.engines.base import Engine
from helpers.tasks.base import Progress, Task


def create(task: Task, name: str, progress: Progress = iter) -> Engine:
    """Return the baseline fitted on the task's training rows and on a tiny base's text.

    Raises `EngineError` for a task of which the base has read nothing.
    """
    return baseline.same_text(task, task.load("train"), same_text.rows(task), progress)
