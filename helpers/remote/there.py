"""What is done on the remote machine: it reads a request as JSON and answers with JSON.

It is sent with the code and run by itself, so it uses the standard library alone. Every request
can be repeated, for nobody knows whether the first one arrived when a connection broke.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
TMUX = ("tmux", "-L", "tiny-specialists")  # a server of our own
THEN = "then"  # what follows training may be added later: it makes no other job
KEPT_THERE = ("cache", "checkpoints", "fused")  # folders that are not pulled
PAUSE = 0.2


class Refusal(Exception):
    """A request that is not carried out; the message says why and what to do."""


@contextmanager
def hold(job: Path, wait: bool = False) -> Iterator[bool]:
    """Hold a job for this process and yield True, or False if another process holds it.

    The kernel lets go when a process ends, however it ends: a lock that is left is free.
    """
    with (job / ".lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


def in_tmux(name: str) -> bool:
    """Return whether tmux has a session for this run."""
    asked = [*TMUX, "has-session", "-t", f"={name}"]
    return not subprocess.run(asked, capture_output=True, check=False).returncode


def state_of(job: Path) -> dict[str, Any]:
    """Return how a run stands: running, finished, failed, or interrupted by a kill or a reboot."""
    with hold(job) as free:
        held = not free
    process = _read(job / "process")
    status = _read(job / "exit")
    if held or in_tmux(job.name):
        state = "running"
    elif status == "0":
        state = "finished"
    elif status:
        state = "stopped" if (job / "stopped").exists() else "failed"
    else:
        state = "interrupted" if (job / "log").exists() else "waiting"
    log = (job / "log").read_bytes() if (job / "log").exists() else b""
    last = log.decode("utf-8", "replace").strip().splitlines()[-1:]
    stale = process if state == "interrupted" else ""
    return {"name": job.name, "state": state, "process": process, "stale": stale,
            "log": len(log), "last": last[0] if last else ""}  # fmt: skip


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8").strip() if file.exists() else ""


def put(home: Path, name: str, job: dict[str, Any]) -> dict[str, Any]:
    """Write what a run is; another run of the same name is refused, the same one is welcome."""
    folder = home / "jobs" / name
    folder.mkdir(parents=True, exist_ok=True)
    with (home / "jobs" / ".putting").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        known = json.loads(_read(folder / "job.json") or "null")
        if known:
            differing = sorted(_flat(known).items() ^ _flat(job).items())
            if differing:
                keys = ", ".join(dict.fromkeys(key for key, _ in differing))
                raise Refusal(
                    f"a run {name} is there already, with another {keys}; choose another --name"
                )
            job = job | {THEN: sorted({*known[THEN], *job[THEN]})}
            if job != known and state_of(folder)["state"] == "running":
                raise Refusal(f"{name} is at work; let it end, then ask for {', '.join(job[THEN])}")
        code = home / "code" / job["code"]
        _replace(folder / "job.json", json.dumps(job, indent=1) + "\n")
        _replace(folder / "python", sys.executable + "\n")
        shutil.copyfile(code / "helpers" / "remote" / "run.sh", folder / "run.sh")
        if not (folder / "code").is_symlink():
            (folder / "code").symlink_to(Path("..", "..", "code", job["code"]))
        if job != known:
            (folder / "exit").unlink(missing_ok=True)
    return state_of(folder)


def _flat(job: dict[str, Any]) -> dict[str, str]:
    """Return what makes a job itself, its parameters by their names."""
    named = {key: value for key, value in job.items() if key not in (THEN, "values")}
    return {key: json.dumps(value) for key, value in (named | job["values"]).items()}


def _replace(file: Path, text: str) -> None:
    part = file.with_name(f".{file.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    part.replace(file)


def start(home: Path, name: str) -> dict[str, Any]:
    """Start a run in tmux, or go on with it; one that runs or is finished is left alone."""
    folder = job_folder(home, name)
    before = state_of(folder)
    if before["state"] in ("running", "finished"):
        return before | {"before": before["state"]}
    for left in ("exit", "stopped"):
        (folder / left).unlink(missing_ok=True)
    command = ["sh", str(folder / "run.sh")]
    done = subprocess.run(
        [*TMUX, "new-session", "-d", "-s", name, *command], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode and not in_tmux(name):  # another client may have been faster
        raise Refusal(f"tmux cannot start {name}: {done.stderr.strip()}; read `tmux` on that host")
    return state_of(folder) | {"before": before["state"], "stale": before["stale"]}


def status(home: Path, name: str = "") -> dict[str, Any]:
    """Return how a run stands, or all of them."""
    if name:
        return {"runs": [state_of(job_folder(home, name))]}
    folders = sorted(file.parent for file in (home / "jobs").glob("*/job.json"))
    return {"runs": [state_of(folder) for folder in folders]}


def stop(home: Path, name: str, patience: float = 20) -> dict[str, Any]:
    """Interrupt a run, and kill it if it does not end; it can be started again, and goes on."""
    folder = job_folder(home, name)
    if state_of(folder)["state"] != "running":
        return state_of(folder)
    (folder / "stopped").touch()
    for number, wait in ((signal.SIGINT, patience), (signal.SIGKILL, patience)):
        with hold(folder) as free:
            process = "" if free else _read(folder / "process")
        if process:
            with suppress(ProcessLookupError):
                os.kill(int(process), number)
        until = time.monotonic() + wait
        while state_of(folder)["state"] == "running" and time.monotonic() < until:
            time.sleep(PAUSE)
    subprocess.run([*TMUX, "kill-session", "-t", f"={name}"], capture_output=True, check=False)
    return state_of(folder)


def files(home: Path, name: str) -> dict[str, Any]:
    """Return the files of a finished run that are to be pulled, with their digests."""
    folder = job_folder(home, name)
    state = state_of(folder)
    if state["state"] != "finished":
        raise Refusal(f"{name} is {state['state']}, not finished; pull it when it is")
    tops = [folder / "result.json", folder / "log", folder / "job.json"]
    below = [file for top in ("runs", "out") for file in sorted((folder / top).rglob("*"))]
    wanted = [
        file
        for file in [*tops, *below]
        if file.is_file()
        and not any(p in KEPT_THERE or p.startswith(".") for p in file.relative_to(folder).parts)
    ]
    return {"files": {str(file.relative_to(folder)): sha256(file) for file in wanted}}


def sha256(file: Path) -> str:
    """Return the digest of a file."""
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def log(home: Path, name: str, out: BinaryIO, begin: int = 0, follow: bool = False) -> None:
    """Write a run's log from a byte on; where it is followed, until the run ends."""
    folder = job_folder(home, name)
    at = begin
    while True:
        running = follow and state_of(folder)["state"] == "running"
        if (folder / "log").exists():
            with (folder / "log").open("rb") as file:
                file.seek(at)
                content = file.read()
            out.write(content)
            out.flush()
            at += len(content)
        if not running:
            return
        time.sleep(PAUSE)


def job_folder(home: Path, name: str) -> Path:
    """Return the folder of a run that is there; raises `Refusal` if it is not."""
    folder = home / "jobs" / name
    if not NAME.fullmatch(name) or not (folder / "job.json").exists():
        known = ", ".join(sorted(f.parent.name for f in (home / "jobs").glob("*/job.json")))
        raise Refusal(f"there is no run {name}; there are: {known or 'none'}")
    return folder


ACTIONS = {"put": put, "start": start, "status": status, "stop": stop, "files": files}


def main() -> int:
    """Carry out the request on standard input."""
    request = json.load(sys.stdin)
    action, home = request.pop("do"), Path.cwd()
    try:
        if action == "log":
            log(home, out=sys.stdout.buffer, **request)
            return 0
        answer = ACTIONS[action](home, **request)
    except BrokenPipeError:  # who followed the log is gone; the run goes on
        return 0
    except (Refusal, OSError) as error:
        answer = {"error": str(error)}
    if action == "log":
        print(answer["error"], file=sys.stderr)
        return 1
    print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
