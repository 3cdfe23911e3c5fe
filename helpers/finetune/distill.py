"""Distillation: new questions, answered by what is best and slow, as rows for what is fast.

The teacher is a run in its best way to decode, such as a model that rescores a list beside an
n-gram. The student learns its answers as if they were targets, and needs no list when it answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from helpers import engines, scoring, tasks
from helpers.core.examples import Example
from helpers.corpora import generate
from helpers.tasks.base import Progress, Task


def distill(
    name: str,
    teacher: str | Path,
    out: Path,
    count: int,
    engine: str = "torch",
    progress: Callable[[str], Progress] = lambda label: iter,
) -> dict[str, float]:
    """Write a data folder: a task's bundled rows, and `count` new ones that a teacher answered.

    Only train grows, by answers that the task can use; validation and test rows keep their true
    targets. Returns how many rows train has now, and on which share of the new ones the teacher
    wrote what their program means: a student learns the rest from it as well. Started again it
    goes on. Raises `DataError` for a folder that holds something else, and `EngineError` for a
    teacher without a best way to decode.
    """
    generate.check_empty(out)
    task = tasks.get(name, variant=engines.variant_of(teacher))
    new = generate.draw(name, count, generate.SEED)
    model = engines.create(engine, task, progress("fitting"), teacher, decode=engines.BEST)
    answers = scoring.score(task, model, new, "new", progress("answering"))
    rows = [replace(row, target=text) for row, text in zip(new, answers.texts, strict=True)]
    train = generate.write_folder(name, [row for row in rows if _can_train(task, row)], out)
    return {"train": train, "agree": answers.record["exact"]}


def _can_train(task: Task, row: Example) -> bool:
    """Whether a teacher wrote an answer that a row of this task can have."""
    try:
        task.check(row)
    except ValueError:
        return False
    return bool(row.target)
