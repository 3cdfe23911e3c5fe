"""What went wrong with a request: in one line without the key, and whether to ask again."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from helpers.core.examples import EngineError
from helpers.core.text import one_line
from helpers.engines.api.keys import without

# What newer models refuse, and what says it to them instead (temperature: nothing, it is theirs).
INSTEAD = {"max_tokens": "max_completion_tokens", "temperature": ""}
REFUSES = re.compile(rf"Unsupported (?:parameter|value): \W*({'|'.join(INSTEAD)})\b")
BUSY = (408, 409, 429)  # asked again, as is every status from 500 on
SAID = 300  # characters of an error that are told
PATIENCE = 900.0  # seconds, at most, that an endpoint may ask us to wait


class Unanswered(EngineError):
    """One request that had no answer after its last try, and may well have one later."""


class Failed(Exception):
    """A try that failed: why, in a line without the key, and whether `wait` says to ask again.

    `refused` is the parameter that the model does not take, if that is why; `kind` a word to count
    such tries by; `counts` what the try took all the same, as `reply.counts` tells it.
    """

    def __init__(
        self,
        told: str,
        again: bool | float,
        status: int = 0,
        refused: str = "",
        kind: str = "refused",
        counts: dict[str, Any] | None = None,
    ) -> None:
        """Keep what there is to tell."""
        super().__init__(told)
        self.again, self.status, self.refused, self.kind = again, status, refused, kind
        self.counts = counts or {}


def failure(error: Exception, key: str) -> Failed:
    """Return what there is to tell of a client's error."""
    status = getattr(error, "status_code", 0)
    refused = REFUSES.search(str(error)) if status == 400 else None
    parameter = refused[1] if refused else ""
    return Failed(reason(error, key), wait(error), status, parameter, _kind(error, status))


def _kind(error: Exception, status: int) -> str:
    from openai import APIConnectionError, APITimeoutError

    if isinstance(error, APITimeoutError):
        return "too slow"
    if isinstance(error, APIConnectionError):
        return "no connection"
    if status == 429:
        return "rate limit"
    return "server error" if status >= 500 else "refused"


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
    return _asked(error.response.headers.get("retry-after", ""), datetime.now(UTC)) or True


def _asked(header: str, now: datetime) -> float:
    """Return the seconds that a Retry-After asks for, as a number or a date; 0 for nothing else.

    >>> now = datetime(2026, 10, 21, 7, 0, tzinfo=UTC)
    >>> _asked("7", now), _asked("Wed, 21 Oct 2026 07:00:30 GMT", now), _asked("soon", now)
    (7.0, 30.0, 0.0)
    """
    try:
        asked = float(header) if header.isdigit() else (
            parsedate_to_datetime(header) - now
        ).total_seconds()
    except (ValueError, TypeError):  # no date, or one without its zone
        return 0.0
    return min(max(asked, 0.0), PATIENCE)


def reason(error: Exception, key: str) -> str:
    """Return what went wrong, in one line: what lies under a connection's error tells more.

    >>> reason(OSError("no\\nroute for sk-123456789"), "sk-123456789")
    'no route for (the key)'
    """
    # The key is taken out before anything is cut: half a key is too much as well.
    told = [one_line(without(key, str(one))) for one in (error.__cause__, error) if one]
    return next((text[:SAID] for text in told if text), type(error).__name__)
