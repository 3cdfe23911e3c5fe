"""An endpoint that speaks OpenAI's chat completions: asked with a key, and again when it is busy.

Each answer is kept by the content of its request, because a call may cost money.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from helpers import cache
from helpers.engines.base import EngineError

OPENAI = "https://api.openai.com/v1"
BUSY = (408, 409, 429)  # asked again, as is every status from 500 on
REFUSED = (401, 403)
SECRET = 12  # characters; a shorter key is for a server of one's own, and a word in answers
SAID = 300  # characters of an error that are told
LONGEST_WAIT = 60.0  # seconds between two tries, whatever the endpoint asks for


@dataclass(frozen=True)
class Endpoint:
    """Where a model is asked. A request is tried `tries` times, each for `timeout` seconds.

    The key is read from the environment variable `key_name`, and kept nowhere.
    """

    url: str = OPENAI
    key_name: str = "OPENAI_API_KEY"
    tries: int = 6
    timeout: float = 60.0

    def __post_init__(self) -> None:
        """Raise `EngineError` without a key, or where nothing is tried."""
        if not os.environ.get(self.key_name):
            raise EngineError(
                f"{self.key_name} is not set; export your key for {self.url} in it (a server of "
                "your own takes any text)"
            )
        if self.tries < 1 or not self.timeout > 0:
            raise EngineError(
                f"{self.tries} tries of {self.timeout} seconds ask nothing; take more"
            )

    @cached_property
    def client(self) -> Any:
        """The client; threads may share it."""
        from openai import OpenAI
        from stamina.instrumentation import set_on_retry_hooks

        set_on_retry_hooks([_tell])  # stamina's own prints on stdout, where answers go
        key = os.environ[self.key_name]
        return OpenAI(api_key=key, base_url=self.url, timeout=self.timeout, max_retries=0)

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the `body` of the answer and the `seconds` it took, the first time it was asked.

        Raises `EngineError` after the last try, or at once where another would not help.
        """
        key = cache.digest(self.url, request)
        return cache.remember("api", key, lambda: self._ask(request))

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        import stamina
        from openai import OpenAIError

        again = stamina.retry_context(
            on=wait, attempts=self.tries, timeout=None, wait_initial=1.0, wait_max=LONGEST_WAIT
        )
        try:
            for attempt in again:
                with attempt:
                    began = time.perf_counter()
                    found = self.client.chat.completions.with_raw_response.create(**request)
                    seconds = time.perf_counter() - began
        except OpenAIError as error:
            said = f"{request['model']} at {self.url}: {self._failed(error)}"
            raise EngineError(said) from None  # the error's own text may repeat the key
        return {"body": self._without_key(found.text), "seconds": seconds}

    def _failed(self, error: Exception) -> str:
        if wait(error):
            fix = f"it was tried {self.tries} times; try later"
        elif getattr(error, "status_code", 0) in REFUSED:
            fix = f"check the key in {self.key_name}"
        else:
            fix = "check the model's name, and what the endpoint takes"
        return f"{self._without_key(reason(error))}; {fix} (answers so far are kept)"

    def _without_key(self, text: str) -> str:
        key = os.environ[self.key_name]
        return text.replace(key, "(the key)") if len(key) >= SECRET else text


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


def reason(error: Exception) -> str:
    """Return what went wrong, in one line: what lies under a connection's error tells more.

    >>> reason(OSError("no\\nroute"))
    'no route'
    """
    told = [" ".join(str(one).split()) for one in (error.__cause__, error) if one]
    return next((text[:SAID] for text in told if text), type(error).__name__)


def _tell(retry: Any) -> None:
    """Say on stderr why there is no answer yet."""
    print(f"{reason(retry.caused_by)}; asks again in {retry.wait_for:.0f} s", file=sys.stderr)
