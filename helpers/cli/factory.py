"""The commands of the data factory: generate rows, serve a model for it, forget its answers."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.cli import factory_options
from helpers.cli.answering import progress

if TYPE_CHECKING:
    from helpers.factory import Case, Factory, PrivateLedger

Command = Callable[[str, Callable], argparse.ArgumentParser]


def add(command: Command, count: Callable[[str], int]) -> None:
    """Add the commands; `count` reads a whole number from 1 on."""
    sub = command("generate", generate)
    sub.add_argument("--task", required=True, help="a job, such as dictated_bash")
    sub.add_argument("--count", type=count, help="cases; else 300, or all of --cases")
    sub.add_argument("--scenario", default="mixed", help="else mixed: all of the task's in turn")
    sub.add_argument("--batch-size", type=count, default=20, help="cases a request; else 20")
    sub.add_argument("--concurrency", type=count, default=4, help="requests at a time; else 4")
    sub.add_argument("--generator-model", required=True, metavar="M", help="who writes")
    sub.add_argument("--judge-model", metavar="J", help="who judges")
    sub.add_argument("--round-trip", nargs="+", default=[], metavar="ENGINE",
                     help="engines that have to come back: rules, pipeline, or a run's folder")
    sub.add_argument("--url", help="of the endpoint; else OPENAI_BASE_URL, or OpenAI's")
    sub.add_argument("--local", action="store_true",
                     help="models are bases or .gguf files, served within this process")
    sub.add_argument("--cases", type=Path, metavar="FILE", help="JSON lines of your own cases")
    sub.add_argument("--data-dir", type=Path, help="a data folder of your own")
    sub.add_argument("--language", default="en", help="of the texts, by ISO 639; else en")
    sub.add_argument("--seed", type=int, default=0)
    sub.add_argument("--temperature", type=float, default=0.8, help="of the generator; else 0.8")
    for name in ("train", "eval", "report"):
        sub.add_argument(f"--out-{name}", type=Path, metavar="FILE", help="else in runs/")
    sub.add_argument("--max-requests", type=count, metavar="N", help="in all starts together")
    sub.add_argument("--max-cost", type=float, metavar="DOLLARS", help="in all starts together")
    for name in ("generator", "judge"):
        sub.add_argument(f"--{name}-price", metavar="IN/OUT", help="dollars a million tokens")
    sub.add_argument("--undistillable", action="store_true",
                     help="let OpenRouter take a model whose terms may forbid to train on it")
    sub.add_argument("--no-schema", action="store_true", help="ask without a JSON schema")
    sub.add_argument("--dry-run", action="store_true", help="show prompts and cost, ask nobody")
    command("forget-answers", forget_answers)
    sub = command("endpoint", endpoint)
    sub.add_argument("model", help="smollm2-135m, another base, or a .gguf file")
    sub.add_argument("--port", type=count, default=8033, help="at 127.0.0.1; else 8033")


def generate(options: argparse.Namespace) -> None:
    """Let a model say a task's answers as people do, judge what it says, and write rows.

    Started again after any stop it goes on, and asks nothing twice.
    """
    from helpers import factory, tasks
    from helpers.core import paths, runs
    from helpers.factory import report

    factory_options.check_outs(options)
    task = tasks.get(options.task, options.data_dir)
    known = factory.Known.of(task)
    cases = factory_options.cases_of(options, task, known)
    with ExitStack() as stack:
        if options.dry_run:
            made = factory_options.made(options, task, {})
            _preview(made, cases, factory_options.budget_of(options))
            return
        folder = runs.run_folder("generate", **factory_options.config_of(options, cases))
        folder.chmod(0o700)  # rows and report hold what the cases hold
        stack.enter_context(runs.only_one(folder))
        ledger = factory.PrivateLedger(folder / "asked.txt", factory_options.budget_of(options))
        endpoints = stack.enter_context(factory_options.endpoints(options, ledger))
        made = factory_options.made(options, task, endpoints)
        factory_options.check_prices(options, made, ledger)
        _warn(ledger, made)
        output = made.run(cases, known, progress("batches of cases"))
    summary = report.build(made, output, known, ledger)
    outs = {n: getattr(options, f"out_{n}") or folder / f"{n}.jsonl" for n in ("train", "eval")}
    _write(outs, {"train": output.train, "eval": output.evaluation})
    factory.write_drafts(folder / "drafts.jsonl", output.drafts)
    file = options.out_report or folder / "report.json"
    page = report.write(summary, file)
    shown = ("cases", "accepted", "yield", "train", "eval", "dollars", "stopped")
    files = {**outs, "report": file, "page": page, "drafts": folder / "drafts.jsonl"}
    where = {name: paths.shown(path) for name, path in files.items()}
    line = {name: summary[name] for name in shown} | {"files": where}
    print(json.dumps(line, ensure_ascii=False))


def forget_answers(options: argparse.Namespace) -> None:
    """Empty the private folder of all that the factory asked and was answered."""
    from helpers.core import paths
    from helpers.factory import ledger

    print(f"{ledger.empty()} answers forgotten: {paths.shown(ledger.private_folder())} is empty")


def endpoint(options: argparse.Namespace) -> None:
    """Serve a model at this machine alone, as an endpoint that speaks chat completions."""
    from helpers.factory import serving

    for stop in (signal.SIGINT, signal.SIGTERM):  # a shell's background job ignores the first
        signal.signal(stop, signal.default_int_handler)
    with serving(options.model, port=options.port) as served:
        print(json.dumps({"url": served.url, "model": options.model}), flush=True)
        print("serving until you press Ctrl-C", file=sys.stderr)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print("stopped", file=sys.stderr)


def _warn(ledger: PrivateLedger, made: Factory) -> None:
    """Say on stderr where requests are kept, what was paid before, and what nobody checked."""
    from helpers.core import paths

    notices = [
        f"requests and answers, with all that your cases hold, are kept in "
        f"{paths.shown(ledger.folder)}, for your eyes only; python -m helpers forget-answers "
        "empties it",
        f"may {made.generator.model.name}'s answers be trained on? {made.generator.model.terms}",
    ]
    for model, usage in sorted(ledger.earlier.items()):
        cost = "at no known price" if usage.unpriced else f"${usage.dollars:.4f}"
        notices.append(
            f"kept from before: {usage.answers:,} answers of {model} ({usage.prompt_tokens:,} "
            f"tokens read, {usage.tokens:,} written, {cost}); none is asked again"
        )
    if ledger.unanswered:
        notices.append(
            f"{ledger.unanswered} requests had no answer when it stopped; they are asked again, "
            "and may be paid twice"
        )
    print("\n".join(notices), file=sys.stderr)


def _preview(made: Factory, cases: Sequence[Case], budget: Any) -> None:
    """Print the first prompts, and what all of it may cost at most."""
    from helpers.factory import preview

    print(preview.text(made, cases, budget))
    print(json.dumps(preview.cost(made, cases, budget)))


def _write(outs: Mapping[str, Path], rows: Mapping[str, Any]) -> None:
    from helpers.core.examples import write_rows

    for name, path in outs.items():
        write_rows(path, rows[name])
