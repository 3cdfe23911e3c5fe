"""Asking a model for structured output: its request, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from helpers.core.examples import EngineError
from helpers.engines.api import reply
from helpers.engines.api.endpoint import Endpoint
from helpers.engines.api.failures import Unanswered
from helpers.factory import structured
from helpers.factory.budget import BudgetSpent
from helpers.factory.drafts import BROKEN, BUDGET, UNANSWERED

TRIES = 2  # of an answer that is not as its schema says: with another seed


class NotAnswered(Exception):
    """There is no answer that can be used: for which of the reasons, and why in words."""

    def __init__(self, reason: str, why: str) -> None:
        """Keep both."""
        super().__init__(why)
        self.reason = reason


@dataclass(frozen=True)
class Model:
    """A model behind an endpoint, asked for structured output; None as endpoint asks nobody.

    `distillable` lets OpenRouter refuse a model whose terms forbid to train on what it writes.
    `schema` off leaves the schema out of requests, for an endpoint that refuses it: answers are
    checked by it all the same.
    """

    name: str
    endpoint: Endpoint | None = field(default=None, repr=False)
    temperature: float = 0.0
    distillable: bool = True
    schema: bool = True
    seed: int = 0

    @property
    def settings(self) -> dict[str, Any]:
        """What a report says of it."""
        where = self.endpoint.known_as or self.endpoint.url if self.endpoint else ""
        settings = {"model": self.name, "endpoint": where, "temperature": self.temperature}
        return settings | {"distillable": self.terms}

    @property
    def terms(self) -> str:
        """Whether somebody made sure that its answers may be trained on."""
        if not self.on_openrouter:
            return "not checked: read the terms of whoever made or serves this model"
        if self.distillable:
            return "enforced by OpenRouter: provider.enforce_distillable_text"
        return "switched off: the model's terms may forbid to train on this"

    @property
    def on_openrouter(self) -> bool:
        """Whether OpenRouter answers for it: it tells what an answer cost, and knows terms."""
        host = urlsplit(self.endpoint.url).hostname or "" if self.endpoint else ""
        return host == "openrouter.ai" or host.endswith(".openrouter.ai")

    def request(
        self, turns: Sequence[dict[str, str]], schema: dict[str, Any], tokens: int, again: int = 0
    ) -> dict[str, Any]:
        """Return the body of a request; `again` counts the answers before that were no use."""
        body = {
            "model": self.name,
            "messages": list(turns),
            "temperature": self.temperature,
            "max_tokens": tokens,
            "seed": self.seed + again,
        }
        if self.schema:
            body["response_format"] = structured.response_format("answer", schema)
        if self.on_openrouter and self.distillable:
            body["extra_body"] = {"provider": {"enforce_distillable_text": True}}
        return body

    def ask(self, turns: Sequence[dict[str, str]], schema: dict[str, Any], tokens: int) -> Any:
        """Return what the model wrote, as the schema says; raises `NotAnswered`.

        Raises `EngineError` for what no other request would mend, such as a wrong key.
        """
        if self.endpoint is None:
            raise EngineError(f"{self.name}: there is no endpoint to ask; name its address")
        why = ""
        for again in range(TRIES):
            try:
                found = self.endpoint.ask(self.request(turns, schema, tokens, again))
                return structured.read(reply.read(found["body"]).text, schema)
            except BudgetSpent as error:
                raise NotAnswered(BUDGET, str(error)) from None
            except Unanswered as error:
                raise NotAnswered(UNANSWERED, str(error)) from None
            except EngineError:
                raise
            except ValueError as error:
                why = str(error)
        raise NotAnswered(BROKEN, why)
