"""A server to log in to, where sshd, rsync and tmux are installed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.core.examples import Example, write_rows
from helpers.remote import loopback
from helpers.remote.loopback import Server
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.verbalize import verbalize

NEEDING = ["test_cuts.py", "test_doctor.py", "test_loop.py", "test_there.py"]
LONG = [] if "CHECK_REMOTE_CUTS" in os.environ else ["test_cuts.py"]  # make check-remote
collect_ignore = NEEDING if loopback.missing() else LONG


@pytest.fixture
def server() -> Iterator[Server]:
    """A healthy server with an empty home."""
    with loopback.serving() as made:
        yield made


@pytest.fixture
def rows(tmp_path: Path, commands: list[str]) -> Path:
    """A data folder of the reader's own, with a file in it that is nobody's business."""
    folder = tmp_path / "my rows; touch x"
    made = [Example(f"{n:05d}", verbalize(c, BASH), c) for n, c in enumerate(commands)]
    for split, part in (("train", made[:20]), ("valid", made[20:25]), ("test", made[25:])):
        write_rows(folder / f"{split}.jsonl", part)
    (folder / "customers.csv").write_text("private")
    return folder


@pytest.fixture
def values(rows: Path) -> dict[str, str]:
    """Parameters of a run of two steps on the tiny base."""
    return {
        "TASK": "dictated_bash", "BASE": "tiny-1m", "PROFILE": "cpu", "BACKEND": "transformers",
        "STEPS": "2", "EVAL_ROWS": "5", "DATA_DIR": str(rows),
    }  # fmt: skip
