"""What stands before every request: who may ask, what is logged of it, and what no error tells."""

from __future__ import annotations

import asyncio
import hmac
import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from helpers.serve.config import Config, is_loopback
from helpers.serve.errors import ENDS, problem_body
from helpers.serve.worker import place_of

OPEN = ("/", "/health", "/ready")  # without the secret: the page asks for it
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "microphone=(self), camera=(), geolocation=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


class Guard:
    """An application around another one; it turns away, counts and logs."""

    def __init__(
        self, app: Callable, config: Config, count: Callable[[str, int, float], None]
    ) -> None:
        """Stand before an application; `count` hears of path, status and seconds."""
        self.app, self.config, self.count = app, config, count

    async def __call__(self, scope: dict[str, Any], receive: Callable, send: Callable) -> None:
        """Let a request through, or say why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0
        headers = {name.decode("latin-1"): value.decode("latin-1")
                   for name, value in scope["headers"]}  # fmt: skip
        own = HEADERS | readable(self.config, headers)

        async def watched(message: dict[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = [*message.get("headers", [])]
                names = {name for name, _ in given}
                more = [(name.encode(), value.encode()) for name, value in own.items()]
                more = [(name, value) for name, value in more if name not in names]
                message = message | {"headers": given + more}
            await send(message)

        try:
            if problem := refusal(self.config, scope["method"], scope["path"], headers):
                await reply(watched, *problem)
            else:
                await self.app(scope, receive, watched)
        except Exception as error:  # its text may hold what was said, so that no trace is logged
            print(f"error: {place_of(error)}", file=sys.stderr, flush=True)
            if not status:
                await reply(watched, 500, "this could not be answered")
        except asyncio.CancelledError:  # by uvicorn, which else logs a trace of it
            if not status:
                await reply(watched, 503, ENDS)
        finally:
            path = getattr(scope.get("route"), "path", "other")
            seconds = time.perf_counter() - began
            self.count(path, status, seconds)
            line = f"{scope['method'][:8]} {path} {status or 'left'} {1000 * seconds:.1f} ms"
            print(line, file=sys.stderr, flush=True)


def refusal(
    config: Config, method: str, path: str, headers: Mapping[str, str]
) -> tuple[int, str] | None:
    """Return the status and the reason why a request is turned away, or None.

    At a loopback address the host must be one of this machine's own names: a page of elsewhere
    whose name was bound to 127.0.0.1 is told apart by that. Elsewhere the secret is what counts.

    >>> local = Config({})
    >>> refusal(local, "GET", "/", {"host": "127.0.0.1:8765"})
    >>> refusal(local, "GET", "/", {"host": "evil.example:8765"})[0]
    403
    """
    host = headers.get("host", "")
    if is_loopback(config.host) and not is_loopback(name_of(host)):
        return 403, "this service answers at localhost alone"
    origin = headers.get("origin")
    own = {f"http://{host}", f"https://{host}"}
    if origin is not None and origin not in own and origin not in config.origins:
        return 403, "pages of this origin may not ask; start the service with --origin"
    if method == "OPTIONS" and origin in config.origins:
        return None
    free = path in OPEN or path.startswith("/page/")
    if config.token and not free and not knows(config.token, headers.get("authorization", "")):
        return 401, "the token is missing or wrong; send it as Authorization: Bearer TOKEN"
    return None


def readable(config: Config, headers: Mapping[str, str]) -> dict[str, str]:
    """Return what lets a page of a named origin read whatever is replied, problems too.

    >>> readable(Config({}, origins=["https://a.example"]), {"origin": "https://a.example"})
    {'access-control-allow-origin': 'https://a.example', 'vary': 'Origin'}
    """
    origin = headers.get("origin", "")
    if origin not in config.origins:
        return {}
    return {"access-control-allow-origin": origin, "vary": "Origin"}


def name_of(host: str) -> str:
    """Return a host's name without its port.

    >>> name_of("localhost:8765"), name_of("[::1]:8765"), name_of("a b")
    ('localhost', '::1', '')
    """
    try:
        parts = urlsplit(f"//{host}")
        return (parts.hostname or "") if parts.netloc == host and " " not in host else ""
    except ValueError:
        return ""


def knows(token: str, authorization: str) -> bool:
    """Return whether a header holds the token, in a time that does not tell how nearly.

    A header comes as Latin-1, whatever its bytes stand for.

    >>> knows("0123456789abcdef", "Bearer 0123456789abcdef"), knows("0123456789abcdef", "")
    (True, False)
    >>> knows("ключ", "Bearer " + "ключ".encode().decode("latin-1"))
    True
    """
    given = authorization.removeprefix("Bearer ")
    return hmac.compare_digest(given.encode("latin-1", "replace"), token.encode("utf-8"))


async def reply(send: Callable, status: int, message: str) -> None:
    """Send a problem as JSON."""
    body = json.dumps(problem_body(status, message)).encode()
    kind = (b"content-type", b"application/json")
    challenge = [(b"www-authenticate", b"Bearer")] if status == 401 else []
    await send({"type": "http.response.start", "status": status, "headers": [kind, *challenge]})
    await send({"type": "http.response.body", "body": body})
