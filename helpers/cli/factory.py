"""The commands of the data factory: generate rows, serve a model for it, forget its answers."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.cli.answering import progress
from helpers.engines.api.endpoint import OPENAI

if TYPE_CHECKING:
    from helpers.factory import Case, Factory, Judge, PrivateLedger
    from helpers.tasks.base import Task

Command = Callable[[str, Callable], argparse.ArgumentParser]
KEY_NAME = "OPENAI_API_KEY"


def add(command: Command, count: Callable[[str], int]) -> None:
    """Add the commands; `count` reads a whole number from 1 on."""
    sub = command("generate", generate)
    sub.add_argument("--task", required=True, help="a job, such as dictated_bash")
    sub.add_argument("--count", type=count, default=300, help="cases; else 300")
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

    _check_outs(options)
    task = tasks.get(options.task, options.data_dir)
    known = factory.Known.of(task)
    cases = _cases(options, task, known)
    with ExitStack() as stack:
        if options.dry_run:
            _preview(_factory(options, task, {}), cases, _budget(options))
            return
        folder = runs.run_folder("generate", **_config(options, cases))
        stack.enter_context(runs.only_one(folder))
        ledger = factory.PrivateLedger(folder / "asked.txt", _budget(options))
        made = _factory(options, task, stack.enter_context(_endpoints(options, ledger)))
        _check_prices(options, made, ledger)
        _warn(ledger, made)
        output = made.run(cases, known, progress("batches of cases"))
    told = report.build(made, output, known, ledger)
    outs = {n: getattr(options, f"out_{n}") or folder / f"{n}.jsonl" for n in ("train", "eval")}
    _write(outs, {"train": output.train, "eval": output.evaluation})
    file = options.out_report or folder / "report.json"
    page = report.write(told, file)
    shown = ("cases", "accepted", "yield", "train", "eval", "dollars", "stopped")
    files = {**outs, "report": file, "page": page}
    where = {name: paths.shown(path) for name, path in files.items()}
    print(json.dumps({name: told[name] for name in shown} | {"files": where}, ensure_ascii=False))


def forget_answers(options: argparse.Namespace) -> None:
    """Empty the private folder of all that the factory asked and was answered."""
    from helpers.core import paths
    from helpers.factory import ledger

    print(f"{ledger.empty()} answers forgotten: {paths.shown(ledger.private_folder())} is empty")


def endpoint(options: argparse.Namespace) -> None:
    """Serve a model at this machine alone, as an endpoint that speaks chat completions."""
    from helpers.factory import serving

    with serving(options.model, port=options.port) as served:
        print(json.dumps({"url": served.url, "model": options.model}), flush=True)
        print("serving until you press Ctrl-C", file=sys.stderr)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print("stopped", file=sys.stderr)


def _check_outs(options: argparse.Namespace) -> None:
    """Raise `ValueError` for an output that cannot be written, before anybody is paid."""
    outs = {name: getattr(options, f"out_{name}") for name in ("train", "eval", "report")}
    named = {name: path.resolve() for name, path in outs.items() if path}
    for name, path in named.items():
        if path.is_dir():
            raise ValueError(f"--out-{name} {path} is a folder; name a file in it")
    if len(set(named.values())) < len(named):
        raise ValueError("two outputs are one file; name a file for each")
    if not (options.judge_model or options.round_trip):
        raise ValueError("nobody judges; add --judge-model, or --round-trip with engines")


def _cases(options: argparse.Namespace, task: Task, known: Any) -> list[Case]:
    from helpers import factory

    if not options.cases:
        return factory.make(
            task, options.count, options.scenario, options.seed, options.language, known
        )
    found = factory.read(options.cases, task, options.scenario, options.language)
    return found[: options.count]


def _config(options: argparse.Namespace, cases: Sequence[Case]) -> dict[str, Any]:
    """Return what makes a run another one: not how fast it goes, what it may cost, where it writes.
    """
    names = (
        "task", "batch_size", "generator_model", "judge_model", "round_trip", "local",
        "temperature", "seed", "undistillable", "no_schema",
    )  # fmt: skip
    told = {name: getattr(options, name) for name in names} | {"url": _url(options)}
    return told | {"data_dir": str(options.data_dir), "cases": [case.content for case in cases]}


def _budget(options: argparse.Namespace) -> Any:
    from helpers.factory import Budget, Price

    prices = {
        model: Price.read(price)
        for model, price in (
            (options.generator_model, options.generator_price),
            (options.judge_model, options.judge_price),
        )
        if model and price
    }
    if options.local:
        prices = dict.fromkeys(_models(options), Price())
    if options.max_cost is not None and not options.max_cost > 0:
        raise ValueError(f"--max-cost is {options.max_cost}; name more than 0 dollars")
    return Budget(options.max_requests, options.max_cost, prices)


@contextmanager
def _endpoints(options: argparse.Namespace, ledger: PrivateLedger) -> Iterator[Mapping[str, Any]]:
    """Yield who answers for the generator's and the judge's model."""
    from helpers.engines.api.endpoint import Endpoint
    from helpers.factory import serving

    with ExitStack() as stack:
        if options.local:
            names = _models(options)
            yield {name: stack.enter_context(serving(name, ledger)) for name in names}
            return
        yield dict.fromkeys(_models(options), Endpoint(_url(options), KEY_NAME, ledger=ledger))


def _url(options: argparse.Namespace) -> str:
    return options.url or os.environ.get("OPENAI_BASE_URL") or OPENAI


def _models(options: argparse.Namespace) -> list[str]:
    """Return the models' names, each once."""
    names = (options.generator_model, options.judge_model)
    return list(dict.fromkeys(name for name in names if name))


def _factory(options: argparse.Namespace, task: Task, endpoints: Mapping[str, Any]) -> Factory:
    from helpers import factory

    def model(name: str, temperature: float) -> factory.Model:
        return factory.Model(
            name, endpoints.get(name), temperature, not options.undistillable,
            not options.no_schema, options.seed,
        )  # fmt: skip

    judges: list[Judge] = []
    if options.judge_model:
        judges.append(factory.ModelJudge(task, model(options.judge_model, 0.0)))
    if options.round_trip:
        judges.append(factory.RoundTrip(task, _engines(options.round_trip, task)))
    generator = factory.Generator(task, model(options.generator_model, options.temperature))
    return factory.Factory(generator, judges, options.batch_size, options.concurrency)


def _engines(names: Sequence[str], task: Task) -> dict[str, Any]:
    """Return engines by name: those without a model, and runs, decoded in their best way."""
    from helpers import engines

    found = {}
    for name in names:
        spec = engines.SPECS.get(name)
        if spec and spec.reads:
            raise ValueError(f"the engine {name!r} needs a model; name a run's folder instead")
        fitting = progress(f"fitting {name}")
        found[name] = (
            engines.create(name, task, fitting)
            if spec
            else engines.create("torch", task, fitting, name, decode=engines.BEST)
        )
    return found


def _check_prices(options: argparse.Namespace, made: Factory, ledger: PrivateLedger) -> None:
    """Raise `ValueError` for a budget in dollars where nobody can tell what an answer costs."""
    if options.max_cost is None or made.generator.model.on_openrouter:
        return
    for kind in ("generator", "judge"):
        name = getattr(options, f"{kind}_model")
        if name and ledger.budget.price(name) is None:
            raise ValueError(f"--max-cost needs --{kind}-price: what {name} costs is not known")


def _warn(ledger: PrivateLedger, made: Factory) -> None:
    """Say on stderr where requests are kept, what was paid before, and what nobody checked."""
    from helpers.core import paths

    told = [
        f"requests and answers, with all that your cases hold, are kept in "
        f"{paths.shown(ledger.folder)}, for your eyes only; python -m helpers forget-answers "
        "empties it",
        f"may {made.generator.model.name}'s answers be trained on? {made.generator.model.terms}",
    ]
    for model, usage in sorted(ledger.earlier.items()):
        cost = "at no known price" if usage.unpriced else f"${usage.dollars:.4f}"
        told.append(
            f"kept from before: {usage.answers:,} answers of {model} ({usage.prompt_tokens:,} "
            f"tokens read, {usage.tokens:,} written, {cost}); none is asked again"
        )
    if ledger.unanswered:
        told.append(
            f"{ledger.unanswered} requests had no answer when it stopped; they are asked again, "
            "and may be paid twice"
        )
    print("\n".join(told), file=sys.stderr)


def _preview(made: Factory, cases: Sequence[Case], budget: Any) -> None:
    """Print the first prompts, and what all of it may cost at most."""
    from helpers.factory import preview

    print(preview.text(made, cases, budget))
    print(json.dumps(preview.cost(made, cases, budget)))


def _write(outs: Mapping[str, Path], rows: Mapping[str, Any]) -> None:
    from helpers.core.examples import write_rows

    for name, path in outs.items():
        write_rows(path, rows[name])
