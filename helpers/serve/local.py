"""Servers of this machine, each in a process of its own: started, measured, and ended with ours."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from helpers.serve.config import ServeError

PATIENCE = 600.0  # seconds: a busy machine takes long to load what is quick elsewhere
GRACE = 20.0  # seconds that a server has to end


@dataclass(frozen=True)
class Server:
    """A running server: its address, its process, what it prints, and its seconds to listen."""

    url: str
    process: subprocess.Popen[str]
    printed: IO[str] = field(repr=False)
    seconds: float

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self.process.pid

    def log(self) -> str:
        """Return all that it has printed."""
        self.printed.seek(0)
        return self.printed.read()

    def stop(self) -> None:
        """End it, and the processes that it has started; to end it twice does nothing."""
        self.process.stdin.close()
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> Server:
        """Last as long as a `with`."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.stop()


def serve(*options: str) -> Server:
    """Start `python -m helpers serve` at a free port, with options of that command.

    It gives up no request of a busy machine's before its client does. Raises `ServeError` with
    what it says if it does not start.
    """
    command = [sys.executable, "-m", "helpers", "serve", "--child", "--port", "0"]
    return start([*command, "--seconds", f"{PATIENCE:g}", *options])


def llama(model: str | Path) -> Server:
    """Start llama.cpp's own server with a base or a GGUF file; raises `ServeError`."""
    return start([sys.executable, "-m", "helpers.serve.llama", str(model)])


def start(command: Sequence[str]) -> Server:
    """Start a program that prints where it listens, and that ends when its stdin does.

    So it ends with this process however that ends. Raises `ServeError`.
    """
    began = time.perf_counter()
    printed = tempfile.TemporaryFile("w+")  # noqa: SIM115 - it lives as long as the server
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=printed, text=True,
        start_new_session=True,  # to interrupt a cell is not to end what it asks
    )  # fmt: skip
    for line in process.stdout:
        if " at http" in line:
            seconds = time.perf_counter() - began
            return Server(line.rpartition(" at ")[2].strip(), process, printed, seconds)
    process.wait()
    server = Server("", process, printed, 0.0)
    server.stop()
    said = server.log().strip().splitlines() or ["it ended without a word"]
    raise ServeError(said[-1].removeprefix("error: "))


class Client:
    """Asks a server, again and again by the same connection."""

    def __init__(self, url: str) -> None:
        """Connect when something is asked."""
        import httpx

        self._http = httpx.Client(base_url=url, timeout=PATIENCE)

    def get(self, path: str) -> str:
        """Return what is shown at a path."""
        return _checked(self._http.get(path)).text

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to a body; raises `ServeError`."""
        return _checked(self._http.post(path, json=dict(body))).json()

    def events(self, path: str, body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Yield server-sent events as they come: a name and a table; raises `ServeError`."""
        headers = {"accept": "text/event-stream"}
        with self._http.stream("POST", path, json=dict(body), headers=headers) as reply:
            if not reply.is_success:
                reply.read()
                _checked(reply)
            name = ""
            for line in reply.iter_lines():
                key, _, value = line.partition(": ")
                if key == "event":
                    name = value
                elif key == "data":
                    yield name, json.loads(value)

    def close(self) -> None:
        """Leave."""
        self._http.close()


def body(said: str | Path, desktop: Any = None) -> dict[str, Any]:
    """Return what asks for an answer to a text, or to a file of sound.

    >>> body("ls dash l")
    {'text': 'ls dash l'}
    """
    shown = {} if desktop is None else {"desktop": desktop}
    if isinstance(said, Path):
        return {"audio": base64.b64encode(said.read_bytes()).decode()} | shown
    return {"text": said} | shown


def _checked(reply: Any) -> Any:
    if not reply.is_success:
        try:
            why = reply.json()["error"]["message"]
        except (ValueError, KeyError, TypeError):
            why = reply.reason_phrase
        raise ServeError(f"{reply.request.url.path}: {reply.status_code}, {why}")
    return reply
