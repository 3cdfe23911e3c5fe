"""A cluster on this machine: Ray nodes as processes, each with a folder of its own.

They listen on loopback alone, and end as machines do, all at once.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

RAY = Path(sys.executable).with_name("ray")
LOOPBACK = "127.0.0.2"  # Ray takes 127.0.0.1 for a slip, and listens on the network instead
# Beside other work a process may take long to start, which must not be taken for its death.
PATIENT = {
    "RAY_worker_register_timeout_seconds": "600",
    "RAY_gcs_server_request_timeout_seconds": "600",
    "RAY_health_check_timeout_ms": "60000",
    "RAY_health_check_initial_delay_ms": "60000",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_worker_niceness": "0",  # these nodes have the machine to themselves
}
# A cluster runs what it is sent; whoever does not have this is turned away.
TOKEN = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
PATIENCE = 300  # seconds for a node to start, beside other work


def installed() -> bool:
    """Return whether Ray is there, which `requirements-cluster.txt` brings."""
    return find_spec("ray") is not None


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        return free.getsockname()[1]


class Nodes:
    """A head and its further nodes, each with one core; on loopback alone."""

    def __init__(self, folder: Path) -> None:
        """Start the head."""
        self.folder, self.ports = folder, (free_port(), free_port())
        self.address = f"ray://{LOOPBACK}:{self.ports[1]}"
        os.environ |= TOKEN
        self.nodes: dict[str, subprocess.Popen] = {}
        self.start(
            "head", "--head", f"--port={self.ports[0]}", f"--temp-dir={folder}/ray",
            f"--ray-client-server-port={self.ports[1]}", "--include-dashboard=false",
        )  # fmt: skip

    def add(self, name: str) -> None:
        """Start a further node."""
        self.start(name, f"--address={LOOPBACK}:{self.ports[0]}")

    def start(self, name: str, *words: str) -> None:
        """Start a node and wait until it says that it runs; raises what it said if it does not."""
        more = (f"--node-ip-address={LOOPBACK}", "--num-cpus=1", "--num-gpus=0", "--block")
        size = ("--object-store-memory=200000000", "--disable-usage-stats")
        agents = ("dashboard-agent-grpc", "dashboard-agent-listen", "runtime-env-agent")
        ports = (*agents, "metrics-export")  # else it waits for their own choice, and not for long
        more += tuple(f"--{name}-port={free_port()}" for name in ports)
        env = os.environ | PATIENT | {"TINY_SPECIALISTS_NODE": str(self.folder / name)}
        log = self.folder / f"{name}.log"
        with log.open("w") as out:
            self.nodes[name] = subprocess.Popen(
                [RAY, "start", *words, *more, *size], stdout=out, stderr=out, env=env
            )
        until = time.monotonic() + PATIENCE
        while "Ray runtime started" not in log.read_text():
            if self.nodes[name].poll() is not None or time.monotonic() > until:
                self.kill(name)
                raise RuntimeError(log.read_text())
            time.sleep(0.2)

    def kill(self, name: str) -> None:
        """End a node and all that runs on it at once, as a lost machine does."""
        import psutil

        node = self.nodes.pop(name)
        with suppress(psutil.NoSuchProcess):
            found = psutil.Process(node.pid).children(recursive=True)
            node.kill()
            for process in found:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
        node.wait()

    def at_work(self, name: str) -> bool:
        """Return whether a node carries a cell out."""
        import psutil

        for process in psutil.Process(self.nodes[name].pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                if "helpers.sweep.work" in process.cmdline():
                    return True
        return False

    def files(self, name: str) -> set[str]:
        """Return what lies in a node's folder."""
        folder = self.folder / name
        return {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()}


@contextmanager
def cluster(*names: str) -> Iterator[Nodes]:
    """Start a head and further nodes, and end all of them in the end."""
    with tempfile.TemporaryDirectory(prefix="ray-", dir="/tmp") as folder:  # sockets: short paths
        made = Nodes(Path(folder))
        try:
            for name in names:
                made.add(name)
            yield made
        finally:
            for name in [*made.nodes]:
                made.kill(name)
