"""What answers cost: prices, what was used, and the budget that a run keeps to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from helpers.engines.api import reply

MILLION = 1_000_000
COUNTED = ("prompt_tokens", "tokens")  # of a reply, as `Price.of` takes them
LETTERS = 3.0  # of a prompt in a token, at least: an estimate that is rather too high


class BudgetSpent(RuntimeError):
    """Nothing more is asked: the message says what was allowed."""


@dataclass(frozen=True)
class Price:
    """What a model costs: dollars for a million tokens of prompts, and of answers."""

    prompt: float = 0.0
    answer: float = 0.0

    @classmethod
    def read(cls, text: str) -> Price:
        """Read a price written as two numbers; raises `ValueError`.

        >>> Price.read("0.02/0.04")
        Price(prompt=0.02, answer=0.04)
        """
        parts = text.split("/")
        try:
            prompt, answer = map(float, parts)
        except ValueError:
            raise ValueError(
                f"{text!r} is no price; write dollars for a million tokens read and written, "
                "such as 0.02/0.04"
            ) from None
        if not (0 <= prompt < float("inf") and 0 <= answer < float("inf")):
            raise ValueError(f"{text!r} is no price; write two numbers from 0 on")
        return cls(prompt, answer)

    def of(self, prompt: int, answer: int) -> float:
        """Return the dollars for some tokens.

        >>> Price(1.0, 2.0).of(500_000, 250_000)
        1.0
        """
        return (self.prompt * prompt + self.answer * answer) / MILLION


@dataclass
class Usage:
    """Answers, their tokens, seconds and dollars; `unpriced` ones told no cost and have no price.

    `dearest` is the most that one of them cost.
    """

    answers: int = 0
    prompt_tokens: int = 0
    tokens: int = 0
    seconds: float = 0.0
    dollars: float = 0.0
    unpriced: int = 0
    uncounted: int = 0  # answers whose endpoint counted no tokens
    dearest: float = 0.0

    def count(self, kept: Mapping[str, Any], price: Price | None) -> None:
        """Count a reply in."""
        counts = reply.counts(kept["body"])
        prompt, answer = (_number(counts.get(name)) for name in COUNTED)
        self.answers += 1
        self.prompt_tokens += prompt
        self.tokens += answer
        self.uncounted += not (prompt or answer)
        self.seconds += kept["seconds"]
        dollars = cost(counts, price)
        self.unpriced += dollars is None
        self.pay(dollars or 0.0)

    def pay(self, dollars: float) -> None:
        """Count dollars in, be they for an answer or for none."""
        self.dollars += dollars
        self.dearest = max(self.dearest, dollars)

    @property
    def row(self) -> dict[str, Any]:
        """What a report says of it."""
        values = {key: value for key, value in vars(self).items() if key != "dearest"}
        return values | {"seconds": round(self.seconds, 3), "dollars": round(self.dollars, 6)}


def cost(counts: Mapping[str, Any], price: Price | None) -> float | None:
    """Return the dollars of a reply: what its endpoint says, or by its tokens; None if unknown.

    >>> cost({"tokens": 500_000}, Price(1.0, 2.0)), cost({"cost": 0.5}, None), cost({}, None)
    (1.0, 0.5, None)
    """
    dollars = counts.get("cost")
    if isinstance(dollars, int | float) and not isinstance(dollars, bool):
        return float(dollars)
    return price.of(*(_number(counts.get(name)) for name in COUNTED)) if price else None


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


@dataclass(frozen=True)
class Budget:
    """How many requests, and dollars, a run may take in all its starts; None: as many as it takes.

    `prices` are by model; where one is missing an endpoint may tell what an answer cost.
    """

    requests: int | None = None
    dollars: float | None = None
    prices: Mapping[str, Price] = field(default_factory=dict)

    def price(self, model: str) -> Price | None:
        """Return a model's price, if it is known."""
        return self.prices.get(model)

    def estimate(self, request: Mapping[str, Any], spent: Usage) -> float:
        """Return what a request may cost at most: by its price, or by the dearest so far."""
        price = self.price(request["model"])
        if price is None:
            return spent.dearest
        return price.of(prompt_tokens(request), answer_tokens(request))

    def check(self, dollars: float) -> None:
        """Raise `BudgetSpent` if that is more than is allowed."""
        if self.dollars is not None and dollars > self.dollars:
            raise BudgetSpent(f"{self.dollars:g} dollars")


def prompt_tokens(request: Mapping[str, Any]) -> int:
    """Return about how many tokens a request's prompt has, rather too many than too few.

    A small vocabulary knows few letters beyond ASCII, and spells the others nearly byte by byte.

    >>> prompt_tokens({"messages": [{"content": "list all files"}, {"content": "列出文件"}]})
    12
    """
    text = "".join(turn["content"] for turn in request["messages"])
    further = len(text.encode("utf-8", "replace")) - len(text)  # bytes beyond one a letter
    return int(sum(map(str.isascii, text)) / LETTERS) + further


def answer_tokens(request: Mapping[str, Any]) -> int:
    """Return how many tokens a request allows its answer."""
    return request.get("max_tokens") or request.get("max_completion_tokens") or 0
