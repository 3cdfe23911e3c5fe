"""An endpoint that speaks OpenAI's chat completions: asked with a key, and again when it is busy.

Each answer is kept by the content of its request, because a call may cost money.
"""

from __future__ import annotations

import os
import re
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.core import fingerprints, paths
from helpers.core.examples import EngineError
from helpers.core.text import one_line
from helpers.engines.api import reply
from helpers.engines.api.keys import without

OPENAI = "https://api.openai.com/v1"
ADDRESS = re.compile(
    r"https?://([^\s/?#@:\[\]]+|\[[\da-f:.]+\])(:\d+)?(/[^\s?#;]*)?", re.IGNORECASE
)
# What newer models refuse, and what says it to them instead (temperature: nothing, it is theirs).
INSTEAD = {"max_tokens": "max_completion_tokens", "temperature": ""}
REFUSES = re.compile(rf"Unsupported (?:parameter|value): \W*({'|'.join(INSTEAD)})\b")
BUSY = (408, 409, 429)  # asked again, as is every status from 500 on
DENIED = (401, 403)
SAID = 300  # characters of an error that are told
KEPT = "reply"  # the kind of what is kept
LONGEST_WAIT = 60.0  # seconds between two tries, whatever the endpoint asks for


@dataclass(frozen=True)
class Endpoint:
    """Where a model is asked. A request is tried `tries` times, each for `timeout` seconds.

    Replies are kept, so that a request is paid once, unless `keep` is off. The key is read from
    the environment variable `key_name`, and kept nowhere.
    """

    url: str = OPENAI
    key_name: str = "OPENAI_API_KEY"
    tries: int = 6
    timeout: float = 60.0
    keep: bool = True

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
            name = self._name(request)
            return fingerprints.remember(KEPT, name, lambda: self._ask(request), self.keep)
        except Failed as failed:
            if failed.refused not in request:
                told = f"{request['model']} at {self.url}: {self._advice(failed)}"
                raise EngineError(told) from None  # the error below may repeat the key
            mark = self._mark(request["model"], failed.refused)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()  # in one step, so several threads may; later processes tell of it, too
        return self.ask(request)

    def forget(self, request: dict[str, Any]) -> None:
        """Forget the reply to a request, so that it is asked again."""
        fingerprints.forget(KEPT, self._name(self.adapted(request)))

    def _name(self, request: dict[str, Any]) -> str:
        return fingerprints.digest(self.url, request)

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
                found = self._try(request)
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
            raise Failed(str(error), again=True) from None
        return {"body": body, "seconds": seconds, "created": created}

    def _advice(self, failed: Failed) -> str:
        if failed.again:
            fix = f"it was tried {self.tries} times; try later"
        elif failed.status in DENIED:
            fix = f"check the key in {self.key_name}"
        else:
            fix = "check the model's name, and what the endpoint takes"
        return f"{failed}; {fix} (answers so far are kept)"


class Failed(Exception):
    """A try that failed: why, in a line without the key, and whether `wait` says to ask again.

    `refused` is the parameter that the model does not take, if that is why.
    """

    def __init__(
        self, told: str, again: bool | float, status: int = 0, refused: str = ""
    ) -> None:
        """Keep what there is to tell."""
        super().__init__(told)
        self.again, self.status, self.refused = again, status, refused


def failure(error: Exception, key: str) -> Failed:
    """Return what there is to tell of a client's error."""
    status = getattr(error, "status_code", 0)
    refused = REFUSES.search(str(error)) if status == 400 else None
    return Failed(reason(error, key), wait(error), status, refused[1] if refused else "")


def wait(error: Exception) -> bool | float:
    """Return whether to ask again after an error, or after how many seconds if it says so.

    A quota that is used up does not come back by asking.
    """
    from openai import APIConnectionError, APIStatusError

    if isinstance(error, APIConnectionError):  # timeouts are of this kind
        return True
    if not isinstance(error, APIStatusError) or error.code == "insufficient_quota":
        return False
    if error.status_code not in BUSY and error.status_code < 500:
        return False
    asked = error.response.headers.get("retry-after", "")
    return min(float(asked), LONGEST_WAIT) if asked.isdigit() else True


def reason(error: Exception, key: str) -> str:
    """Return what went wrong, in one line: what lies under a connection's error tells more.

    >>> reason(OSError("no\\nroute for sk-123456789"), "sk-123456789")
    'no route for (the key)'
    """
    # The key is taken out before anything is cut: half a key is too much as well.
    told = [one_line(without(key, str(one))) for one in (error.__cause__, error) if one]
    return next((text[:SAID] for text in told if text), type(error).__name__)


def _tell(retry: Any) -> None:
    """Say on stderr why there is no answer yet."""
    print(f"{retry.caused_by}; asks again in {retry.wait_for:.0f} s", file=sys.stderr)
