"""A run of two steps, there and here, and whether both are one result."""

import sys
from pathlib import Path

import pytest

from helpers import tasks
from helpers.core import runs
from helpers.finetune import checkpoints
from helpers.finetune.run import finetune
from helpers.remote import job, there
from helpers.remote.loopback import Server


def command(
    server: Server, values: dict[str, str], *words: str, python: str = sys.executable
) -> list[str]:
    """The command line that trains on the server; without an interpreter it is set up there."""
    named = [word for name, value in values.items() for word in ("-p", f"{name}={value}")]
    config = ["--ssh-config", str(server.config), *(["--python", python] if python else [])]
    return ["remote", "train", server.name, *named, "--name", "mine", *config, *words]


def by_itself(values: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Train the same on this machine; return the run."""
    monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(folder))
    made = job.Job(job.parameters(values), "", "", "", {})
    task, profile, config = job.training(made, folder)
    return finetune(tasks.get(task.name, values["DATA_DIR"]), profile, config, lambda _: None)


def assert_same_run(one: Path, other: Path) -> None:
    """Two runs are one result: the record to the digit, and the adapter's weights."""
    records = [runs.without_times(runs.read(run)) for run in (one, other)]
    for record in records:
        for point in record["curve"]:
            for name in [name for name in point if name.startswith("seconds")]:
                del point[name]
    assert records[0] == records[1]
    weights = [run / checkpoints.ADAPTER / "adapter_model.safetensors" for run in (one, other)]
    assert there.sha256(weights[0]) == there.sha256(weights[1])
