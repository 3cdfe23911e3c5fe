"""The domains that have a folder here: each is a job of dictation as soon as it has a table."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from helpers.tasks import domains
from helpers.tasks.dictation import tables
from helpers.tasks.dictation.task import Dictation, dictation


def tasks() -> dict[str, Dictation]:
    """Return the domains' tasks by name; raises `ValueError` for a name that two of them have."""
    return {name: task for name, (task, _) in _registered(tuple(domains.__path__)).items()}


def task_of(name: str) -> Dictation:
    """Return a domain's task by its name; raises `ValueError` that lists the names."""
    return _one(name)[0]


def folder_of(name: str) -> Path:
    """Return the folder of a domain, by its task's name; raises `ValueError` that lists the names.

    >>> folder_of("dictated_sql").name
    'sql'
    """
    return _one(name)[1]


def _one(name: str) -> tuple[Dictation, Path]:
    found = _registered(tuple(domains.__path__))
    if name not in found:
        raise ValueError(f"there is no domain {name!r}; choose one of {', '.join(found)}")
    return found[name]


@cache
def _registered(roots: tuple[str, ...]) -> dict[str, tuple[Dictation, Path]]:
    found: dict[str, tuple[Dictation, Path]] = {}
    for file in sorted(file for root in roots for file in Path(root).glob("*/table.toml")):
        task = dictation(tables.read(file))
        if task.name in found:
            raise ValueError(f"{file}: another domain is called {task.domain.name!r}; rename one")
        found[task.name] = task, file.parent
    return dict(sorted(found.items()))
