"""What a run would ask, and what that may cost, before anybody is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpers.factory.budget import Budget, answer_tokens, prompt_tokens
from helpers.factory.cases import Case, batches
from helpers.factory.drafts import Draft
from helpers.factory.judges import ModelJudge
from helpers.factory.run import Factory

PLACE = "(what the generator wrote)"


def text(factory: Factory, cases: Sequence[Case], budget: Budget) -> str:
    """Return the first prompt of the generator, and one of each judge that is a model."""
    first = batches(cases, factory.batch_size)[0]
    model = factory.generator.model
    shown = [_prompt(f"to {model.name}, for {len(first)} cases", factory.generator.request(first))]
    for judge in _asked(factory):
        request = judge.request(Draft(first[0], PLACE))
        shown.append(_prompt(f"to {judge.model.name}, for each of them", request))
    return "\n\n".join(shown)


def cost(factory: Factory, cases: Sequence[Case], budget: Budget) -> dict[str, Any]:
    """Return requests, tokens and dollars, if no answer breaks its schema or is rewritten.

    Tokens are estimates: a prompt's rather too high, and an answer's as many as it may have.
    Dollars are None where a price is not known.
    """
    dealt = batches(cases, factory.batch_size)
    asked = [(factory.generator.model.name, factory.generator.request(one)) for one in dealt]
    for judge in _asked(factory):
        asked += [(judge.model.name, judge.request(Draft(case, case.answer))) for case in cases]
    dollars, prompt, answer = 0.0, 0, 0
    for name, request in asked:
        read, written = prompt_tokens(request), answer_tokens(request)
        prompt, answer = prompt + read, answer + written
        price = budget.price(name)
        dollars = dollars + price.of(read, written) if price and dollars is not None else None
    return {
        "cases": len(cases),
        "requests": len(asked),
        "prompt_tokens": prompt,
        "answer_tokens_at_most": answer,
        "dollars_at_most": None if dollars is None else round(dollars, 4),
    }


def _asked(factory: Factory) -> list[ModelJudge]:
    return [judge for judge in factory.judges if isinstance(judge, ModelJudge)]


def _prompt(head: str, request: dict[str, Any]) -> str:
    turns = [f"[{turn['role']}]\n{turn['content']}" for turn in request["messages"]]
    rest = {key: value for key, value in request.items() if key != "messages"}
    return "\n\n".join([f"--- {head}: {rest}", *turns])
