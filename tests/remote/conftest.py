"""A server to log in to, where sshd, rsync and tmux are installed."""

from collections.abc import Iterator

import pytest
import ssh_server
from ssh_server import Server

NEEDING = ["test_doctor.py", "test_loop.py", "test_there.py"]
collect_ignore = NEEDING if ssh_server.missing() else []


@pytest.fixture
def server() -> Iterator[Server]:
    """A healthy server with an empty home."""
    with ssh_server.serving() as made:
        yield made
