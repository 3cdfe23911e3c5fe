"""The job itself, on the machine it was sent to: `python -m helpers.remote.work FOLDER`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpers import engines, scoring
from helpers.core import runs
from helpers.core.examples import Example
from helpers.core.files import replace_file
from helpers.export import converter, fuse, gguf
from helpers.export.steps import ExportError
from helpers.finetune.run import finetune
from helpers.remote import job as jobs
from helpers.remote import there
from helpers.tasks.base import Task

PARITY_ROWS = 50
KIND = "Q8_0"


def parity_rows(task: Task, choose_on: str) -> list[Example]:
    """Return the rows that are answered there and here; test rows are left for grading."""
    return task.load("train" if choose_on == "fold" else choose_on)[:PARITY_ROWS]


def answers(task: Task, run: Path, rows: Sequence[Example]) -> list[str]:
    """Return a run's free answers to some rows, unrepaired: as little as can hide a difference."""
    engine = engines.create("torch", task, model=run, repair=False)
    return [answer.text for answer in scoring.examine(task, engine, rows).predictions]


def make_gguf(run: Path, out: Path) -> Path:
    """Fuse a run, convert it and quantize it to eight bits; raises `ExportError`."""
    converter.script()
    # In float32: the sum is rounded once, when the file is quantized.
    fused = fuse.fuse(run, out / "fused", "float32")
    half = gguf.convert(fused, out / "fused-gguf" / "model-f16.gguf", "f16")
    return gguf.quantize(half, out / "gguf" / f"model-{KIND}.gguf", KIND)


def carry_out(folder: Path) -> dict[str, Any]:
    """Train, answer, evaluate and export, whatever of it is not done yet; return what was made."""
    job = jobs.read(json.loads((folder / "job.json").read_text(encoding="utf-8")))
    task, profile, config = jobs.training(job, folder.parents[1])
    run = finetune(task, profile, config)
    result: dict[str, Any] = {"run": run.name}
    rows = parity_rows(task, config.choose_on)
    result["parity"] = answers(task, run, rows)
    if "eval" in job.then:
        result["scores"] = [evaluate(task, run, job, decode) for decode in ("free", "grammar")]
    if "gguf" in job.then:
        result["gguf"] = export(run, folder / "out")
    return result | {"environment": runs.environment()}


def evaluate(task: Task, run: Path, job: jobs.Job, decode: str) -> dict[str, Any]:
    """Grade a run on the rows that the job names; return the score's run and its share exact."""
    split, count = job.values["SPLIT"], job.values["ROWS"]
    engine = engines.create("torch", task, model=run, decode=decode)
    scored = scoring.score(task, engine, task.load(split)[: count or None], split)
    exact, n = scored.record["exact"], scored.record["n"]
    print(f"{split}, {decode}: {exact:.1%} of {n:,} rows exact")
    return {"run": scored.folder.name, "decode": decode, "exact": exact, "n": n}


def export(run: Path, out: Path) -> str:
    """Make a GGUF here; where that fails say why, and return "": it is made where it is pulled."""
    try:
        file = make_gguf(run, out)
    except (ExportError, OSError) as error:
        print(f"gguf: the export on this machine failed ({error})")
        print("gguf: fallback: the adapter is pulled, then fused and converted over there")
        return ""
    print(f"gguf: made on this machine, by llama.cpp's converter: {file.name}")
    return file.relative_to(out).as_posix()


def main(arguments: Sequence[str]) -> int:
    """Hold the job, do it, and keep what was made; one line says why where it cannot be done."""
    folder = Path(arguments[0])
    with there.hold(folder) as free:
        if not free:
            print(f"{folder.name} is at work already")
            return 1
        process = folder / "process"
        if process.exists():
            print(f"going on after process {process.read_text().strip()}, which has ended")
        replace_file(process, f"{os.getpid()}\n")
        try:
            result = carry_out(folder)
        except (ValueError, OSError, RuntimeError) as error:
            print(f"error: {error}")
            return 2
        except KeyboardInterrupt:
            print("interrupted; the same command goes on")
            return 130
        text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
        replace_file(folder / "result.json", text)
        print(f"finished: {result['run']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
