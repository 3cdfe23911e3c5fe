"""Reach a host as ~/.ssh/config says: no password is ever asked for, and its key is checked.

Argument lists are made by pure functions. The commands that a remote shell reads are the few
constants in `COMMANDS`; whatever else a host must know is sent to their standard input.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from helpers.remote.there import NAME

T = TypeVar("T")
HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@:%-]*")
OPTIONS = (
    "BatchMode=yes", "StrictHostKeyChecking=yes", "PasswordAuthentication=no", "ForwardAgent=no",
    "ClearAllForwardings=yes", "ConnectTimeout=15", "ServerAliveInterval=10",
    "ServerAliveCountMax=3",
)  # fmt: skip
FOLDER = "tiny-specialists"  # in the home there; everything of ours lies in it
VENV = f"$HOME/{FOLDER}/venv"

# Each is one line, so that any login shell passes it on to sh as it is.
PREPARE = (  # reads an interpreter ("" is ours) and the name of the code; says which code is newest
    f"umask 077; mkdir -p {FOLDER}/code {FOLDER}/inputs {FOLDER}/jobs && cd {FOLDER} || exit 1; "
    f'IFS= read -r python; read -r code; [ "$python" ] || python={VENV}/bin/python; '
    'printf "%s\\n" "$python" > python && printf "%s\\n" "$code" > current && '
    'ls -t code | grep -vxF "$code" | head -n 1'
)
SETUP = f'cd {FOLDER} && exec make -C "code/$(cat current)" setup VENV="{VENV}" 2>&1'
CALL = f'cd {FOLDER} && exec "$(cat python)" -I "code/$(cat current)/helpers/remote/there.py"'
PROBE = "IFS= read -r python; export python; exec sh -s"  # the rest of its input is probe.sh
SCRIPTS = {"prepare": PREPARE, "setup": SETUP, "call": CALL, "probe": PROBE}
COMMANDS = {name: f"exec sh -c {shlex.quote(script)}" for name, script in SCRIPTS.items()}

LOST = (255, 10, 12, 30, 35)  # how ssh and rsync end when a connection breaks
WAITS = (0.5, 1, 2, 5, 10, 20)  # seconds before each new try
# What ssh says where another try would be in vain, and what helps.
FIXES = {
    r"REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for .* has changed": (
        "its host key is not the one known",
        "ask its owner why; if it was set up anew, forget the old key with ssh-keygen -R HOST",
    ),
    r"Host key verification failed|No .* host key is known": (
        "its host key is not known here",
        "run ssh HOST once by hand, and compare the key it shows",
    ),
    r"Permission denied": (
        "it does not accept your key",
        "add your key to the agent (ssh-add), or to its ~/.ssh/authorized_keys (ssh-copy-id HOST)",
    ),
    r"Could not resolve hostname": (
        "there is no host of this name",
        "give it an entry in ~/.ssh/config, or name the file with --ssh-config",
    ),
    r"Bad configuration|Can't open user config": (
        "its configuration cannot be read", "mend the file that --ssh-config names",
    ),
    r"rsync: (command )?not found|rsync: .*No such file|rsync: 1: not found": (
        "it has no rsync", "install it there (Debian: apt-get install rsync)",
    ),
    r"cd: .*tiny-specialists|cat: (python|current)": (
        "nothing of the course is there", "start with python -m helpers remote train HOST",
    ),
    r"No space left on device": ("its disk is full", "make room there"),
}  # fmt: skip


class RemoteError(RuntimeError):
    """A remote step that failed; the message names the host, the reason and the fix."""


class ConnectionLost(RemoteError):
    """A connection that broke, or was never there; the same step again may go well."""


@dataclass(frozen=True)
class Host:
    """A host by its name in an ssh configuration; raises `ValueError` for what is no name."""

    name: str
    config: Path | None = None  # another one than ~/.ssh/config

    def __post_init__(self) -> None:
        """Take no name that ssh would read as an option, and no path that rsync would split."""
        if not HOST.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is not a host; use a name as in ~/.ssh/config")
        if self.config and not re.fullmatch(r"[^'\"\n]+", str(self.config)):
            raise ValueError(f"--ssh-config {self.config}: rename it, without quotes")


def options(host: Host) -> list[str]:
    """Return how ssh is called, up to the host's name."""
    config = ["-F", str(host.config)] if host.config else []
    return ["ssh", *config, *(word for option in OPTIONS for word in ("-o", option)), "-T"]


def arguments(host: Host, command: str) -> list[str]:
    """Return the argument list that runs one of `COMMANDS` there.

    >>> arguments(Host("dgx"), "call")[-3:-1]
    ['--', 'dgx']
    """
    return [*options(host), "--", host.name, COMMANDS[command]]


def attaching(host: Host, run: str) -> list[str]:
    """Return the argument list that shows a run's terminal; raises `ValueError` for no name."""
    if not NAME.fullmatch(run):
        raise ValueError(f"{run!r} is no run's name; status shows them")
    words = [word for word in options(host) if word != "-T"]
    return [*words, "-t", "--", host.name, f"tmux -L {FOLDER} attach-session -t '={run}'"]


def sending(host: Host, source: Path, target: str, like: str = "") -> list[str]:
    """Return the rsync that sends the files named on its input, each ended by a zero byte.

    Files that `like`, a folder beside the target, has already are linked there, not sent.
    """
    linked = [f"--link-dest=../{like}"] if like else []
    names = ["--files-from=-", "--from0", *linked]
    return [*_rsync(host), *names, f"{source}/", f"{host.name}:{FOLDER}/{target}/"]


def fetching(host: Host, source: str, target: Path) -> list[str]:
    """Return the rsync that fetches the files named on its input, each ended by a zero byte."""
    names = ["--files-from=-", "--from0"]
    return [*_rsync(host), *names, f"{host.name}:{FOLDER}/{source}/", f"{target}/"]


def _rsync(host: Host) -> list[str]:
    """Keep times and modes; a broken transfer leaves no half file under a file's own name."""
    shell = " ".join(f"'{word}'" if " " in word else word for word in options(host))
    return ["rsync", "--links", "--perms", "--times", "--compress", "--timeout=60", "-e", shell]


def reason(said: str, host: Host) -> tuple[str, str]:
    """Return why ssh or rsync failed and what helps; the fix is empty if nobody knows one.

    >>> reason("ssh: Could not resolve hostname dgx: Name or service not known", Host("dgx"))[0]
    'there is no host of this name'
    """
    for pattern, (why, fix) in FIXES.items():
        if re.search(pattern, said):
            forget = re.search(r"ssh-keygen -f .*-R .*", said)  # with the port, as ssh spells it
            fix = fix.replace("ssh-keygen -R HOST", forget[0].strip()) if forget else fix
            return why, fix.replace("HOST", host.name)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return (lines[-1] if lines else "it said nothing"), ""


def run(host: Host, words: Sequence[str], content: bytes = b"") -> bytes:
    """Run a local program that talks to a host; return its output.

    Raises `ConnectionLost` where another try may help, else `RemoteError`.
    """
    try:
        done = subprocess.run(words, input=content, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise RemoteError(f"{words[0]} is missing on this machine; install it") from error
    if not done.returncode:
        return done.stdout
    said = done.stderr or done.stdout  # what make says, good and bad, is in its output
    raise failure(host, done.returncode, said.decode("utf-8", "replace"))


def failure(host: Host, status: int, said: str) -> RemoteError:
    """Return the error that a failed program's status and words come to."""
    why, fix = reason(said, host)
    kind = ConnectionLost if status in LOST and not fix else RemoteError
    return kind(f"{host.name}: {why}; {fix or f'see python -m helpers remote doctor {host.name}'}")


def again(action: Callable[[], T], say: Callable[[str], None]) -> T:
    """Do what can be done twice, again while connections break."""
    for wait in WAITS:
        try:
            return action()
        except ConnectionLost as error:
            say(f"{error}; once more in {wait:g} s")
            time.sleep(wait)
    return action()


def call(host: Host, say: Callable[[str], None], **request: Any) -> dict[str, Any]:
    """Have `there.py` do something on the host; return its answer.

    Raises `RemoteError` with what it says. All it does can be asked twice.
    """
    content = json.dumps(request).encode()
    answer = json.loads(again(lambda: run(host, arguments(host, "call"), content), say))
    if "error" in answer:
        raise RemoteError(f"{host.name}: {answer['error']}")
    return answer
