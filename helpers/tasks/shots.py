"""Few-shot prompting: which training rows a model is shown before a question."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from helpers.core.examples import Example
from helpers.tasks.base import Task


def nearest(task: Task, example: Example, train: Sequence[Example], shots: int) -> list[Example]:
    """Return the `shots` training rows to show, the likest last, by rapidfuzz's `ratio`.

    A row that asks the same question is none of them: it is the example itself, or would tell
    its answer all the same. Ids do not tell, since rows without one are numbered in each split.
    """
    from rapidfuzz import fuzz, process

    if not shots:
        return []
    prompts, question = [row.prompt for row in train], task.question(example)
    likest = process.extract(example.prompt, prompts, scorer=fuzz.ratio, limit=None)
    rows = (train[at] for *_, at in likest)
    others = (row for row in rows if task.question(row) != question)
    return list(islice(others, shots))[::-1]
