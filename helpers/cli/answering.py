"""The commands that answer: score, predict, and compare two files of scores."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.core.text import printable

if TYPE_CHECKING:
    from helpers.engines.base import Engine
    from helpers.tasks.base import Task


def progress(label: str) -> Callable[[Iterable], Iterable]:
    """Return a wrapper that draws a progress bar on stderr, seldom if nobody watches."""
    from tqdm import tqdm

    pause = 0.1 if sys.stderr.isatty() else 5.0
    return lambda items: tqdm(items, desc=label, file=sys.stderr, mininterval=pause)


def _task(options: argparse.Namespace) -> Task:
    """Return the task asked for, put as the model was trained unless a variant is named."""
    from helpers import engines, tasks

    of_files = engines.spec_of(options.engine).reads in ("folder", "file")
    named = engines.variant_of(options.model) if of_files else ""
    variant = options.variant or named
    return tasks.get(options.task, options.data_dir, variant)


def _engine(options: argparse.Namespace, task: Task) -> Engine:
    from helpers import engines

    choose = options.mix == "choose"
    if choose and (options.decode != "rescore" or options.engine not in ("torch", "mlx")):
        raise ValueError("--mix choose is for --decode rescore, by torch or mlx; leave it out")
    if choose and getattr(options, "split", "") == "valid":
        raise ValueError("valid cannot both choose the weight and be graded; score another split")
    wait, mix = progress("choosing settings on folds of train"), None if choose else options.mix
    engine = engines.create(
        options.engine, task, wait, options.model, options.decode, mix, options.shots,
        options.repair == "on",
    )  # fmt: skip
    if not choose:
        return engine
    from helpers.finetune import selection
    from helpers.tasks import splits

    return replace(engine, mix=selection.choose_mix(task, engine, splits.choose_rows(task))[0])


def score(options: argparse.Namespace) -> None:
    """Print one JSON object, the scores, as the last line of stdout."""
    from helpers import scoring
    from helpers.core import runs

    if options.out and options.out.is_dir():
        raise ValueError(f"--out {options.out} is a folder; name a file in it")
    task = _task(options)
    examples = task.load(options.split)[: options.limit]
    engine = _engine(options, task)
    scored = scoring.score(
        task, engine, examples, options.split, progress("answering"), options.fresh
    )
    if options.out:
        scoring.write_predictions(options.out, scoring.prediction_rows(scored))
    if options.publish:
        runs.publish(scored.folder, options.publish)
    print(json.dumps(scored.record, ensure_ascii=False))


def compare(options: argparse.Namespace) -> None:
    """Compare two files that `score --out` wrote, row by row, and print the difference as JSON."""
    from helpers.evaluation.comparison import compare_files

    print(json.dumps(compare_files(options.first, options.second)))


def predict(options: argparse.Namespace) -> None:
    """Answer each line of stdin with one line on stdout, as it comes; empty stays empty."""
    task = _task(options)
    engine = _engine(options, task)
    unread = 0
    for number, line in enumerate(sys.stdin.buffer):
        try:
            example = task.example_of(line.decode("utf-8", "replace").strip(), number)
        except ValueError as error:
            print(f"input line {number + 1}: {error}", file=sys.stderr)
            unread += 1
            print(flush=True)
            continue
        answer = engine.answer([example])[0].text if example.prompt else ""
        print(printable(" ".join(answer.splitlines())), flush=True)
    if unread:
        raise ValueError(f"{unread} input lines could not be read; their answers are empty")
