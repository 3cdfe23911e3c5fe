"""What the options of `generate` come to: cases, a budget, endpoints, a factory."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.cli.answering import progress
from helpers.engines.api.endpoint import OPENAI, Endpoint

if TYPE_CHECKING:
    from helpers.engines.base import Engine
    from helpers.factory import Budget, Case, Factory, Judge, Known, PrivateLedger
    from helpers.tasks.base import Task

KEY_NAME = "OPENAI_API_KEY"
COUNT = 300  # cases that are drawn


def check_outs(options: argparse.Namespace) -> None:
    """Raise `ValueError` for an output that cannot be written, before anybody is paid."""
    outs = {f"--out-{n}": getattr(options, f"out_{n}") for n in ("train", "eval", "report")}
    if options.out_report:
        outs["the report's page"] = options.out_report.with_suffix(".md")
    named = {name: path.resolve() for name, path in outs.items() if path}
    for name, path in named.items():
        if path.is_dir():
            raise ValueError(f"{name} {path} is a folder; name a file in it")
    if len(set(named.values())) < len(named):
        raise ValueError("two outputs are one file, or the report's page (.md); name one for each")
    if not (options.judge_model or options.round_trip):
        raise ValueError("nobody judges; add --judge-model, or --round-trip with engines")


def cases_of(options: argparse.Namespace, task: Task, known: Known) -> list[Case]:
    """Return the cases of a file, or those that are drawn."""
    from helpers import factory

    if not options.cases:
        return factory.make(
            task, options.count or COUNT, options.scenario, options.seed, options.language, known
        )
    found = factory.read(options.cases, task, options.scenario, options.language)
    return found[: options.count]


def config_of(options: argparse.Namespace, cases: Sequence[Case]) -> dict[str, Any]:
    """Return what makes a run another one: not its speed, what it may cost, or where it writes."""
    names = (
        "task", "batch_size", "generator_model", "judge_model", "round_trip", "local",
        "temperature", "seed", "undistillable", "no_schema",
    )  # fmt: skip
    values = {name: getattr(options, name) for name in names}
    values["url"] = "" if options.local else url_of(options)
    return values | {"data_dir": str(options.data_dir), "cases": [case.content for case in cases]}


def budget_of(options: argparse.Namespace) -> Budget:
    """Return what a run may cost; raises `ValueError` for a price or a sum that cannot be."""
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
        prices = dict.fromkeys(models(options), Price())
    if options.max_cost is not None and not options.max_cost > 0:
        raise ValueError(f"--max-cost is {options.max_cost}; name more than 0 dollars")
    return Budget(options.max_requests, options.max_cost, prices)


@contextmanager
def endpoints(
    options: argparse.Namespace, ledger: PrivateLedger
) -> Iterator[Mapping[str, Endpoint]]:
    """Yield who answers for the generator's and the judge's model."""
    from helpers.factory import serving

    with ExitStack() as stack:
        if options.local:
            names = models(options)
            yield {name: stack.enter_context(serving(name, ledger)) for name in names}
            return
        yield dict.fromkeys(models(options), Endpoint(url_of(options), KEY_NAME, ledger=ledger))


def url_of(options: argparse.Namespace) -> str:
    """Return the endpoint's address."""
    return options.url or os.environ.get("OPENAI_BASE_URL") or OPENAI


def models(options: argparse.Namespace) -> list[str]:
    """Return the models' names, each once."""
    names = (options.generator_model, options.judge_model)
    return list(dict.fromkeys(name for name in names if name))


def made(options: argparse.Namespace, task: Task, endpoints: Mapping[str, Endpoint]) -> Factory:
    """Return the factory; a model without an endpoint can be shown, but not asked."""
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
        judges.append(factory.RoundTrip(task, engines_of(options.round_trip, task)))
    generator = factory.Generator(task, model(options.generator_model, options.temperature))
    return factory.Factory(generator, judges, options.batch_size, options.concurrency)


def engines_of(names: Sequence[str], task: Task) -> dict[str, Engine]:
    """Return engines by name: those without a model, and runs, decoded in their best way."""
    from helpers import engines

    found = {}
    for name in names:
        spec = engines.SPECS.get(name)
        if spec and spec.reads:
            raise ValueError(f"the engine {name!r} needs a model; name a run's folder instead")
        fitting = progress(f"fitting {name}")
        if spec:
            found[name] = engines.create(name, task, fitting)
        else:  # rows name a run by its folder's name, which is the same on every machine
            found[Path(name).name] = engines.create(
                _runner(name), task, fitting, name, decode=engines.BEST
            )
    return found


def _runner(run: str) -> str:
    return "gguf" if run.endswith(".gguf") else "torch"


def check_prices(options: argparse.Namespace, made: Factory, ledger: PrivateLedger) -> None:
    """Raise `ValueError` for a budget in dollars where nobody can tell what an answer costs."""
    if options.max_cost is None or made.generator.model.on_openrouter:
        return
    for kind in ("generator", "judge"):
        name = getattr(options, f"{kind}_model")
        if name and ledger.budget.price(name) is None:
            raise ValueError(f"--max-cost needs --{kind}-price: what {name} costs is not known")
