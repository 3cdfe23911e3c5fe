"""A service in a process of its own, as a reader starts it, and what its tests ask of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import psutil

from helpers import tasks
from helpers.core.examples import write_rows
from helpers.pipeline import parts, settings

CHROMIUM = shutil.which("chromium") or ""
PATIENCE = 600.0  # seconds: a busy machine takes long to start what is quick elsewhere
DESKTOP = {
    "workspaces": [{"name": "Nexus"}],
    "apps": [{"name": "Slack"}, {"name": "Google Chrome", "aliases": ["web"]}],
    "displays": [{"index": 1, "name": "Built-in Display", "width": 1728, "height": 1117}],
    "focused_display": 1,
}
OPEN_SLACK = '{"kind":"command","action":"app.activate","arguments":{"app":"Slack"}}'
OPEN_CHROME = OPEN_SLACK.replace("Slack", "Google Chrome")


@dataclass
class Served:
    """A running service: its process, its address, and the file of what it says."""

    process: subprocess.Popen
    url: str
    log: Path

    def client(self, **headers: str) -> httpx.Client:
        """Return a client that waits long."""
        return httpx.Client(base_url=self.url, timeout=PATIENCE, headers=headers)

    def workers(self) -> list[psutil.Process]:
        """Return the processes that answer now."""
        try:
            children = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []
        return [child for child in children if child.status() != psutil.STATUS_ZOMBIE]

    def said(self) -> str:
        """Return all that the service has printed."""
        return self.log.read_text()


def small_pipeline(folder: Path, rows: int = 400, task: str = "dictated_bash") -> Path:
    """Write the committed pipeline of a job with few of its rows, so that it loads quickly."""
    part, file = folder / task / "train.jsonl", folder / f"{task}.json"
    job = tasks.get(task)
    write_rows(part, job.load("train")[:rows])
    parts_of = [part]
    if (labels := job.data_dir / "labels.json").exists():
        parts_of.append(part.with_name(labels.name))
        parts_of[-1].write_bytes(labels.read_bytes())
    known = settings.read(settings.path_of(task))
    sha256 = parts.digests(parts_of, folder)
    rows_of = tuple(name for name in sha256 if name.endswith(".jsonl"))
    settings.write(replace(known, rows=rows_of, sha256=sha256, confusions=""), file)
    return file


@contextmanager
def serving(
    folder: Path, options: Sequence[str] = (), environment: dict[str, str] | None = None
) -> Iterator[Served]:
    """Serve at a free port as long as this lasts; `folder` holds its log."""
    log = folder / "serve.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "helpers", "serve", "--port", "0", "--seconds", f"{PATIENCE:g}",
             *options],
            stdout=out, stderr=out, env=os.environ | (environment or {}),
        )  # fmt: skip
    try:
        yield Served(process, address(process, log), log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def address(process: subprocess.Popen, log: Path) -> str:
    """Wait until a service says where it listens, and answers there."""
    wait_until(lambda: " at http" in log.read_text() or process.poll() is not None)
    assert process.poll() is None, log.read_text()
    url = log.read_text().partition(" at ")[2].split()[0]
    wait_until(lambda: _healthy(url))
    return url


def _healthy(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=PATIENCE).is_success
    except httpx.TransportError:
        return False


def wait_until(true) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)
