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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

RAY = Path(sys.executable).with_name("ray")
LOOPBACK = "127.0.0.2"  # Ray takes 127.0.0.1 for a slip, and listens on the network instead
# Beside other work a process may take long to start, which must not be taken for its death: a node
# by the head, a worker by its node, nor the server that the head starts for each client.
PATIENT = {
    "RAY_worker_register_timeout_seconds": "600",
    "RAY_gcs_server_request_timeout_seconds": "600",
    "RAY_raylet_start_wait_time_s": "600",
    "RAY_py_gcs_connect_timeout_s": "600",
    "RAY_CLIENT_SERVER_CHECK_CHANNEL_TIMEOUT_S": "600",
    "RAY_health_check_timeout_ms": "60000",
    "RAY_health_check_initial_delay_ms": "60000",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_worker_niceness": "0",  # these nodes have the machine to themselves
}
# A cluster runs what it is sent; whoever does not have this is turned away.
TOKEN = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
KEY = "RAY_OVERRIDE_NODE_ID_FOR_TESTING"
STARTS, PATIENCE = 6, 300  # how often a node is started, and the seconds that it is given


def installed() -> bool:
    """Return whether Ray is there, which `requirements-cluster.txt` brings."""
    return find_spec("ray") is not None


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        return free.getsockname()[1]


def listens(port: int) -> bool:
    """Return whether somebody listens on a port."""
    with socket.socket() as client:
        return not client.connect_ex((LOOPBACK, port))


class Nodes:
    """A head and its further nodes, each with one core; on loopback alone.

    Ray counts the GPUs that a node is said to have, and believes it.
    """

    def __init__(self, folder: Path, gpus: int = 0) -> None:
        """Start the head."""
        self.folder, self.gpus, self.ports = folder, gpus, (free_port(), free_port())
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
        """Start a node and wait until it runs; raises what it said if it never does.

        Where a busy machine is too slow for one of Ray's own limits, it is started anew.
        """
        for _ in range(STARTS):
            key, up = secrets.token_hex(28), False
            self.nodes[name] = self.process(name, words, key)
            try:
                up = self.came_up(name, key)
            finally:
                if not up:
                    self.kill(name)
            if up:
                return
        raise RuntimeError((self.folder / f"{name}.log").read_text())

    def came_up(self, name: str, key: str) -> bool:
        """Wait for a node; return whether it runs."""
        until = time.monotonic() + PATIENCE
        while not self.lost(name) and time.monotonic() < until:
            self.answer_for_agent(key)
            if self.runs(name):
                return True
            time.sleep(0.2)
        return False

    def process(self, name: str, words: Sequence[str], key: str) -> subprocess.Popen:
        """Return a new node's process, which has just begun; the node is known by its key."""
        more = (f"--node-ip-address={LOOPBACK}", "--num-cpus=1", f"--num-gpus={self.gpus}")
        size = ("--object-store-memory=200000000", "--disable-usage-stats", "--block")
        agents = ("dashboard-agent-grpc", "dashboard-agent-listen", "runtime-env-agent")
        ports = (*agents, "metrics-export")  # else it waits for their own choice, and not for long
        more += tuple(f"--{name}-port={free_port()}" for name in ports)
        own = {"TINY_SPECIALISTS_NODE": str(self.folder / name), KEY: key}
        env = os.environ | PATIENT | own
        with (self.folder / f"{name}.log").open("w") as out:
            return subprocess.Popen(
                [RAY, "start", *words, *more, *size], stdout=out, stderr=out, env=env
            )

    def answer_for_agent(self, key: str) -> None:
        """Say for a node's agent that it hears nobody: the agent does so itself, but late.

        Without an answer the node ends itself after 15 s, which no setting lengthens, and a busy
        machine needs twice as long to start the agent.
        """
        session = self.folder / "ray" / "session_latest"
        file = session / f"dashboard_agent_listen_port_{key}"
        if session.exists() and not file.exists():
            file.write_text("-1")

    def runs(self, name: str) -> bool:
        """Return whether a node says that it runs, and the head hears clients."""
        said = "Ray runtime started" in (self.folder / f"{name}.log").read_text()
        return said and (name != "head" or listens(self.ports[1]))

    def lost(self, name: str) -> bool:
        """Return whether a node's process has ended, or its raylet, for which it waits in vain."""
        import psutil

        if self.nodes[name].poll() is not None:
            return True
        with suppress(psutil.NoSuchProcess):
            parts = psutil.Process(self.nodes[name].pid).children()
            return any((p.name(), p.status()) == ("raylet", psutil.STATUS_ZOMBIE) for p in parts)
        return False

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
def cluster(*names: str, gpus: int = 0) -> Iterator[Nodes]:
    """Start a head and further nodes, and end all of them in the end."""
    with tempfile.TemporaryDirectory(prefix="ray-", dir="/tmp") as folder:  # sockets: short paths
        made = Nodes(Path(folder), gpus)
        try:
            for name in names:
                made.add(name)
            yield made
        finally:
            for name in [*made.nodes]:
                made.kill(name)
