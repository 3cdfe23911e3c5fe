"""What sweeps on a cluster need; left out where Ray is not installed, and the long ones anyway."""

import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
import sweep_files

NEEDING = ["test_cluster.py", "test_cluster_deaths.py"]
LONG = [] if "CHECK_CLUSTER" in os.environ else ["test_cluster_deaths.py"]  # make check-cluster
collect_ignore = LONG if find_spec("ray") else NEEDING


@pytest.fixture
def my_rows(tmp_path: Path, commands: list[str]) -> Path:
    """A data folder of the reader's own."""
    return sweep_files.data_folder(tmp_path / "my rows", commands)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Change to runs of another name."""
    return lambda name: monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(tmp_path / name))
