"""The engine of GGUF files: llama.cpp within this process, as Ollama and phones run it.

llama.cpp decodes and follows the row's grammar by itself, from the same text as the other engines.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from helpers.core.examples import Example, RowError
from helpers.engines import causal
from helpers.engines.causal import Answer, Causal
from helpers.engines.decoding.contest import Contest
from helpers.engines.decoding.masks import Guide
from helpers.engines.decoding.reading import Tokens
from helpers.engines.gguf.errors import LeftGrammar
from helpers.engines.gguf.loading import load

GRAMMAR = "%llguidance {}\n"  # tells llama.cpp that no GBNF follows
START = re.compile(r"^start:", re.MULTILINE)


@dataclass(frozen=True)
class Gguf(Causal):
    """Answers with llama.cpp, one row at a time."""

    name: str = "gguf"
    at_once: int = 1

    def _totals(
        self,
        prompts: Sequence[Tokens],
        answers: Sequence[Sequence[Tokens]],
        contests: Sequence[Contest] | None,
    ) -> list[list[float]]:
        """Return log P of each answer; in a contest of those that can still win it."""
        contests = contests or [None] * len(prompts)
        rows = zip(prompts, answers, contests, strict=True)
        return [self.loaded.reader.totals(*row) for row in rows]

    def _written(
        self, examples: Sequence[Example], prompts: Sequence[Tokens]
    ) -> list[Answer]:
        return [self._complete(e, p) for e, p in zip(examples, prompts, strict=True)]

    def _complete(self, example: Example, prompt: Tokens) -> Answer:
        limit = self.loaded.positions - len(prompt)
        options: dict[str, Any] = {"n_probs": 2}
        if self.decode == "free" or self.max_new_tokens:
            limit = min(limit, self.longest)
        if self.decode == "grammar":
            grammar = self.task.grammar(example)
            guide = self.guides.guide(grammar, example.id)  # llama.cpp takes a broken one for none
            options = {"grammar": closed(grammar, guide.end)}
        try:
            found = self.loaded.model.complete(list(prompt), limit, **options)
        except ValueError as error:
            raise RowError(f"row {example.id!r}: llama.cpp refuses it ({error})") from error
        choice = found["choices"][0]
        text, ended = choice["text"], choice["finish_reason"] == "stop"
        details = {"tokens": found["usage"]["completion_tokens"], "ended": ended}
        if self.decode == "grammar":
            if ended:
                self._check_within(guide, text)
            return text, None, details
        margin, log_probability = sureness(choice["logprobs"]["content"])
        return text, margin, details | {"log_probability": log_probability}

    def _check_within(self, guide: Guide, text: str) -> None:
        """Raise `LeftGrammar` if an answer is none of its grammar's."""
        tokens = [*self.loaded.encode_plain([text])[0], guide.end]
        if guide.matcher.validate_tokens(tokens) < len(tokens):
            raise LeftGrammar(
                f"row {guide.row!r}: llama.cpp left its grammar with {text!r}; decode free"
            )


def closed(grammar: str, end: int) -> str:
    """Return a grammar as llama.cpp takes it, whose answers end with the token `end`.

    By itself llama.cpp ends them with whichever of the ends it knows it finds first in the
    vocabulary, such as ChatML's <|endoftext|>. No tuned model writes that, so a text went on for as
    long as its grammar let it.

    >>> closed('start: "yes" | "no"', 2).splitlines()
    ['%llguidance {}', 'start: before_the_end <[2]>', 'before_the_end: "yes" | "no"']
    """
    return f"{GRAMMAR}start: before_the_end <[{end}]>\n{START.sub('before_the_end:', grammar)}"


def sureness(tokens: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Return an answer's margin, the narrowest lead of a token, and its log-probability.

    Both in nats; `tokens` each have a `logprob` and the two likeliest as `top_logprobs`.

    >>> two = [{"logprob": -0.1}, {"logprob": -2.3}]
    >>> sureness([{"logprob": -0.1, "top_logprobs": two}])
    (2.2, -0.1)
    """
    leads = [t["top_logprobs"][0]["logprob"] - t["top_logprobs"][1]["logprob"] for t in tokens]
    total = round(sum(token["logprob"] for token in tokens), 4)
    return (round(min(leads), 4) if leads else math.inf), total


create = partial(causal.create, Gguf, load)
