"""Where a run's kept answers were made: when, at which commit, with which versions and machine.

A run that goes on, or is only read again, may do so much later and elsewhere. Its milliseconds
belong to the machine that answered.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.core import runs
from helpers.core.files import replace_file

FILE = "environments.json"
PLACE = ("commit", "versions", "hardware")  # where two of them agree, both are one


def noted(folder: Path) -> list[dict[str, Any]]:
    """Return the environments that answered rows of a run, in their order."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    whole = isinstance(found, list) and all(isinstance(one, dict) for one in found)
    return found if whole and all({"created", *PLACE} <= one.keys() for one in found) else []


def note(folder: Path) -> None:
    """Note this process's environment, which is about to answer rows of a run."""
    _write(folder, [*noted(folder), runs.environment()])


def note_memory(folder: Path) -> None:
    """Note the most memory that this process held, once it has answered."""
    *earlier, own = noted(folder)
    _write(folder, [*earlier, own | {"peak_memory_mb": runs.peak_memory_mb()}])


def _write(folder: Path, environments: list[dict[str, Any]]) -> None:
    replace_file(folder / FILE, json.dumps(environments, ensure_ascii=False, indent=1) + "\n")


def of_answers(folder: Path) -> dict[str, Any]:
    """Return what a record tells of a run's answers: the environment of the first of them.

    If others went on, `resumed` lists those; `graded_commit` is there if it is another one.
    """
    first, *later = noted(folder)
    place = {name: first[name] for name in PLACE}
    others = [one for one in later if {name: one[name] for name in PLACE} != place]
    now = runs.commit()
    return (
        first
        | ({"resumed": others} if others else {})
        | ({"graded_commit": now} if now != first["commit"] else {})
    )


def elsewhere(folder: Path) -> bool:
    """Return whether some of a run's answers were made at another commit, or on another machine."""
    now = runs.environment()
    return any(one[name] != now[name] for one in noted(folder) for name in PLACE)


def forget(folder: Path) -> None:
    """Forget a run's answers and where they were made."""
    for name in (FILE, "predictions.jsonl"):
        (folder / name).unlink(missing_ok=True)
