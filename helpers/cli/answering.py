"""The commands that answer: score, predict, and compare two files of scores."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from helpers.core.examples import DataError, EngineError, Example, RowError
from helpers.core.files import utf16
from helpers.core.json_text import MARK
from helpers.core.text import printable

if TYPE_CHECKING:
    from helpers.engines import Model
    from helpers.engines.base import Engine
    from helpers.tasks.base import Task


def progress(label: str) -> Callable[[Iterable], Iterable]:
    """Return a wrapper that draws a progress bar on stderr, seldom if nobody watches."""
    from tqdm import tqdm

    pause = 0.1 if sys.stderr.isatty() else 5.0
    return lambda items: tqdm(items, desc=label, file=sys.stderr, mininterval=pause)


def _task(options: argparse.Namespace) -> Task:
    """Return the task asked for, put as the model was trained unless a variant is named.

    The model is located here, once: `options.model` is where it lies from now on.
    """
    from helpers import engines, tasks

    _with_pipeline(options)
    spec = engines.spec_of(options.engine)
    model, repair = options.model is not None, options.repair == "on"
    own = {"words": options.words, "pipeline": options.pipeline}
    engines.check(spec, model, options.decode, options.mix, options.shots, repair, own)
    if options.variant and not spec.reads:
        raise ValueError(f"engine {spec.name!r} has no model to ask; leave variant out")
    options.model = engines.locate(spec, options.model)
    named = engines.variant_of(options.model) if spec.reads in ("folder", "file") else ""
    return tasks.get(options.task, options.data_dir, options.variant or named)


def _with_pipeline(options: argparse.Namespace) -> None:
    """Fill in what a pipeline's file says: the engine, and the task where none is named."""
    if options.pipeline:
        from helpers.pipeline import settings

        options.engine = options.engine or "pipeline"
        options.task = options.task or settings.read(options.pipeline).task
    for name in ("task", "engine"):
        if not getattr(options, name):
            raise ValueError(f"--{name} is missing; name one, or give a --pipeline FILE")


def _engine(options: argparse.Namespace, task: Task, keep: bool = True) -> Engine:
    from helpers import engines

    note = engines.spec_of(options.engine).note
    if note and not options.pipeline:
        print(f"{options.engine}: {note}", file=sys.stderr)
    choose = options.mix == "choose"
    if choose and options.decode != "rescore":
        raise ValueError("mix is the model's weight in rescoring; leave it out, or decode rescore")
    if choose and getattr(options, "split", "") == "valid":
        raise ValueError("valid cannot both choose the weight and be graded; score another split")
    wait, mix = progress("choosing settings on folds of train"), None if choose else options.mix
    engine = engines.create(
        options.engine, task, wait, options.model, options.decode, mix, options.shots,
        options.repair == "on", options.words, options.pipeline, keep,
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
    if options.publish:
        runs.check_committed()
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
    from helpers.evaluation.answer_files import compare_files

    print(json.dumps(compare_files(options.first, options.second)))


def predict(options: argparse.Namespace) -> None:
    """Answer each line of stdin with one line on stdout, as it comes; empty stays empty.

    Nothing of it is kept, unless `--keep` lets an endpoint's replies be. A pipeline that is unsure
    says so on stderr, with what else may have been meant.
    """
    task = asked_as_trained(_task(options), options.engine, options.model)
    engine = _engine(options, task, options.keep)
    if options.explain and not hasattr(engine, "pipeline"):
        raise ValueError(
            f"engine {options.engine!r} has no stages to explain; leave --explain out, or take "
            "pipeline"
        )
    task = engine.pipeline.task if options.pipeline else task  # it knows how its model is asked
    unread = 0
    for number, line in enumerate(lines_of(sys.stdin), start=1):
        try:
            example = task.example_of(line, number - 1)
            answer = _answer_to(engine, example, number, options.explain) if example.prompt else ""
        except DataError:  # of the rows, not of the line
            raise
        except ValueError as error:
            if isinstance(error, EngineError) and not isinstance(error, RowError):
                raise
            print(f"input line {number}: {printable(str(error))}", file=sys.stderr)
            unread += 1
            answer = ""
        print(printable(" ".join(answer.splitlines())), flush=True)
    if unread:
        raise ValueError(f"{unread} of {number} input lines have no answer; mend what is named")


def _answer_to(engine: Engine, example: Example, number: int, explain: bool) -> str:
    """Return the answer to a line; on stderr how it came, or what else may have been meant."""
    if explain:
        from helpers.pipeline.explain import explained

        outcome = engine.pipeline.answer([example])[0]
        print(printable(explained(outcome)), file=sys.stderr)
        return outcome.text
    found = engine.answer([example])[0]
    if asks := found.details.get("asks"):
        sure = f"{found.details['confidence']:.0%} sure"
        print(f"input line {number}: {sure}; {printable(' | '.join(asks))}", file=sys.stderr)
    return found.text


def lines_of(stream: TextIO | None) -> Iterator[str]:
    """Yield the lines of a stream as they come, without byte order marks; raises `ValueError`."""
    if stream is None:
        raise ValueError("stdin is closed; write lines into it, one a line")
    for number, line in enumerate(stream.buffer):
        if number == 0 and utf16(line):
            raise ValueError("stdin is UTF-16; write UTF-8 into it (in PowerShell: "
                             "$OutputEncoding = [System.Text.UTF8Encoding]::new())")
        yield line.removeprefix(MARK).decode("utf-8", "replace").strip()


def asked_as_trained(task: Task, engine: str, model: Model) -> Task:
    """Return the task with the system turn that a model was trained with, where its run tells.

    Raises `ValueError` for a run whose rows had several: a line of input has none of them.
    """
    from helpers import engines

    spec = engines.spec_of(engine)
    if not spec.reads:
        return replace(task, asked_with=task.system)  # no model sees a system turn
    system = engines.system_of(model) if spec.reads in ("folder", "file") else ""
    if system is None:
        raise ValueError(
            f"{model}: was trained on rows with several system turns, and a line of input has "
            "none; ask with rows of their own, by 'score'"
        )
    return replace(task, asked_with=system) if system else task
