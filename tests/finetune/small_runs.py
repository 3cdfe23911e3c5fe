"""Runs that take seconds: what they train with, and how a process of its own is made to."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers import profiles
from helpers.core import runs
from helpers.finetune.config import FinetuneConfig
from helpers.finetune.run import finetune
from helpers.profiles import Profile
from helpers.tasks.base import Task

SCRIPT = Path(__file__).with_name("train_script.py")
# everything a resume can lose
SHAKY = {"dropout": 0.1, "gradient_accumulation_steps": 2, "steps": 8, "eval_every": 2}


def profile(base: str | Path, backend: str) -> Profile:
    """A profile that trains the tiny model in seconds."""
    return replace(
        profiles.get("cpu", backend=backend, base=str(base)),
        rank=16, alpha=32, batch=4, steps=8, learning_rate=1e-2, max_length=128,
    )  # fmt: skip


def silent(line: str) -> None:
    """Report nothing."""


def trainer(task: Task, base: str | Path, backend: str) -> Callable[..., Path]:
    """A way to train in seconds; what is named changes the profile, or the configuration."""

    def train(report: Callable[[str], None] = silent, **changes: Any) -> Path:
        settings = {n: changes.pop(n) for n in [*changes] if n in vars(FinetuneConfig())}
        trained = replace(profile(base, backend), **changes)
        return finetune(task, trained, FinetuneConfig(**settings), report)

    return train


def lasting(run: Path) -> dict:
    """What the same run always repeats."""
    return runs.without_times(runs.read(run))


def apart(
    runs_dir: Path, where: str, base: Path, task: Task, backend: str, **env: str
) -> subprocess.CompletedProcess:
    """Train shakily in a process of its own, by the orders of the script."""
    order = {"base": str(base), "data": str(task.data_dir), "where": where, "backend": backend}
    return subprocess.run(
        [sys.executable, SCRIPT, json.dumps(order)],
        env=os.environ | {"TINY_SPECIALISTS_RUNS": str(runs_dir)} | env,
        capture_output=True, text=True,
    )  # fmt: skip
