"""Make a job's committed pipeline again: rows in, one file of settings out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from helpers import tasks
from helpers.core import paths
from helpers.core.examples import Example
from helpers.pipeline import engine, fit, settings
from helpers.pipeline.gate import DICTATED, NONE, TALK, Gate
from helpers.pipeline.settings import Settings
from helpers.tasks.base import Task
from helpers.tasks.dictation.hearing import misheard, writer
from helpers.tasks.dictation.hearing.costs import Costs

Progress = Callable[[str], Callable[[Iterable], Iterable]]


def make(task: Task, progress: Progress) -> Path:
    """Fit costs and gate of a dictation job, and write them; return the file.

    Costs are chosen on validation rows of heard speech, weights and threshold of the gate on
    training rows. Raises `ValueError` for a job that is no dictation, or has no such rows.
    """
    if task.domain is None:
        raise ValueError(f"{task.name} is no dictation; it needs no gate")
    heard = engine.heard_folder(task)
    train, valid = task.load("train", heard), task.load("valid", heard)
    plain = task.load("train", paths.data(task.name))
    channel = misheard.read(engine.confusions())
    targets = [row.target for row in (*plain, *train) if row.target]
    listener = writer.fit(targets, task.domain, misheard=channel)
    spoken = [row for row in valid if fit.kind_of(row) in (DICTATED, TALK)]
    costs, exact = fit.choose_costs(listener, spoken, progress("choosing costs"))
    gate = _gate(task, train, plain, costs, channel, progress)
    about = {
        "train_rows": len(train),
        "validation_rows": len(spoken),
        "validation_exact": round(exact, 4),
        "kinds": dict(Counter(map(fit.kind_of, train))),
        "typed_cost": fit.TYPED,
        "held_cost": fit.HELD,
    }
    path = settings.path_of(task.name)
    settings.write(Settings(gate, costs, about), path)
    return path


def _gate(
    task: Task,
    train: Sequence[Example],
    plain: Sequence[Example],
    costs: Costs,
    channel: misheard.Misheard,
    progress: Progress,
) -> Gate:
    """Fit the gate on heard rows, on as many plain ones as are no command, and on prose.

    The prose are messages to a shop's support, which this course has: longer talk than the heard
    rows hold, and none of it a command.
    """
    few = sum(fit.kind_of(row) == NONE for row in train)
    share = plain[:: max(1, len(plain) // few)]
    prose = tasks.get("support_label").load("train")
    prose = prose[:: max(1, 2 * len(prose) // few)]
    marked = [replace(row, extra=row.extra | {"tier": "plain"}) for row in share]
    marked += [replace(row, target="", extra={"tier": "none"}) for row in prose]
    rows = [*train, *marked]
    kept = {row.id for row in share}
    more = [row.target for row in plain if row.id not in kept]
    numbers = fit.unseen_features(
        rows, more, task.domain, costs, channel, progress("features on folds")
    )
    return fit.fit_gate(numbers, [fit.kind_of(row) for row in rows])


