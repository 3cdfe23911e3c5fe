"""Engines by name. An engine's module, and what it needs, is imported when it is asked for."""

from __future__ import annotations

from helpers.engines.base import Engine
from helpers.tasks.base import Progress, Task

NAMES = ("rules", "baseline")


def create(name: str, task: Task, progress: Progress = iter) -> Engine:
    """Return an engine ready to answer; a baseline is fitted on the task's training rows.

    Raises `ValueError` for an unknown name, and `DataError` for rows that cannot be read.
    """
    if name not in NAMES:
        raise ValueError(f"there is no engine {name!r}; choose one of {', '.join(NAMES)}")
    from helpers.engines import baseline

    if name == "rules":
        return baseline.rules(task)
    return baseline.fitted(task, task.load("train"), progress)
