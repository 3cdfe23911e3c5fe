"""What an answer needs: milliseconds alone and in a batch, bytes to ship, memory to run.

Made by `python -m helpers needs TASK`, some minutes, and committed: notebook 08 shows it. Each
system is measured in a process of its own, with everything it loads, on a machine left alone.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from helpers import engines, tasks
from helpers.core import fingerprints, paths, runs
from helpers.core.examples import Example
from helpers.core.files import replace_file
from helpers.corpora import same_text
from helpers.engines.base import Engine
from helpers.tasks.base import Progress, Task

BASE = "data/tiny_base/2m"
ROWS = 64  # answered together; and, after a first one, each alone
SYSTEMS = ("baseline", "same_text", "free", "grammar", "rescore")


def measure(name: str, system: str) -> dict[str, Any]:
    """Return what one system of a task needs: a baseline, or the tiny base in a way to decode.

    A tuned model needs what its base does: merged, the adapter adds nothing.
    """
    task = tasks.get(name)
    rows = task.load("valid")[:ROWS]
    if system in ("baseline", "same_text"):
        engine, model = engines.create(system, task), 0
    else:
        base = paths.root() / BASE
        engine = engines.create("torch", task, model=base, decode=system)
        model = (base / "model.safetensors").stat().st_size
    alone, batch = milliseconds(engine, rows)
    found = {"system": system, "ms_alone": alone, "ms_in_batch": batch, "model_bytes": model}
    peak = runs.peak_memory_mb()
    return found | {"fitted_bytes": fitted_bytes(task, system), "peak_memory_mb": peak}


def milliseconds(engine: Engine, rows: Sequence[Example]) -> tuple[float, float]:
    """Return the median milliseconds of rows that come alone, and a row's share of a batch."""
    engine.answer(rows[:1])  # what is loaded or worked out once
    alone = []
    for row in rows:
        started = time.perf_counter()
        engine.answer([row])
        alone.append(time.perf_counter() - started)
    started = time.perf_counter()
    engine.answer(rows)
    batch = (time.perf_counter() - started) / len(rows)
    return round(1000 * median(alone), 3), round(1000 * batch, 3)


def fitted_bytes(task: Task, system: str) -> int:
    """Return the size of what was fitted, packed: tables of an n-gram, weights of a classifier.

    A model that decodes free, or in a grammar, needs none of it.
    """
    if system in ("free", "grammar"):
        return 0
    train = task.load("train")
    if system == "same_text":
        fitted = task.fitted_on_text(train, same_text.rows(task))
    else:
        fitted = task.fitted_on(train)
    lister = getattr(fitted, "lister", None)
    return len(pickle.dumps(lister)) if lister else 0


def file_of(task: str) -> Path:
    """Return the committed file of a task."""
    return paths.root() / "data" / "records" / "needs" / f"{task}.json"


def publish(name: str, progress: Progress = iter) -> Path:
    """Measure a task's systems and write the file; called again it goes on where it was stopped.

    Raises `ValueError` with uncommitted changes, and `RuntimeError` for a system that failed.
    """
    runs.check_committed()
    task, now = tasks.get(name), runs.environment()
    known = [s for s in SYSTEMS if s != "same_text" or same_text.rows(task, 1)]
    keys = {s: fingerprints.digest(name, s, now["commit"], now["hardware"]) for s in known}
    found = [
        fingerprints.remember("needs", keys[system], partial(measure_apart, name, system))
        for system in progress(known)
    ]
    path = file_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = {"task": name, "rows": ROWS, "systems": found} | now
    replace_file(path, json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    for key in keys.values():  # the next call measures anew
        fingerprints.forget("needs", key)
    return path


def measure_apart(name: str, system: str) -> dict[str, Any]:
    """Measure one system in a process of its own; raises `RuntimeError` if it failed."""
    command = [sys.executable, "-m", "helpers.course.needs", name, system]
    for turn in ("first", "again"):  # the first finds and keeps settings and tables
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            last = (done.stderr.strip() or "it ended without a word").splitlines()[-1]
            raise RuntimeError(f"{system}, {turn}: {last}")
    return json.loads(done.stdout.splitlines()[-1])


def read(name: str) -> list[dict[str, Any]]:
    """Return what a task's systems need; empty where nothing is on record."""
    if not file_of(name).exists():
        return []
    return json.loads(file_of(name).read_text(encoding="utf-8"))["systems"]


def seconds(task: str, name: str, batched: float, own: float = 0.0) -> dict[str, float]:
    """Return the seconds that an answer of a system takes, alone and in batches, if on record.

    `own` replaces both: seconds measured on another machine. Without a record of this base the
    `batched` ones of a sweep are all there is.

    >>> seconds("no such task", "9m, free", batched=0.01)
    {'in batches': 0.01}
    """
    if own:
        return {"as measured": own}
    base, _, way = name.rpartition(", ")
    known = [one for one in read(task) if base.startswith(Path(BASE).name)]
    for one in known:
        if one["system"] == way:
            alone, batch = one["ms_alone"] / 1000, one["ms_in_batch"] / 1000
            return {"one at a time": alone, "in batches": batch}
    return {"in batches": batched}


if __name__ == "__main__":
    print(json.dumps(measure(*sys.argv[1:])))
