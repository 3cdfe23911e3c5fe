"""Where things lie, whether a notebook, a test or a clone on Colab asks."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """Return the project's folder: the one above `helpers`, or the nearest above the caller's.

    `TINY_SPECIALISTS_ROOT` overrides it. Raises `FileNotFoundError` outside a clone.
    """
    chosen = os.environ.get("TINY_SPECIALISTS_ROOT")
    around = [Path(__file__).parents[2], Path.cwd(), *Path.cwd().parents]
    for folder in [Path(chosen)] if chosen else around:
        if (folder / "data").is_dir() and (folder / "notebooks").is_dir():
            return folder.resolve()
    raise FileNotFoundError(
        f"no clone of the course at {chosen or Path.cwd()}; "
        "change into the clone or set TINY_SPECIALISTS_ROOT to it"
    )


def data(task: str) -> Path:
    """Return the bundled data folder of a task."""
    return root() / "data" / task


def runs() -> Path:
    """Return the folder of runs, which `TINY_SPECIALISTS_RUNS` may move (to Drive, say)."""
    return Path(os.environ.get("TINY_SPECIALISTS_RUNS", root() / "runs"))


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path as pages show it: relative to the project if it lies inside.

    >>> shown(root() / "data" / "dictated_bash")
    'data/dictated_bash'
    """
    path = Path(path).resolve()
    return str(path.relative_to(root()) if path.is_relative_to(root()) else path)
