"""The files that a pipeline's answers rest on: named by where they lie, known by their content.

A part's path is relative to the pipeline's own file, so that both may be copied together.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from helpers.core.files import sha256

OF_MODELS = frozenset({".json", ".jinja", ".model", ".safetensors", ".txt"})


class PartError(ValueError):
    """A part of a pipeline that is missing or changed; the message names it and the fix."""


def digests(files: Iterable[Path], near: Path) -> dict[str, str]:
    """Return the sha256 of files by their paths from the folder `near`."""
    return {relative(file, near): sha256(file) for file in files}


def relative(path: Path, near: Path) -> str:
    """Return a path as it is from a folder, with slashes on every system.

    >>> relative(Path("/a/rows/train.jsonl"), Path("/a/made"))
    '../rows/train.jsonl'
    """
    return Path(os.path.relpath(path.resolve(), near.resolve())).as_posix()


def of_model(folder: Path) -> list[Path]:
    """Return the files of a model's folder that may have a say in its answers."""
    return sorted(file for file in folder.iterdir() if file.suffix in OF_MODELS and file.is_file())


def copy(file: Path, to: Path) -> Path:
    """Copy a file and return the copy, as private as it; where both are one, nothing is done."""
    to.parent.mkdir(parents=True, exist_ok=True)
    if not (to.exists() and to.samefile(file)):
        shutil.copyfile(file, to)
        to.chmod(file.stat().st_mode & 0o777 | 0o200)  # so that it can be written once more
    return to


def others(files: Iterable[Path], *folders: Path) -> list[Path]:
    """Return the files in folders that are none of these."""
    there = {file for folder in folders for file in folder.rglob("*") if file.is_file()}
    return sorted(there - set(files))


def check(known: Mapping[str, str], of: Path, fix: str) -> None:
    """Raise `PartError` for the first part of the pipeline `of` that is missing or changed."""
    for name, wanted in known.items():
        file = of.parent / name
        if not file.is_file():
            raise PartError(f"{of}: its part {name} is missing; put it back beside it, or {fix}")
        if sha256(file) != wanted:
            raise PartError(f"{of}: its part {name} has changed; put the old one back, or {fix}")
