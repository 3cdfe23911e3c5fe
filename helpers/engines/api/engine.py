"""The engine of prompted models: any endpoint that speaks OpenAI's chat completions.

Nothing is trained: a question comes after the training rows most like it, with their answers.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from helpers.core import fingerprints
from helpers.core.examples import EngineError, Example, Prediction
from helpers.core.source import source_of
from helpers.engines.api import reply
from helpers.engines.api.endpoint import OPENAI, Endpoint
from helpers.engines.api.ledger import Forgetful, Ledger
from helpers.engines.base import Engine
from helpers.tasks.base import Progress, Task
from helpers.tasks.prompts import turns
from helpers.tasks.shots import nearest

GRAMMAR = "\nThe answer is a text that this grammar (Lark, as llguidance reads it) allows:\n"


@dataclass(frozen=True)
class Api(Engine):
    """Answers with a model behind an endpoint, at temperature 0 unless the model refuses that.

    `shots` rows of `train` are shown first: those whose prompts are most like the question, by
    rapidfuzz's `ratio`. At most `at_once` requests run at a time.
    """

    task: Task
    model: str
    endpoint: Endpoint | None  # None: requests are made, and nobody is asked
    train: Sequence[Example] = field(default=(), repr=False)
    shots: int = 8
    at_once: int = 4
    max_tokens: int = 512
    batch_size: int = 32
    name: str = "api"

    def __post_init__(self) -> None:
        """Raise `EngineError` for a number that cannot be."""
        for name, least in (("shots", 0), ("at_once", 1), ("max_tokens", 1)):
            if getattr(self, name) < least:
                raise EngineError(f"{name} is {getattr(self, name)}; take {least} or more")

    @cached_property
    def fingerprint(self) -> str:
        """A name for all that has a say in the answers, but for changes behind the endpoint."""
        code = source_of(type(self).__module__)
        return fingerprints.digest(self.wanted, self.task.fingerprint(), code)

    @property
    def settings(self) -> dict[str, Any]:
        """What a record tells about this engine: what is asked, as far as the model takes it."""
        return self.endpoint.adapted(self.wanted)

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """The settings before the model has refused any: known, and the same, before it is asked.

        A run that learns of a refusal halfway thus keeps its name, and goes on where it stopped.
        """
        return {
            "model": self.model,
            "endpoint": self.endpoint.url,
            "task": self.task.name,
            "variant": self.task.variant or self.task.variants[0],
            "shots": self.shots,
            "train_rows": len(self.train),
            "train_content": fingerprints.digest([example.row() for example in self.train]),
            "temperature": 0,
            "max_tokens": self.max_tokens,
        }

    def answer(self, examples: Sequence[Example]) -> list[Prediction]:
        """Answer a batch, in its order; the same question twice is asked once."""
        requests = [self.request(example) for example in examples]
        names = [fingerprints.digest(request) for request in requests]
        asked = dict(zip(names, requests, strict=True))
        with ThreadPoolExecutor(self.at_once) as pool:
            found = dict(zip(asked, pool.map(self.endpoint.ask, asked.values()), strict=True))
        return [self._read(e, found[name]) for e, name in zip(examples, names, strict=True)]

    def request(self, example: Example) -> dict[str, Any]:
        """Return the body of the request that puts an example to the model.

        Where answers are not open text, the system turn has the grammar of this row's answers.
        """
        shots = nearest(self.task, example, self.train, self.shots)
        messages = turns(self.task, example, shots)
        if not self.task.open_targets:
            messages[0]["content"] += GRAMMAR + self.task.grammar(example)
        return {
            "model": self.model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": self.max_tokens,
        }

    def forget(self, examples: Sequence[Example]) -> None:
        """Forget what the endpoint replied to these examples, in whichever run."""
        for example in examples:
            self.endpoint.forget(self.request(example))

    def _read(self, example: Example, found: dict[str, Any]) -> Prediction:
        answer = reply.read(found["body"])
        if answer.only_thought:
            tell_of_thoughts(self.model)
        details = answer.details | {"created": found["created"]}
        return Prediction(example.id, answer.text, found["seconds"], details=details)


@cache
def tell_of_thoughts(model: str) -> None:
    """Say on stderr, once for a model, why answers of it are empty."""
    print(
        f"{model}: the model thought and did not answer; switch thinking off, or give it more "
        "tokens (such answers count as empty)",
        file=sys.stderr,
    )


def create(
    task: Task,
    model: str,
    decode: str = "free",
    mix: float | None = None,
    progress: Progress = iter,
    *,
    endpoint: Endpoint | None = None,
    keep: bool = True,
    **options: Any,
) -> Api:
    """Return the engine of a model behind an endpoint; raises `EngineError` if it cannot be had.

    Without `endpoint` it is OPENAI_BASE_URL, or OpenAI's own, with the key in OPENAI_API_KEY; it
    keeps replies unless `keep` is off.
    `mix` and `progress` belong to rescoring, for which an endpoint has no means.
    """
    if decode != "free":
        raise EngineError(f"an endpoint's tokens cannot be masked, so not {decode!r}; decode free")
    url = os.environ.get("OPENAI_BASE_URL") or OPENAI
    endpoint = endpoint or Endpoint(url, ledger=Ledger() if keep else Forgetful())
    train = task.load("train") if options.get("shots", Api.shots) else ()
    return Api(task, str(model), endpoint, train, **options)
