"""This machine as the remote one: an OpenSSH server on loopback, an ordinary process.

It has a key, a port and a home of its own, and hears nobody but this machine.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

PROGRAMS = ("sshd", "rsync", "tmux")
WHERE = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/key.pub
ForceCommand {folder}/login
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
"""
CLIENT = """
Host loopback
  HostName 127.0.0.1
  Port {port}
  IdentityFile {folder}/key
  IdentitiesOnly yes
  UserKnownHostsFile {folder}/known_hosts
  GlobalKnownHostsFile /dev/null
"""
LOGIN = """#!/bin/sh
export HOME={home} PATH={path} TMUX_TMPDIR={folder}
cd {home} && exec sh -c "$SSH_ORIGINAL_COMMAND"
"""


def missing() -> list[str]:
    """Return the programs that are not installed."""
    return [program for program in PROGRAMS if not shutil.which(program, path=WHERE)]


class Server:
    """A server whose logins land in `home` and find programs in `bin` first."""

    name = "loopback"

    def __init__(self, folder: Path) -> None:
        """Make keys and configuration, and start it."""
        self.folder, self.home, self.bin = folder, folder / "home", folder / "bin"
        self.config = folder / "config"
        for made in (self.home, self.bin):
            made.mkdir()
        for key in ("host_key", "key"):
            words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)]
            subprocess.run(words, check=True)
        self.program("python3", f'exec {sys.executable} "$@"')
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.know(folder / "host_key.pub")
        self.config.write_text(CLIENT.format(port=self.port, folder=folder))
        (folder / "sshd_config").write_text(CONFIG.format(port=self.port, folder=folder))
        self.login()
        if os.getuid() == 0:  # an sshd of root's asks for the folder its init script would make
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self.process = subprocess.Popen(
            [shutil.which("sshd", path=WHERE), "-D", "-e", "-f", str(folder / "sshd_config")],
            stderr=(folder / "sshd.log").open("w"),
        )
        self.wait()

    def wait(self) -> None:
        """Wait until it listens."""
        for _ in range(100):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError((self.folder / "sshd.log").read_text())

    def know(self, key: Path) -> None:
        """Have the client know the server by a key."""
        line = f"[127.0.0.1]:{self.port} {key.read_text()}"
        (self.folder / "known_hosts").write_text(line)

    def login(self, home: Path | None = None, path: str = "/usr/local/bin:/usr/bin:/bin") -> None:
        """Say where a login lands, and where it finds programs after those of `bin`."""
        file = self.folder / "login"
        path = f"{self.bin}:{path}" if path else str(self.bin)
        file.write_text(LOGIN.format(home=home or self.home, path=path, folder=self.folder))
        file.chmod(0o755)

    def program(self, name: str, text: str) -> None:
        """Put a program of one line in `bin`."""
        file = self.bin / name
        file.write_text(f"#!/bin/sh\n{text}\n")
        file.chmod(0o755)

    def only(self, *names: str) -> None:
        """Let a login find these of the system's programs alone, and what is in `bin`."""
        for name in names:
            (self.bin / name).symlink_to(shutil.which(name))
        self.login(path="")

    def sessions(self) -> list[Any]:
        """Return the processes of the server that serve a connection."""
        import psutil

        with suppress(psutil.NoSuchProcess):
            children = psutil.Process(self.process.pid).children(recursive=True)
            return [child for child in children if child.name().startswith("sshd")]
        return []

    def cut(self) -> int:
        """Cut every connection, as a lost network does; return how many there were."""
        import psutil

        found = self.sessions()
        for session in found:
            with suppress(psutil.NoSuchProcess):
                session.kill()
        return len(found)

    def reboot(self) -> None:
        """End all that runs there, at once."""
        import psutil

        self.cut()
        for process in psutil.process_iter(["cmdline"]):
            line = " ".join(process.info["cmdline"] or [])
            if str(self.home) in line and "sshd" not in line:
                with suppress(psutil.NoSuchProcess):
                    process.kill()

    def close(self) -> None:
        """End it, and what it started."""
        words = ["tmux", "-L", "tiny-specialists", "kill-server"]
        here = os.environ | {"TMUX_TMPDIR": str(self.folder)}
        subprocess.run(words, env=here, capture_output=True, check=False)
        self.reboot()
        self.process.kill()
        self.process.wait()


def start() -> Server:
    """Start a server that ends with this process; for a page, whose cells share it."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(serving())


@contextmanager
def serving() -> Iterator[Server]:
    """Start a server, and end it."""
    with tempfile.TemporaryDirectory(prefix="there-", dir="/tmp") as folder:  # sockets: short paths
        server = Server(Path(folder))
        try:
            yield server
        finally:
            server.close()
