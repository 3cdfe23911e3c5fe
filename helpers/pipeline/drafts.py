"""Answers before it is decided whether to type them: by rules, a lattice, a baseline, a model."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from rapidfuzz import fuzz

from helpers.core.examples import Example, Prediction
from helpers.engines.base import Engine
from helpers.evaluation.grading import collapse
from helpers.pipeline.confidence import log_odds, numbers_of, of_dictation
from helpers.pipeline.gate import TALK
from helpers.pipeline.outcome import MOST, Alternative, Stage
from helpers.pipeline.route import NOTHING, Route, Router, place_of
from helpers.tasks.base import Answer, Task

MODEL, BASELINE = "model", "baseline"
Tell = Callable[[Stage], None]  # hears of each stage as soon as it is done
REASONS = 3  # numbers that a gate's decision names


def untold(stage: Stage) -> None:
    """Hear of a stage, and do nothing."""


@dataclass(frozen=True)
class Draft:
    """An answer, the route it came by, and the numbers that say how sure it is.

    `others` lists further texts that may have been meant, best first, once it is asked.
    """

    text: str
    route: str
    margin: float | None
    numbers: Mapping[str, float]
    stages: tuple[Stage, ...]
    others: Callable[[], list[str]]
    details: Mapping[str, Any] = field(default_factory=dict)


class Drafter(Protocol):
    """Whatever drafts answers to examples, in their order."""

    def drafts(self, examples: Sequence[Example], tell: Tell = untold) -> list[Draft]:
        """Draft an answer to each example; `tell` hears of stages before a model is asked."""

    def quick(self, said: str) -> Answer:
        """Answer without a model, and without looking at what stands beside the words."""


@dataclass(frozen=True)
class Dictations(Drafter):
    """Drafts dictations: the gate routes each, and on some routes a model answers.

    `ways` has the model's engine for a place; where there is none the router's text stays.
    """

    router: Router
    ways: Mapping[str, Engine] = field(default_factory=dict)

    def drafts(self, examples: Sequence[Example], tell: Tell = untold) -> list[Draft]:
        """Route all, then let the model answer what is its, a place at a time."""
        routes = [self.router.route(example.prompt) for example in examples]
        for route in routes:
            tell(self._gate(route))
            tell(_searched(route))
        written: dict[int, Prediction] = {}
        for place, engine in self.ways.items():
            at = [number for number, route in enumerate(routes) if place_of(route) == place]
            found = engine.answer([examples[number] for number in at]) if at else []
            written |= dict(zip(at, found, strict=True))
        return [
            self._draft(example, route, written.get(number))
            for number, (example, route) in enumerate(zip(examples, routes, strict=True))
        ]

    def quick(self, said: str) -> Answer:
        """Answer as the router does."""
        return self.router.answer(said)

    def _draft(self, example: Example, route: Route, written: Prediction | None) -> Draft:
        said, listed = example.prompt, route.candidates[0].text
        details = {"route": route.name, "kind": route.kind, "probability": route.probability}
        if route.kind == TALK:
            details["unsure"] = True
        if math.isfinite(route.candidates[0].score):
            details["log_probability"] = round(route.candidates[0].score, 4)
        stages = (self._gate(route), _searched(route))

        def others() -> list[str]:
            return [listed, *self.router.texts(said, place_of(route), MOST)]

        text, margin, name = listed, route.lead, place_of(route)
        if written is not None:
            text, margin, name = written.text, written.margin, f"{MODEL} {name}"
            details |= {"route": MODEL}
            stages += _written(written)
        agrees = collapse(text) == collapse(listed)
        known = of_dictation(self.router, route, collapse(text), agrees)
        return Draft(text, details["route"], margin, numbers_of(name, margin, **known), stages,
                     others, details)  # fmt: skip

    def _gate(self, route: Route) -> Stage:
        ranked = sorted(route.shares.items(), key=lambda item: -item[1])
        reasons = self.router.gate.reasons(route.features, route.kind)
        named = ", ".join(f"{name} {value:+.1f}" for name, value in [*reasons.items()][:REASONS])
        return Stage(
            "gate", route.kind, route.probability,
            tuple(Alternative(kind, round(share, 4)) for kind, share in ranked),
            "probability", route.seconds["gate"], named,
        )  # fmt: skip


def _searched(route: Route) -> Stage:
    listed = () if route.name == NOTHING else tuple(
        Alternative(found.text, round(found.score, 2)) for found in route.candidates
    )  # fmt: skip
    return Stage(route.name, route.candidates[0].text, None, listed, "log P",
                 route.seconds["lattice"])  # fmt: skip


def _written(found: Prediction) -> tuple[Stage, ...]:
    """Return the stages of what a model wrote: the answer, and its repair where it had one."""
    raw = str(found.details.get("raw", found.text))
    margin = "" if found.margin is None else f"{found.margin:.1f} nats ahead"
    stages = (Stage(MODEL, raw, None, (), "", found.seconds, margin),)
    if repairs := found.details.get("repairs"):
        stages += (Stage("repair", found.text, note=", ".join(repairs)),)
    return stages


@dataclass(frozen=True)
class Answers(Drafter):
    """Drafts the answers of a job that is no dictation: by its baseline, or by a model."""

    task: Task  # fitted, so that its candidates have scores
    baseline: Engine
    model: Engine | None = None

    def drafts(self, examples: Sequence[Example], tell: Tell = untold) -> list[Draft]:
        """Answer all by the baseline, and by the model if there is one; no gate tells anything."""
        plain = self.baseline.answer(examples)
        written = self.model.answer(examples) if self.model else [None] * len(examples)
        return [self._draft(*row) for row in zip(examples, plain, written, strict=True)]

    def quick(self, said: str) -> Answer:
        """Answer by the rules, which look at the words alone here."""
        return self.task.rules()(self.task.example_of(said))

    def _draft(self, example: Example, plain: Prediction, written: Prediction | None) -> Draft:
        answer = written or plain
        listed = self._ranked(example, answer.text)
        margin = answer.margin
        if margin is None and listed:
            margin = round(listed[0].score - listed[1].score, 6) if len(listed) > 1 else 0.0
        name = MODEL if written else BASELINE
        stages = (Stage(BASELINE, plain.text, None, tuple(listed[:MOST]), "log P", plain.seconds),)
        if written:
            stages += _written(written)
        agrees, share = float(answer.text == plain.text), shared(listed, answer.text)
        numbers = numbers_of(name, margin, agrees=agrees, share=share)
        return Draft(answer.text, name, margin, numbers, stages,
                     lambda: [one.text for one in listed], {"route": name})  # fmt: skip

    def _ranked(self, example: Example, text: str) -> list[Alternative]:
        """List candidates best first; of equals those spelled most like the answer."""
        found = self.task.candidates(example) or []
        ranked = sorted(found, key=lambda one: (-one.score, -fuzz.ratio(one.text, text)))
        return [Alternative(one.text, round(one.score, 4)) for one in ranked]


def shared(listed: Sequence[Alternative], text: str) -> float:
    """Return the log-odds of a text among what was listed with its log-probability.

    >>> shared([Alternative("a", -0.6931), Alternative("b", -0.6931)], "a")
    0.0
    """
    own = [math.exp(one.score) for one in listed if one.text == text]
    total = sum(math.exp(one.score) for one in listed)
    return round(log_odds(sum(own) / total), 3) if total else 0.0
