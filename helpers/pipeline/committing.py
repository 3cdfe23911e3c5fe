"""Make the pipeline that comes with the course for a job: `data/pipeline/TASK.json`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from helpers import tasks
from helpers.core import paths
from helpers.core.examples import Example
from helpers.pipeline import fit, making, parts, settings
from helpers.pipeline.engine import confusions, heard_folder
from helpers.pipeline.gate import DICTATED, NONE, TALK, Gate
from helpers.pipeline.settings import Settings
from helpers.tasks.base import Task
from helpers.tasks.dictation.hearing import misheard, writer
from helpers.tasks.dictation.hearing.costs import Costs

Progress = Callable[[str], Callable[[Iterable], Iterable]]


def make(task: Task, progress: Progress) -> Path:
    """Fit a job's pipeline without a model, and write its file; return it.

    Costs of a dictation are chosen on validation rows of heard speech, weights and threshold of
    the gate on training rows. The parts stay where they lie in `data`.
    """
    path = settings.path_of(task.name)
    files = [*making.rows_of(task), *making.companions(task)]
    known = Settings(task.name, _named(making.rows_of(task), path), {})
    if task.domain is not None:
        files.append(confusions())
        known = _with_gate(known, task, progress)
        known = replace(known, confusions=parts.relative(confusions(), path.parent))
    known = replace(known, sha256=parts.digests(files, path.parent))
    valid = making.valid_rows(task)
    settings.write(making.with_choices(known, path.parent, valid, progress), path)
    return path


def _named(files: Sequence[Path], path: Path) -> tuple[str, ...]:
    return tuple(parts.relative(file, path.parent) for file in files)


def _with_gate(known: Settings, task: Task, progress: Progress) -> Settings:
    """Return settings with the gate and the costs of a dictation.

    Raises `DataError` for a job without rows of heard speech.
    """
    heard = heard_folder(task)
    train, valid = task.load("train", heard), task.load("valid", heard)
    plain = task.load("train", paths.data(task.name))
    channel = misheard.read(confusions())
    targets = [row.target for row in (*plain, *train) if row.target]
    listener = writer.fit(targets, task.domain, misheard=channel)
    spoken = [row for row in valid if fit.kind_of(row) in (DICTATED, TALK)]
    costs, exact = fit.choose_costs(listener, spoken, progress("choosing costs"))
    gate = _gate(task, train, plain, costs, channel, progress)
    about = {
        "train_rows": len(train),
        "commands_exact": round(exact, 4),
        "kinds": dict(Counter(map(fit.kind_of, train))),
        "typed_cost": fit.TYPED,
        "held_cost": fit.HELD,
    }
    return replace(known, gate=gate, costs=costs, about=about)


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
