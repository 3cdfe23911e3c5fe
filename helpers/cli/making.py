"""The commands that make something: runs, sweeps, rows, bases, pages, records."""

from __future__ import annotations

import argparse
import json
import sys

from helpers.cli.answering import progress


def run(options: argparse.Namespace) -> None:
    """Run a notebook with checked parameters and print where the executed copy lies."""
    from helpers.core import paths
    from helpers.course import notebooks

    values = dict(assignment(text) for text in options.parameter)
    executed = notebooks.run(options.notebook, values)
    print(paths.shown(executed))


def train(options: argparse.Namespace) -> None:
    """Fine-tune with notebook 04's parameters, without its page; print where the run lies.

    The base is that page's, too; -p BASE= takes the profile's. After -p MINUTES=… it pauses at the
    next evaluation, and the same command goes on.

    On several GPUs: torchrun --nproc-per-node 2 -m helpers train -p TASK=… -p BASE=…
    """
    from helpers.core import paths
    from helpers.finetune import ranks
    from helpers.finetune.run import finetune
    from helpers.remote import job

    values = job.parameters(dict(map(assignment, options.parameter)))
    run = finetune(*job.training(job.Job(values, "", "", "", {}), paths.root()))
    if ranks.first():
        print(paths.shown(run))


def assignment(text: str) -> tuple[str, str]:
    """Split NAME=VALUE; raises `ValueError` for anything else."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise ValueError(f"-p {text!r} is not an assignment; write -p NAME=VALUE")
    return name, value


def text_curve(options: argparse.Namespace) -> None:
    """Score a job's baseline over how much of the tiny base's text it has read; keep the curve."""
    from helpers.core import paths
    from helpers.course import text_curve

    print(paths.shown(text_curve.publish(options.task, progress("fitting on more and more text"))))


def records(options: argparse.Namespace) -> None:
    """Make all committed records of a job again: baselines, the base, and what training makes."""
    from helpers.course import records

    records.make(options.task, progress, options.base or records.BASE, options.steps)


def needs(options: argparse.Namespace) -> None:
    """Measure what a job's ways to answer need: milliseconds, bytes, memory; keep the figures."""
    from helpers.core import paths
    from helpers.course import needs

    print(paths.shown(needs.publish(options.task, progress("measuring"))))


def gate(options: argparse.Namespace) -> None:
    """Fit a job's committed pipeline again, and write its file; or compare what it is worth.

    `--compare` alone puts the gate beside other gates. With `--pipeline FILE` it tells where that
    file sends the rows of a split, and what always, and never, asking its model would score.
    """
    from helpers import tasks
    from helpers.core import paths
    from helpers.pipeline import committing, comparison, engine, measuring

    if not options.compare:
        if options.pipeline or options.data_dir:
            raise ValueError("--pipeline and --data-dir are for --compare; add it, or leave them")
        print(paths.shown(committing.make(tasks.get(options.task), progress)))
        return
    task = tasks.get(options.task, options.data_dir)
    if options.pipeline:
        rows = task.load(options.split)
        if task.domain is not None and not options.data_dir:
            rows = task.load(options.split, engine.heard_folder(task))
        found = measuring.compare(options.pipeline, rows, progress)
    else:
        base = paths.data("tiny_base") / "2m"
        found = comparison.compare(task, base, progress, options.split)
    print(json.dumps(found, ensure_ascii=False))


def pipeline(options: argparse.Namespace) -> None:
    """Write a pipeline's file with its parts beside it: gate, thresholds, words, perhaps a model.

    Validation rows choose how the model is asked on each route, and from where on it asks back.
    """
    from helpers import tasks
    from helpers.pipeline import making
    from helpers.tasks.dictation.hearing.words import read_words

    task = tasks.get(options.task, options.data_dir)
    words = read_words(options.words) if options.words else {}
    order = making.Order(
        task, options.model, options.engine, words, options.whisper, options.rows
    )
    print(json.dumps(making.make(order, options.out, progress), ensure_ascii=False))


def spine(options: argparse.Namespace) -> None:
    """Run the course's spine on one task, and print the committed scoreboard below it."""
    from helpers.core import runs
    from helpers.course import quickstart, scoreboard

    steps = options.steps or (0 if options.base else 400)  # 0: the profile's
    quickstart.run(options.task, steps, options.rows or 0, options.base)
    print("\nThe committed records, of trainings at full length:\n")
    print(scoreboard.plain([r for r in runs.committed() if r["task"] == options.task]))
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


def choose(options: argparse.Namespace) -> None:
    """Let a run's validation rows choose its weight and its best way to decode, as notebook 04."""
    from helpers.finetune import shipping

    chosen = shipping.choose(
        options.run, options.data_dir, options.engine, options.rows, progress("fitting")
    )
    print(json.dumps(chosen))


def distill(options: argparse.Namespace) -> None:
    """Let a run answer new rows in its best way, and write a data folder to train another on."""
    from helpers.finetune.distill import distill

    print(json.dumps(distill(
        options.task, options.model, options.out, options.rows, options.engine, progress
    )))  # fmt: skip


def draw(options: argparse.Namespace) -> None:
    """Let a task's program write more training rows, and write a data folder that has them, too."""
    from helpers.corpora import generate

    generate.check_empty(options.out)
    new = generate.draw(options.task, options.rows, generate.SEED)
    print(json.dumps({"train": generate.write_folder(options.task, new, options.out)}))


def grow(options: argparse.Namespace) -> None:
    """Grow a tiny base model, measure it and keep its record; started again it goes on."""
    from helpers.core import runs
    from helpers.pretrain import card, growth, loop
    from helpers.pretrain.tiny_base import LAYERS, Recipe

    if options.size not in LAYERS:
        raise ValueError(f"there is no size {options.size!r}; choose one of {', '.join(LAYERS)}")
    recipe = Recipe(steps=options.steps or Recipe.steps, seed=options.seed)
    config = {"size": options.size, "recipe": vars(recipe), "commands": options.amount}
    if options.tokenizer:
        config["tokenizer"] = loop.digest_of(growth.read_tokenizer(options.tokenizer))
    work = options.work or runs.run_folder("grow", **config)
    record = growth.grow(
        options.size, options.out_dir, work, recipe, options.tokenizer, options.compiled,
        lambda row: print(json.dumps(row), file=sys.stderr, flush=True), options.amount,
    )  # fmt: skip
    if options.out_dir.resolve().parent == card.folder():
        card.update()
    print(json.dumps(record, ensure_ascii=False))


def bits(options: argparse.Namespace) -> None:
    """Measure another's base on the texts of the tiny ones, and write it into their card."""
    from helpers.core.files import replace_file
    from helpers.pretrain import card, growth

    record = growth.measure_beside(options.base)
    text = json.dumps(record, ensure_ascii=False, indent=1)
    name = record["size"].rpartition("/")[2]
    replace_file(card.folder() / f"{name}.json", f"{text}\n")
    card.update()
    print(json.dumps(record, ensure_ascii=False))


def refresh(options: argparse.Namespace) -> None:
    """Run notebooks in place and keep their outputs, or only write the repository's address."""
    from helpers.course import address, notebooks

    action = address.write if options.address else notebooks.refresh
    for name in progress("notebooks")(options.notebook):
        action(notebooks.resolve(name))


def lock_colab(options: argparse.Namespace) -> None:
    """Resolve what Colab lacks against what it has, and write the lock that its setup installs."""
    from helpers.core import paths
    from helpers.course import colab_lock

    print(paths.shown(colab_lock.write()))


def scoreboard(options: argparse.Namespace) -> None:
    """Print the committed records as a table."""
    from helpers.core import runs
    from helpers.course import front, scoreboard

    print(scoreboard.plain(runs.committed()))
    if options.write:
        scoreboard.update()
        front.write()


def bench(options: argparse.Namespace) -> None:
    """Print a benchmark's ratios as JSON."""
    from helpers.course.benchmarks import BENCHMARKS

    if options.name not in BENCHMARKS:
        known = ", ".join(BENCHMARKS)
        raise ValueError(f"there is no benchmark {options.name!r}; choose one of {known}")
    if options.name in ("train", "full"):
        sizes = {name: getattr(options, name) for name in ("rows", "steps")}
        given = {name: value for name, value in sizes.items() if value}
        print(json.dumps(BENCHMARKS[options.name](options.base, **given)))
        return
    if (options.name != "linear") != bool(options.model):
        raise ValueError("the benchmarks grammar and batch need --model, linear has none")
    given = [options.model] if options.model else []
    print(json.dumps(BENCHMARKS[options.name](*given)))
