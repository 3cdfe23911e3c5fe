"""What text is worth: the score of a job's best baseline over how many texts it has read.

Made by `python -m helpers text-curve TASK`, a few minutes, and committed: notebook 02 draws it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers import scoring, tasks
from helpers.core import paths, runs
from helpers.core.files import replace_file
from helpers.corpora import same_text
from helpers.engines import baseline
from helpers.tasks.base import Progress, Task

SPLITS = ("valid", "test")
SHARES = (0, 1 / 24, 1 / 8, 1 / 4, 1 / 2, 1)  # of the text that the same-text baseline reads

Point = dict[str, Any]


def points(task: Task, progress: Progress = iter) -> Iterator[Point]:
    """Score the baseline fitted on train and on more and more of what the base has read."""
    train, text = task.load("train"), same_text.rows(task)
    for share in progress(SHARES):
        some = text[: round(share * len(text))]
        engine = baseline.same_text(task, train, some) if some else baseline.fitted(task, train)
        for split in SPLITS:
            record = scoring.score(task, engine, task.load(split), split).record
            told = {name: record[name] for name in ("split", "n", "exact", "exact_ci", "content")}
            yield {"texts": len(train) + len(some), "more": len(some)} | told


def file_of(task: str) -> Path:
    """Return the committed file of a task's curve."""
    return paths.root() / "data" / "records" / "text" / f"{task}.json"


def publish(name: str, progress: Progress = iter) -> Path:
    """Make and write a task's curve.

    Raises `ValueError` for a task whose baseline reads no text, and with uncommitted changes.
    """
    task = tasks.get(name)
    if not same_text.rows(task, 1):
        raise ValueError(f"{name}: its baseline is fitted on no text, so there is no curve")
    runs.check_committed()
    made = {"task": name, "points": list(points(task, progress))} | runs.environment()
    path = file_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    return path


def read(name: str) -> dict[str, list[Point]]:
    """Return a task's points by split, as `plots.lines` draws them; empty without a curve."""
    if not file_of(name).exists():
        return {}
    made = json.loads(file_of(name).read_text(encoding="utf-8"))["points"]
    return {
        split: [
            {"x": one["texts"], "score": one["exact"], "ci": one["exact_ci"]}
            for one in made
            if one["split"] == split
        ]
        for split in SPLITS
    }
