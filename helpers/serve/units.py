"""What starts the service when somebody asks: a pair of systemd's user units, or launchd's list."""

from __future__ import annotations

import plistlib
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from helpers.core import paths
from helpers.serve.config import Config, ServeError, is_loopback

NAME = "tiny-specialists"
LABEL = "org.tiny-specialists.serve"
SOCKET = "service"  # the name of launchd's socket


def units(config: Config, options: Sequence[str], home: Path, platform: str) -> dict[Path, str]:
    """Return the files that let this system start the service, by where they go.

    `options` are those of the command that runs; a socket needs neither port nor host again.
    Raises `ServeError` for an address of others: whoever starts it would have to hand over the
    secret, and no file of these holds one.
    """
    if not is_loopback(config.host):
        raise ServeError("what is installed answers at this machine alone; leave --host out")
    command = [sys.executable, "-m", "helpers", "serve", *options]
    folder = str(paths.root())
    if platform == "darwin":
        place = home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
        return {place: launchd(config, command, folder)}
    place = home / ".config" / "systemd" / "user"
    return {
        place / f"{NAME}.socket": systemd_socket(config),
        place / f"{NAME}.service": systemd_service(command, folder),
    }


def systemd_socket(config: Config) -> str:
    """Return the unit that listens while the service does not run."""
    host = f"[{config.host}]" if ":" in config.host else config.host
    return f"""\
[Unit]
Description=Tiny Specialists, waiting to be asked

[Socket]
ListenStream={host.replace("localhost", "127.0.0.1")}:{config.port}

[Install]
WantedBy=sockets.target
"""


def systemd_service(command: Sequence[str], folder: str) -> str:
    """Return the unit that systemd starts with the first connection."""
    line = " ".join(_quoted(word) for word in command)
    return f"""\
[Unit]
Description=Tiny Specialists
Requires={NAME}.socket

[Service]
WorkingDirectory={folder.replace("%", "%%")}
ExecStart={line}
NoNewPrivileges=yes
PrivateTmp=yes
"""


def launchd(config: Config, command: Sequence[str], folder: str) -> str:
    """Return the list that launchd starts the service by."""
    host = config.host.replace("localhost", "127.0.0.1")
    table: Mapping[str, object] = {
        "Label": LABEL,
        "ProgramArguments": [*command],
        "WorkingDirectory": folder,
        "Sockets": {SOCKET: {"SockNodeName": host, "SockServiceName": str(config.port)}},
    }
    return plistlib.dumps(dict(table)).decode()


def after(files: Sequence[Path], platform: str) -> str:
    """Return the command that lets the system read what was written."""
    if platform == "darwin":
        return f"launchctl bootstrap gui/$UID {shlex.quote(str(files[0]))}"
    return f"systemctl --user daemon-reload && systemctl --user enable --now {NAME}.socket"


def install(files: Mapping[Path, str], write: bool, platform: str) -> None:
    """Print the files, or write them, and say what to do then."""
    for place, text in files.items():
        if write:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
            print(f"wrote {place}")
        else:
            print(f"# {place}\n{text}")
    print(("now run: " if write else "# then: ") + after([*files], platform))


def _quoted(word: str) -> str:
    """Return a word as systemd reads it back.

    >>> print(_quoted("/a b/50%"), _quoted("o'neil"), _quoted("x"))
    "/a b/50%%" "o'neil" x
    """
    text = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return text if shlex.quote(word) == word else f'"{text}"'
