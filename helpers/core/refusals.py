"""What a reader is told whose rows cannot be read: the fault, and the command that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from helpers.core import forms
from helpers.core.forms import OtherForm

SHOWN = 20  # bad rows listed in full; the rest are counted
OTHER_NAMES = {"valid": ("validation", "val", "dev"), "test": ("eval",)}
IMPORTED = (".csv", ".tsv", ".json", ".jsonl", ".ndjson")  # what import-rows reads


def of_rows(
    path: Path, lines: list[bytes], problems: list[ValueError], places: list[int]
) -> str:
    """Return the one line that names the form of a whole file, or a line for each bad row."""
    container = forms.container(b"\n".join(lines).decode("utf-8", "replace"))
    if container and places[0] == 1:
        return (f"{path}: is {container}, and rows stand one a line; {command(path)}")
    if len(problems) == len(lines) and all(isinstance(one, OtherForm) for one in problems):
        all_of = "" if len(lines) == 1 else f"; none of its {len(lines)} rows is the course's"
        return (f"{path} line 1: {problems[0]}{all_of}; {command(path)}")
    told = [
        f"{path} line {place}: {problem}"
        + (f"; {command(path)}" if isinstance(problem, OtherForm) else "")
        for place, problem in zip(places, problems, strict=True)
    ]
    more = [f"… and {len(told) - SHOWN} more bad rows"] if len(told) > SHOWN else []
    return "\n".join(told[:SHOWN] + more)


def command(path: Path) -> str:
    """Return the command that writes a file's rows in the course's form."""
    out = path.with_suffix(".jsonl").name
    return f"import it: python -m helpers import-rows {path} OUT/{out} --task TASK"


def instead(folder: Path, split: str, splits: Sequence[str]) -> str:
    """Return what to do about a split that is missing: import its rows, or use another."""
    for name in (split, *OTHER_NAMES.get(split, ())):
        for ending in IMPORTED:
            file = folder / f"{name}{ending}"
            if file.is_file():
                return (
                    f"{file.name} is there; import it: python -m helpers import-rows {file} "
                    f"{folder / split}.jsonl --task TASK"
                )
    present = " or ".join(s for s in splits if (folder / f"{s}.jsonl").exists())
    return f"add it, or use {present or 'another folder'}"
