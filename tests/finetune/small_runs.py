"""Runs that take seconds: what they train with, and how a process of its own is made to."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from helpers import profiles
from helpers.core import runs
from helpers.profiles import Profile
from helpers.tasks.base import Task

SCRIPT = Path(__file__).with_name("train_script.py")
SHAKY = {"dropout": 0.1, "accumulate": 2, "steps": 8, "every": 2}  # everything a resume can lose


def profile(base: str | Path, engine: str) -> Profile:
    """A profile that trains the tiny model in seconds."""
    return replace(
        profiles.get("cpu", engine=engine, base=str(base)),
        rank=16, alpha=32, batch=4, steps=8, learning_rate=1e-2, max_length=128,
    )  # fmt: skip


def lasting(run: Path) -> dict:
    """What the same run always repeats."""
    return runs.without_times(runs.read(run))


def apart(
    runs_dir: Path, where: str, base: Path, task: Task, engine: str, **env: str
) -> subprocess.CompletedProcess:
    """Train shakily in a process of its own, by the orders of the script."""
    told = {"base": str(base), "data": str(task.data_dir), "where": where, "engine": engine}
    return subprocess.run(
        [sys.executable, SCRIPT, json.dumps(told)],
        env=os.environ | {"TINY_SPECIALISTS_RUNS": str(runs_dir)} | env,
        capture_output=True, text=True,
    )  # fmt: skip
