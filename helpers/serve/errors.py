"""Why a job is not done."""

from typing import Any

ENDS = "the service ends; ask again when it runs"

CODES = {401: "invalid_api_key", 404: "not_found", 429: "rate_limit_exceeded"}


def problem_body(status: int, message: str, code: str | None = None) -> dict[str, Any]:
    """Return why there is no answer, in the form that OpenAI's clients read, too.

    >>> problem_body(401, "no")["error"]["type"], problem_body(503, "no")["error"]["code"]
    ('invalid_request_error', None)
    """
    kind = "invalid_request_error" if status < 500 else "server_error"
    code = code or CODES.get(status)
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


class Refused(ValueError):
    """A job that asks for what cannot be done; the message names it and the fix."""


class NotReady(RuntimeError):
    """A job whose parts cannot be loaded; the message names them and the fix."""


class Cancelled(BaseException):
    """Whoever asked has left. It is no `Exception`, so that nothing on the way takes it for one."""


class Busy(RuntimeError):
    """Too many jobs wait; `seconds` is when to come again."""

    def __init__(self, seconds: int) -> None:
        """Say when to come again."""
        super().__init__(f"too many requests wait; come again in {seconds} seconds")
        self.seconds = seconds


class JobError(RuntimeError):
    """A job that came to nothing; `why` is bad (the asker's fault) or failed (ours)."""

    def __init__(self, why: str, message: str) -> None:
        """Say why, in one line."""
        super().__init__(message)
        self.why = why
