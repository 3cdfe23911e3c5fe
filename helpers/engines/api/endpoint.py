"""An endpoint that speaks OpenAI's chat completions: asked with a key, and again when it is busy.

Each answer is kept by the content of its request, because a call may cost money; by whom, its
`ledger` says.
"""

from __future__ import annotations

import os
import re
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.core import fingerprints, paths
from helpers.core.examples import EngineError
from helpers.engines.api import reply
from helpers.engines.api.failures import INSTEAD, Failed, Unanswered, failure
from helpers.engines.api.keys import without
from helpers.engines.api.ledger import Ledger

OPENAI = "https://api.openai.com/v1"
ADDRESS = re.compile(
    r"https?://([^\s/?#@:\[\]]+|\[[\da-f:.]+\])(:\d+)?(/[^\s?#;]*)?", re.IGNORECASE
)
DENIED = (401, 403)
LONGEST_WAIT = 60.0  # seconds between two tries of our own choice


@dataclass(frozen=True)
class Endpoint:
    """Where a model is asked. A request is tried `tries` times, each for `timeout` seconds.

    The key is read from the environment variable `key_name`, and kept nowhere; a server of one's
    own that needs none has an empty `key_name`. Answers are kept under the address, or under
    `known_as` where that says better who answers.
    """

    url: str = OPENAI
    key_name: str = "OPENAI_API_KEY"
    tries: int = 6
    timeout: float = 60.0
    known_as: str = ""
    ledger: Ledger = field(default_factory=Ledger, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raise `EngineError` for an address or a key that cannot be, or where nothing is tried."""
        if not ADDRESS.fullmatch(self.url):
            begun = re.match("https?://", self.url, re.IGNORECASE)
            # Neither a password nor a query, which may hold a key, is shown.
            shown = "" if re.search("[@?#;]", self.url) else f" {self.url!r}"
            raise EngineError(
                f"the endpoint{shown} "
                f"{'is no plain address' if begun else 'lacks its http:// or https://'}; write it "
                f"like {OPENAI} or http://127.0.0.1:8000/v1, without a password or a query, and "
                f"export the key in {self.key_name}"
            )
        if without(self._read_key(), self.url) != self.url:
            raise EngineError(
                f"the endpoint's address holds the key; leave it out, {self.key_name} has it"
            )
        if self.tries < 1 or not self.timeout > 0:
            raise EngineError(f"{self.tries} tries of {self.timeout} s ask nothing; take more")

    def _read_key(self) -> str:
        if not self.key_name:
            return "none"
        key = os.environ.get(self.key_name, "").strip()
        if not key:
            raise EngineError(
                f"{self.key_name} is not set; export your key for {self.url} in it (a server of "
                "your own takes any text)"
            )
        if not (key.isascii() and key.isprintable()):
            raise EngineError(
                f"the key in {self.key_name} holds a character that no key has (a line break, or "
                "one that is not ASCII); export it again"
            )
        return key

    @cached_property
    def client(self) -> Any:
        """The client; threads may share it."""
        from openai import OpenAI
        from stamina.instrumentation import set_on_retry_hooks

        set_on_retry_hooks([_tell])  # stamina's own prints on stdout, where answers go
        key = self._read_key()
        return OpenAI(api_key=key, base_url=self.url, timeout=self.timeout, max_retries=0)

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the `body` of a reply, the `seconds` it took, and when it was `created`.

        What its model refuses is left out of this
        request and all later ones. Raises `EngineError` after the last try, or at once where
        another would not help; then nothing is kept.
        """
        request = self.adapted(request)
        try:
            return self.ledger.remember(self._name(request), request, lambda: self._ask(request))
        except Failed as failed:
            if failed.refused not in request:
                told = f"{request['model']} at {self.url}: {self._advice(failed)}"
                kind = Unanswered if failed.again else EngineError
                raise kind(told) from None  # the error below may repeat the key
            mark = self._mark(request["model"], failed.refused)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()  # in one step, so several threads may; later processes tell of it, too
        return self.ask(request)

    def forget(self, request: dict[str, Any]) -> None:
        """Forget the reply to a request, so that it is asked again."""
        self.ledger.forget(self._name(self.adapted(request)))

    def _name(self, request: dict[str, Any]) -> str:
        return fingerprints.digest(self.known_as or self.url, request)

    def adapted(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return a request, or its settings alone, without what its model has ever refused."""
        for name, instead in INSTEAD.items():
            if name in request and self._mark(request["model"], name).exists():
                told = {instead: request[name]} if instead else {}
                request = {key: value for key, value in request.items() if key != name} | told
        return request

    def _mark(self, model: str, name: str) -> Path:
        """Return the file that is there once a model has refused a parameter."""
        return paths.runs() / "cache" / f"api-refused-{fingerprints.digest(self.url, model, name)}"

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        import stamina

        tries = stamina.retry_context(
            on=lambda error: isinstance(error, Failed) and error.again,
            attempts=self.tries, timeout=None, wait_initial=1.0, wait_max=LONGEST_WAIT,
        )  # fmt: skip
        for attempt in tries:
            with attempt:
                self.ledger.trying(request)
                try:
                    found = self._try(request)
                except Failed as failed:
                    self.ledger.failed(request, failed)
                    raise
        return found

    def _try(self, request: dict[str, Any]) -> dict[str, Any]:
        """Ask once. Whatever leaves here, an answer or a failure, is without the key."""
        from openai import OpenAIError

        key, began = self.client.api_key, time.perf_counter()
        created = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            found = self.client.chat.completions.with_raw_response.create(**request)
            body, seconds = without(key, found.text), time.perf_counter() - began
            reply.read(body)
        except OpenAIError as error:
            raise failure(error, key) from None
        except reply.NoAnswer as error:  # a page that asks to sign in, a server that is overloaded
            paid = reply.counts(body)
            raise Failed(str(error), again=True, kind="no answer", counts=paid) from None
        return {"body": body, "seconds": seconds, "created": created}

    def _advice(self, failed: Failed) -> str:
        if failed.again:
            fix = f"it was tried {self.tries} times; try later"
        elif failed.status in DENIED:
            fix = f"check the key in {self.key_name}"
        else:
            fix = "check the model's name, and what the endpoint takes"
        return f"{failed}; {fix} (answers so far are kept)"


def _tell(retry: Any) -> None:
    """Say on stderr why there is no answer yet."""
    print(f"{retry.caused_by}; asks again in {retry.wait_for:.0f} s", file=sys.stderr)
