"""The three jobs of the course, by name."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path

from helpers.tasks.base import Task

NAMES = ("dictated_bash", "support_label", "voice_command")


def get(name: str, data_dir: str | Path | None = None, variant: str = "") -> Task:
    """Return a task by name, on the bundled rows or a folder of your own.

    Raises `ValueError` that lists the names, or the task's variants.

    >>> get("dictated_bash").title
    'Dictated bash'
    """
    if name not in NAMES:
        raise ValueError(f"there is no task {name!r}; choose one of {', '.join(NAMES)}")
    task = import_module(f"helpers.tasks.{name}").TASK
    folder = Path(data_dir) if data_dir else None
    return replace(task, folder=folder, variant=variant) if folder or variant else task
