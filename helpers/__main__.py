"""The command line: `python -m helpers score | predict | run | refresh | grow` and more."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

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

    named = "" if options.engine == "api" else engines.variant_of(options.model)
    variant = options.variant or named
    return tasks.get(options.task, options.data_dir, variant)


def _engine(options: argparse.Namespace, task: Task) -> Engine:
    from helpers import engines

    wait = progress("choosing settings on folds of train")
    return engines.create(
        options.engine, task, wait, options.model, options.decode, options.mix, options.shots
    )


def score(options: argparse.Namespace) -> None:
    """Print one JSON object, the scores, as the last line of stdout."""
    from helpers import records, scoring

    if options.out and options.out.is_dir():
        raise ValueError(f"--out {options.out} is a folder; name a file in it")
    task = _task(options)
    examples = task.load(options.split)[: options.limit]
    engine = _engine(options, task)
    record, folder = scoring.score(
        task, engine, examples, options.split, progress("answering"), options.fresh
    )
    if options.out:
        done = records.finished(folder)
        found = [done[example.id] for example in examples]
        scoring.write_predictions(options.out, scoring.prediction_rows(task, examples, found))
    if options.publish:
        records.publish(folder, options.publish)
    print(json.dumps(record, ensure_ascii=False))


def compare(options: argparse.Namespace) -> None:
    """Compare two files that `score --out` wrote, row by row, and print the difference as JSON."""
    from helpers import scoring

    print(json.dumps(scoring.compare_files(options.first, options.second)))


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
        print(" ".join(answer.splitlines()), flush=True)
    if unread:
        raise ValueError(f"{unread} input lines could not be read; their answers are empty")


def run(options: argparse.Namespace) -> None:
    """Run a notebook with checked parameters and print where the executed copy lies."""
    from helpers import notebooks, paths

    values = dict(_assignment(text) for text in options.parameter)
    executed = notebooks.run(options.notebook, values)
    print(paths.shown(executed))


def _assignment(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise ValueError(f"-p {text!r} is not an assignment; write -p NAME=VALUE")
    return name, value


def sweep(options: argparse.Namespace) -> None:
    """Carry out what is not finished of a sweep, and print the table of all its cells."""
    from helpers import paths, sweep
    from helpers.sweep import published, table

    if options.list:
        for cell in sweep.read(options.file):
            print("finished" if cell.finished else "to do", cell.folder.name, cell.label, sep="\t")
        return
    folder = sweep.run(options.file, options.jobs)
    rows = table.read(folder)
    print(sweep.shown(rows))
    print("table: ", paths.shown(folder / "table.csv"))
    if failed := sum("error" in row for row in rows):
        raise RuntimeError(f"{failed} cells failed; mend what their lines name and start again")
    if options.publish:
        print("published:", paths.shown(published.publish(options.file)))


def spine(options: argparse.Namespace) -> None:
    """Run the course's spine on one task, and print the committed scoreboard below it."""
    from helpers import records, scoreboard, spine

    spine.run(options.task, options.steps, options.rows or 0)
    print("\nThe committed records, of trainings at full length:\n")
    print(scoreboard.plain([r for r in records.committed() if r["task"] == options.task]))
    print("\nGo on with: make lab")


def import_nl2bash(options: argparse.Namespace) -> None:
    """Write the published benchmark from a copy of NL2Bash's all.cm."""
    from helpers.corpora import nl2bash

    counts = nl2bash.import_corpus(options.all_cm, options.out_dir)
    total = sum(counts.values())
    print(f"{total} pairs in {options.out_dir}: {counts}")
    if total != nl2bash.KNOWN_PAIRS:
        print(
            f"the published benchmark has {nl2bash.KNOWN_PAIRS} pairs: this is another version "
            "of all.cm, and scores on it cannot be compared",
            file=sys.stderr,
        )


def grow(options: argparse.Namespace) -> None:
    """Grow a tiny base model, measure it and keep its record; started again it goes on."""
    from helpers import records
    from helpers.finetune import base_card, growth
    from helpers.finetune.tiny_base import LAYERS, Recipe

    if options.size not in LAYERS:
        raise ValueError(f"there is no size {options.size!r}; choose one of {', '.join(LAYERS)}")
    recipe = Recipe(steps=options.steps or Recipe.steps, seed=options.seed)
    config = {"size": options.size, "recipe": vars(recipe), "commands": options.amount}
    work = options.work or records.run_folder("grow", **config)
    record = growth.grow(
        options.size, options.out_dir, work, recipe, options.tokenizer, options.compiled,
        lambda row: print(json.dumps(row), file=sys.stderr, flush=True), options.amount,
    )  # fmt: skip
    if options.out_dir.resolve().parent == base_card.folder():
        base_card.update()
    print(json.dumps(record, ensure_ascii=False))


def refresh(options: argparse.Namespace) -> None:
    """Run notebooks in place and keep their outputs."""
    from helpers import notebooks

    for name in progress("notebooks")(options.notebook):
        notebooks.refresh(notebooks.resolve(name))


def scoreboard(options: argparse.Namespace) -> None:
    """Print the committed records as a table."""
    from helpers import records, scoreboard

    print(scoreboard.plain(records.committed()))
    if options.write:
        scoreboard.update()


def bench(options: argparse.Namespace) -> None:
    """Print a benchmark's ratios as JSON."""
    from helpers.benchmarks import BENCHMARKS

    if options.name not in BENCHMARKS:
        known = ", ".join(BENCHMARKS)
        raise ValueError(f"there is no benchmark {options.name!r}; choose one of {known}")
    if (options.name != "linear") != bool(options.model):
        raise ValueError("the benchmarks grammar and batch need --model, linear has none")
    given = [options.model] if options.model else []
    print(json.dumps(BENCHMARKS[options.name](*given)))


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(prog="python -m helpers", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, action: Callable) -> argparse.ArgumentParser:
        summary = (action.__doc__ or "").splitlines()[0]
        sub = commands.add_parser(name, help=summary, description=summary)
        sub.set_defaults(action=action)
        return sub

    for name, action in (("score", score), ("predict", predict)):
        sub = command(name, action)
        sub.add_argument("--task", required=True, help="the name of a task")
        sub.add_argument("--engine", required=True, help="rules, baseline, torch, mlx, gguf, api")
        sub.add_argument("--model", type=Path, metavar="FOLDER", help="a model, or a run")
        sub.add_argument("--decode", default="free", help="free (default), grammar or rescore")
        sub.add_argument("--mix", type=float, metavar="W", help="the model's weight in rescoring")
        sub.add_argument("--shots", type=int, metavar="N", help="rows shown to a prompted model")
        sub.add_argument("--variant", default="", help="how a model is asked; else as trained")
        sub.add_argument("--data-dir", type=Path, help="a data folder of your own")
        if action is score:
            sub.add_argument("--split", default="test", help="train, valid or test (default)")
            sub.add_argument("--limit", type=_count, help="only the first rows")
            sub.add_argument("--out", type=Path, help="write the predictions there, a row each")
            sub.add_argument("--publish", metavar="NAME", help="copy the record to data/records")
            sub.add_argument("--fresh", action="store_true", help="forget earlier answers")
    sub = command("compare", compare)
    sub.add_argument("first", type=Path, metavar="FIRST")
    sub.add_argument("second", type=Path, metavar="SECOND")
    sub = command("run", run)
    sub.add_argument("notebook", help="a path, or the notebook's number")
    sub.add_argument("-p", dest="parameter", action="append", default=[], metavar="NAME=VALUE")
    sub = command("sweep", sweep)
    sub.add_argument("file", type=Path, metavar="FILE", help="a grid, such as in data/sweeps")
    sub.add_argument("--jobs", type=_count, metavar="N", help="cells at a time; else one")
    sub.add_argument("--list", action="store_true", help="only name the cells, and run none")
    sub.add_argument("--publish", action="store_true", help="write it to data/records/sweeps")
    sub = command("spine", spine)
    sub.add_argument("--task", default="dictated_bash", help="else dictated_bash")
    sub.add_argument("--steps", type=_count, default=400, help="optimizer steps; else 400")
    sub.add_argument("--rows", type=_count, help="to learn from and to grade on; else all")
    sub = command("import-nl2bash", import_nl2bash)
    sub.add_argument("all_cm", type=Path, metavar="ALL_CM")
    sub.add_argument("out_dir", type=Path, metavar="OUT_DIR")
    sub = command("grow", grow)
    sub.add_argument("size", help="1m, 2m or 3m")
    sub.add_argument("out_dir", type=Path, metavar="OUT_DIR", help="where the base goes")
    sub.add_argument("--steps", type=_count, help="optimizer steps; else the recipe's")
    sub.add_argument("--seed", type=int, default=0)
    sub.add_argument("--amount", type=_count, default=120_000, help="commands gathered")
    sub.add_argument("--tokenizer", type=Path, metavar="FOLDER", help="another base's")
    sub.add_argument("--work", type=Path, metavar="FOLDER", help="checkpoints; else in runs/")
    sub.add_argument("--compiled", action="store_true", help="faster; needs a C++ compiler")
    sub = command("refresh", refresh)
    sub.add_argument("notebook", nargs="+", help="paths or numbers")
    sub = command("scoreboard", scoreboard)
    sub.add_argument("--write", action="store_true", help="write the table into README.md too")
    sub = command("bench", bench)
    sub.add_argument("name", help="linear, grammar or batch")
    sub.add_argument("--model", type=Path, metavar="FOLDER", help="a model, or a run")
    return top


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; a wrong input or a full disk ends it with one line and status 2."""
    options = parser().parse_args(arguments)
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        options.action(options)
        sys.stdout.flush()  # a full disk or a reader that left shows here, not after the end
    except BrokenPipeError:  # the reader of our output left; nothing more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except (ValueError, OSError, RuntimeError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted; start the same command again to go on", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
