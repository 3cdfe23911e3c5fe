"""What a service is told when it starts, checked before it listens."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from helpers import engines, tasks
from helpers.core.files import read_file
from helpers.pipeline import settings

TOKEN = "TINY_SPECIALISTS_TOKEN"  # the variable that may hold the secret of a service
PORT = 8765
JOBS = ("dictated_bash", "support_label", "voice_command")
SHORTEST = 16  # characters of a token


class ServeError(ValueError):
    """What a service cannot start with; the message names it and the fix."""


@dataclass(frozen=True)
class Limits:
    """How much one request may be, and how many may wait. `seconds` counts waiting and
    waking, too."""

    text: int = 1_000  # characters
    body: int = 64 * 1024  # bytes of JSON
    sound: int = 16 * 1024 * 1024  # bytes
    length: float = 120.0  # seconds of sound
    channels: int = 2
    seconds: float = 120.0
    waiting: int = 64  # requests before each worker


@dataclass(frozen=True)
class Config:
    """A service: the pipeline's file of each job ("" is the committed one), and where it listens.

    `origins` are pages of elsewhere that may ask it; `gguf` is a model tuned for the job `of`,
    asked in the way `decode`.
    """

    jobs: Mapping[str, str]
    idle: float = 60.0
    host: str = "127.0.0.1"
    port: int = PORT
    token: str = field(default="", repr=False)
    origins: Sequence[str] = ()
    gguf: str = ""
    of: str = ""
    decode: str = "grammar"
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        """Raise `ServeError` for what would not be safe."""
        if not is_loopback(self.host) and not self.token:
            raise ServeError(
                f"{self.host} can be reached by others; put a secret into {TOKEN}, or into a "
                "file for --token-file, or leave --host out"
            )
        if self.token and len(self.token) < SHORTEST:
            raise ServeError(f"the token is short; take {SHORTEST} characters or more")
        for origin in self.origins:
            if not origin.startswith(("http://", "https://")) or origin.count("/") != 2:
                raise ServeError(f"{origin!r} is no origin; write it like https://example.org")


def is_loopback(host: str) -> bool:
    """Return whether nobody but this machine reaches an address.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("::1"), is_loopback("")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def jobs_of(names: Sequence[str], files: Sequence[Path]) -> dict[str, str]:
    """Return the pipelines that are served, by job; raises `ServeError` or `SettingsError`.

    Without names these are the course's three. A pipeline's file answers its own job; a dictation
    without one has no gate, and cannot be served.
    """
    own: dict[str, str] = {}
    for file in files:
        task = settings.read(file).task
        if task in own:
            raise ServeError(f"{file}: is the second pipeline of {task}; name one")
        own[task] = str(file.resolve())
    for name in names:
        if tasks.get(name).domain is not None and name not in own:
            settings.read(settings.path_of(name))
    for name in own:
        if names and name not in names:
            raise ServeError(f"{own[name]}: answers {name}; add --task {name}, or leave --task out")
    return {name: own.get(name, "") for name in names or dict.fromkeys([*JOBS, *own])}


def tuned(file: Path | None, names: Sequence[str], decode: str) -> tuple[str, str]:
    """Return a tuned GGUF and its job: what its record names, or the one that is named.

    Both are empty where there is no file. Raises `ServeError`, or `EngineError` for a file that is
    not there, or a way to decode that there is not.
    """
    if file is None:
        return "", ""
    spec = engines.spec_of("gguf")
    found = engines.locate(spec, file)
    engines.check(spec, True, decode, None, None)
    of = engines.task_of(found) or (names[0] if len(names) == 1 else "")
    if not of:
        raise ServeError(f"{file}: no record beside it names its job; name it with --task")
    if names and of not in names:
        raise ServeError(f"{file}: was tuned for {of}; add --task {of}, or leave --task out")
    return str(found), of


def token_of(file: Path | None) -> str:
    """Return the secret in a file, else in the environment, else none; raises `ServeError`."""
    if file is None:
        return os.environ.get(TOKEN, "").strip()
    token = read_file(file).decode("utf-8", "replace").strip()
    if not token:
        raise ServeError(f"{file}: is empty; write a secret of {SHORTEST} characters or more")
    return token
