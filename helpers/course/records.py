"""The committed records of one task, all of them: `python -m helpers records TASK`.

Baselines, the base as it is, and what notebook 04 makes of it, each in every way to decode. The
same choices are made for both sides: a weight in rescoring is chosen for the base as for the run.
`--base smollm2-135m` makes the records of another base; the baselines are those of the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from helpers import engines, scoring, tasks
from helpers.core import paths, provenance, runs
from helpers.corpora import same_text
from helpers.course import notebooks
from helpers.engines.base import Engine
from helpers.finetune import selection
from helpers.models import folders
from helpers.tasks import splits
from helpers.tasks.base import Progress, Task

BASE = "data/tiny_base/2m"
SHOTS = 8  # training rows before a question, for the model that is only prompted
BY_MLX = {"dictated_bash": "grammar"}  # notebook 05's line, to compare two trainers

Named = tuple[str, Task, Engine]


def make(
    name: str,
    progress: Callable[[str], Progress] = lambda label: iter,
    base: str = BASE,
    steps: int = 0,
) -> None:
    """Score all of a task's engines on its test rows, and keep their records to be committed.

    Trains `steps` (0 means the profile's) where no finished run is found. Called again it goes on:
    answers given here, at this commit, are kept, others given anew. Raises `ValueError` with
    uncommitted changes.
    """
    runs.check_committed()
    first = without_model(name) if base == BASE else ()
    for record, task, engine in chain(first, models(name, base, steps)):
        rows = task.load("test")
        old = provenance.elsewhere(scoring.folder_of(task, engine, rows, "test"))
        scored = scoring.score(task, engine, rows, "test", progress(record), fresh=old)
        runs.publish(scored.folder, record)
        print(f"{record}: {100 * scored.record['exact']:.1f} % exact", flush=True)


def without_model(name: str) -> Iterator[Named]:
    """Return rules and baselines; one of the same text only where a base has read such text."""
    task = tasks.get(name)
    for engine in ("rules", "baseline", "same_text"):
        if engine != "same_text" or same_text.rows(task, 1):
            yield f"{name}-{engine}", task, engines.create(engine, task)


def models(name: str, base: str = BASE, steps: int = 0) -> Iterator[Named]:
    """Return the base, and the runs that notebooks make of it; what takes long comes last."""
    yield from each_way(name, base, "untuned", base)
    if not folders.is_tiny(base):  # what has read no conversation learns nothing from one
        yield prompted(name, base)
    yield from each_way(name, base, "tuned", trained("04", name, base, steps))
    if name in BY_MLX and base == BASE:
        run, decode = trained("05", name, base, steps), BY_MLX[name]
        task = tasks.get(name, variant=engines.variant_of(run))
        engine = engines.create("mlx", task, model=run, decode=decode)
        yield f"{name}-2m-mlx-tuned-{decode}", task, engine


def each_way(name: str, base: str, word: str, model: str | Path) -> Iterator[Named]:
    """Return a model in each way to decode, with a weight of its own where it rescores."""
    task = tasks.get(name, variant=engines.variant_of(model))
    for decode in selection.decodings(task.fitted_on(), task.load("test")[0]):
        engine = engines.create("torch", task, model=model, decode=decode)
        if decode == "rescore":
            few = selection.exam_rows(base)
            mix, _ = selection.choose_mix(task, engine, splits.choose_rows(task), few)
            engine = replace(engine, mix=mix)
        yield f"{name}-{Path(base).name}-{word}-{decode}", task, engine


def prompted(name: str, base: str) -> Named:
    """Return a base as it is, shown the training rows most like each question."""
    task = tasks.get(name)
    engine = engines.create("torch", task, model=base, shots=SHOTS)
    return f"{name}-{Path(base).name}-untuned-{SHOTS}-shots", task, engine


def trained(notebook: str, task: str, base: str = BASE, steps: int = 0) -> Path:
    """Return the folder of the run that a notebook trains, or finds finished.

    Raises `ValueError` where runs lie outside of the project: no other clone could follow a record.
    """
    if Path(paths.shown(paths.runs())).is_absolute():
        raise ValueError(
            f"{paths.runs()} lies outside of the project, and a record names its run; "
            "unset TINY_SPECIALISTS_RUNS"
        )
    parameters = {"TASK": task, "BASE": base, "STEPS": steps}
    executed = notebooks.run(notebook, parameters)
    return paths.runs() / runs.read(notebooks.named_record(executed))["run"]

