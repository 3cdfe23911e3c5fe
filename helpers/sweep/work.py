"""Carry out one cell, in a process of its own: `python -m helpers.sweep.work`, named on stdin.

A process a cell: one that runs out of memory takes no other with it, and Unsloth, which changes
the libraries it speeds up, is always imported first. The order is stdin's first line; when stdin
ends, so has the sweep, and the cell ends with it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers import engines, scoring
from helpers.core import paths, runs
from helpers.course import notebooks
from helpers.finetune import selection
from helpers.finetune.config import FinetuneConfig
from helpers.finetune.run import finetune
from helpers.profiles import Profile
from helpers.sweep.cells import task_of
from helpers.sweep.grid import Values, section
from helpers.tasks import splits
from helpers.tasks.base import Task

LONG = ("curve", "held_out", "mix_shares")  # what a training's own record tells


def carry_out(order: dict[str, Any]) -> dict[str, Any]:
    """Run a notebook, train, or score; return what the cell's record tells.

    `values` of the order are the cell's; a training has its `profile` and `config`, whole, for this
    machine may be another than the one that named the cell; a score after it has its record.
    """
    values = order["values"]
    if "notebook" in values:
        return run_notebook(str(values["notebook"]), section(values, "parameters"))
    task, arguments = task_of(values), section(values, "score")
    if not arguments:
        return train(task, Profile(**order["profile"]), FinetuneConfig(**order["config"]))
    return score(task, order["training"], **arguments)


def run_notebook(notebook: str, parameters: Values) -> dict[str, Any]:
    """Run a notebook; return where it is, the record that it names, and the scores in that."""
    executed = notebooks.run(notebook, parameters)
    metadata: dict[str, Any] = {"executed": paths.shown(executed)}
    if kept := notebooks.named_record(executed):
        record = runs.read(kept)
        metadata |= {"record": paths.shown(kept)}
        metadata |= {"scores": record.get("scores", record.get("steps"))}
    return metadata


def train(task: Task, profile: Profile, config: FinetuneConfig) -> dict[str, Any]:
    """Fine-tune; return the run's record, and the split its score is on."""
    record = runs.read(finetune(task, profile, config))
    kept = {name: value for name, value in record.items() if name not in LONG}
    return kept | {"split": record["choose_on"]}


def score(
    task: Task,
    training: dict[str, Any] | None,
    *,
    engine: str,
    split: str,
    limit: int | None = None,
    mix: float | None = None,
    **arguments: Any,
) -> dict[str, Any]:
    """Score an engine, that of the training's run if there is one; return the score's record.

    When rescoring, a weight that is not named is chosen as notebook 04 does, on as many rows for
    a base that was not trained as for a run. Where another split is graded, validation rows are
    answered, too, so that whoever reads the sweep can choose by them.
    """
    run = paths.runs() / training["run"] if training else None
    model = {"model": run} if run else {}
    made = engines.create(engine, task, mix=mix, **arguments | model)
    choose_on = training["choose_on"] if training else splits.CHOOSE_ON[0]
    nothing = choose_on == "valid" and not (task.data_dir / "valid.jsonl").exists()
    if split == choose_on or (nothing and arguments["decode"] != "rescore"):
        return scoring.score(task, made, task.load(split)[:limit], split).record
    count = selection.EVAL_ROWS  # whatever a run's own exams had: what is compared chooses alike
    rows, unseen = splits.choose_rows(task, choose_on), made
    if arguments["decode"] == "rescore":
        if mix is None:
            made = replace(made, mix=selection.choose_mix(task, made, rows, count)[0])
        unseen = replace(made, task=task.fitted_on(rows.train))
    answered = scoring.score(task, unseen, splits.sample(rows.validation, count), choose_on)
    kept = {name: answered.record[name] for name in ("split", "n", "exact")}
    record = scoring.score(task, made, task.load(split)[:limit], split).record
    return record | {"validation": kept}


def end_with_the_sweep() -> None:
    """Wait for the end of stdin, then end this process."""
    sys.stdin.read()
    print("error: the sweep ended before this cell", file=sys.stderr, flush=True)
    os._exit(1)


def main() -> int:
    """Carry out the cell named on stdin unless another process did; the last line says why not."""
    from filelock import FileLock

    order = json.loads(sys.stdin.readline())
    threading.Thread(target=end_with_the_sweep, daemon=True).start()
    folder = Path(order["folder"])
    with FileLock(folder / ".lock"):  # of a sweep that was killed a cell may live on for a moment
        if (folder / "record.json").exists():
            return 0
        began = time.perf_counter()
        try:
            record = carry_out(order)
        except Exception as error:
            traceback.print_exc()
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            print(f"error: {reason}", file=sys.stderr)
            return 1
        cell = {name: order[name] for name in ("values", "profile", "config") if order[name]}
        cell["seconds"] = round(time.perf_counter() - began, 2)
        runs.write(folder, {"cell": cell, **runs.environment(), **record})
    return 0


if __name__ == "__main__":
    sys.exit(main())
