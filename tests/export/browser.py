"""A real browser for tests: Debian's chromium, driven by playwright, and a host of plain files."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from helpers.export.web import packages

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 240_000  # milliseconds; a busy machine may need them


def missing() -> list[str]:
    """Return what the tests of pages lack."""
    lacking = [] if shutil.which("chromium") else ["chromium"]
    lacking += [] if find_spec("playwright") else ["playwright"]
    return lacking + ([] if packages.are_there() else ["Pyodide and wllama"])


@contextmanager
def opened(profile: Path) -> Iterator:
    """Lend a browser with a profile of its own, which keeps what pages keep."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=shutil.which("chromium"), args=FLAGS
        )
        browser.set_default_timeout(PATIENCE)
        yield browser
        browser.close()


class Host:
    """`python -m http.server` on loopback, for one folder; `stop` is pulling the plug."""

    def __init__(self, folder: Path) -> None:
        """Start it, and wait until it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        words = ["-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder)]
        self.process = subprocess.Popen(
            [sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.address = f"http://127.0.0.1:{port}/"
        while not self._answers(port):
            assert self.process.poll() is None, "the host has ended"
            time.sleep(0.05)

    def _answers(self, port: int) -> bool:
        with socket.socket() as asking:
            return asking.connect_ex(("127.0.0.1", port)) == 0

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
