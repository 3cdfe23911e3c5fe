"""The loop: send, set up, start, follow. What can break is done again, to the same end."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from helpers.core import paths
from helpers.core.bundle import Bundle
from helpers.remote import ssh
from helpers.remote.job import Order
from helpers.remote.ssh import ConnectionLost, Host, RemoteError

Say = Callable[[str], None]


def train(host: Host, order: Order, python: str, say: Say) -> dict[str, Any]:
    """Send what a run needs and start it there, or go on with it; return how it stands."""
    if "\n" in python:
        raise ValueError("--python must name an interpreter there, on one line")
    content = f"{python}\n{order.job.code}\n".encode()
    said = ssh.again(lambda: ssh.run(host, ssh.arguments(host, "prepare"), content), say)
    newest = re.fullmatch(r"[0-9a-f]{16}", said.decode("utf-8", "replace").strip())
    send(host, order.code, f"code/{order.job.code}", say, newest[0] if newest else "")
    for one in order.inputs:
        send(host, one, f"inputs/{one.digest}", say)
    if not python:
        say(f"{host.name}: make setup; the first time it takes minutes")
        ssh.again(lambda: ssh.run(host, ssh.arguments(host, "setup")), say)
    ssh.call(host, say, do="put", name=order.name, job=asdict(order.job))
    state = ssh.call(host, say, do="start", name=order.name)
    if state.get("stale"):
        say(f"{order.name}: process {state['stale']} held it and is gone; going on from there")
    return state


def send(host: Host, one: Bundle, target: str, say: Say, like: str = "") -> None:
    """Send a bundle's files into a folder there; files that are there already are not sent."""
    words = ssh.sending(host, one.folder, target, like)
    ssh.again(lambda: ssh.run(host, words, one.names), say)


def sent_list(order: Order) -> Path:
    """Write down every file that went over, for the reader; return the list."""
    folder = here(order.name)
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"code/{name}" for name in order.code.files]
    names += [f"inputs/{one.digest}/{name}" for one in order.inputs for name in one.files]
    (folder / "sent.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    return folder / "sent.txt"


def here(name: str) -> Path:
    """Return the folder on this machine that belongs to a run elsewhere."""
    return paths.runs() / f"remote-{name}"


def follow(host: Host, name: str, out: BinaryIO, say: Say, stay: bool = True) -> None:
    """Write a run's log until the run ends; a connection that breaks is made again.

    Nothing is lost, and nothing is written twice: each try begins at the byte that is next.
    """
    at, tries = 0, 0
    while True:
        began = at
        try:
            for content in _log(host, name, at, stay):
                out.write(content)
                out.flush()
                at += len(content)
            return
        except ConnectionLost as error:
            tries = 0 if at > began else tries + 1
            if tries >= len(ssh.WAITS):
                raise ConnectionLost(f"{error}; the run goes on over there") from error
            say(f"{error}; once more in {ssh.WAITS[tries]:g} s")
            time.sleep(ssh.WAITS[tries])


def _log(host: Host, name: str, begin: int, stay: bool) -> Any:
    request = {"do": "log", "name": name, "begin": begin, "follow": stay}
    with subprocess.Popen(
        ssh.arguments(host, "call"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            process.stdin.write(json.dumps(request).encode())
            process.stdin.close()
            while content := process.stdout.read1():
                yield content
            said = process.stderr.read().decode("utf-8", "replace")
            status = process.wait()
        finally:
            process.kill()
    if status:
        raise ssh.failure(host, status, said)


def ended(host: Host, name: str, say: Say) -> str:
    """Return "finished"; raises `RemoteError` for a run that ended otherwise."""
    state = ssh.call(host, say, do="status", name=name)["runs"][0]
    if state["state"] == "finished":
        return "finished"
    raise RemoteError(
        f"{name} on {host.name} is {state['state']}: {state['last'] or 'it said nothing'}; mend "
        "what it names, then start the same command again"
    )
