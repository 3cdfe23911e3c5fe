"""The jobs of the course, by name: a folder each, whose `task.py` lists its `TASKS`.

Further domains of dictation are a folder each in `domains`: a table, and no task of their own.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # importing a part of one task loads no other
    from helpers.tasks.base import Task


def registry() -> dict[str, Task]:
    """Return every task by name: those that the folders of this package list, and the domains.

    Raises `ValueError` for a folder that lists none, and for a name that two tasks have.
    """
    jobs, further = _registry(tuple(__path__)), _domains()
    for name in jobs.keys() & further.keys():
        raise ValueError(f"two tasks are called {name!r}; rename that of domains")
    return dict(sorted((jobs | further).items()))


@cache
def _registry(roots: tuple[str, ...]) -> dict[str, Task]:
    folders = sorted({file.parent.name for root in roots for file in Path(root).glob("*/task.py")})
    found: dict[str, Task] = {}
    for folder in folders:
        for task in _listed(folder):
            if task.name in found:
                raise ValueError(f"two tasks are called {task.name!r}; rename that of {folder}")
            found[task.name] = task
    return dict(sorted(found.items()))


def _listed(folder: str) -> tuple[Task, ...]:
    module = import_module(f"{__name__}.{folder}.task")
    if not getattr(module, "TASKS", ()):
        raise ValueError(f"{module.__file__}: lists no TASKS; end it with TASKS = (your task,)")
    return module.TASKS


def _domains() -> dict[str, Task]:
    return import_module(f"{__name__}.domains.registry").tasks()


def names() -> tuple[str, ...]:
    """Return the names of the jobs that pages tell of: all but the further domains.

    >>> "dictated_bash" in names(), "dictated_sql" in names()
    (True, False)
    """
    return tuple(_registry(tuple(__path__)))


def domain_names() -> tuple[str, ...]:
    """Return the names of the further domains of dictation.

    >>> "dictated_sql" in domain_names()
    True
    """
    return tuple(_domains())


def get(name: str, data_dir: str | Path | None = None, variant: str = "") -> Task:
    """Return a task by name, on the bundled rows or a folder of your own.

    Raises `ValueError` that lists the names, or the task's variants.

    >>> get("dictated_bash").title
    'Dictated bash'
    """
    if name not in registry():
        raise ValueError(f"there is no task {name!r}; choose one of {', '.join(registry())}")
    task = registry()[name]
    folder = Path(data_dir) if data_dir else None
    return replace(task, folder=folder, variant=variant) if folder or variant else task
