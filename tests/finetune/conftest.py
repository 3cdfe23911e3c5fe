"""The backends' own small trainings: a profile that takes seconds, and a way to train silently."""

from collections.abc import Callable
from pathlib import Path

import pytest
import small_runs

from helpers.profiles import Profile
from helpers.tasks.base import Task


@pytest.fixture
def tiny(base: Path) -> Profile:
    """A profile that trains the tiny model in seconds."""
    return small_runs.profile(base, "transformers")


@pytest.fixture
def train(backend: str, task: Task, base: Path, runs_dir: Path) -> Callable[..., Path]:
    """Train the tiny model with the backend of the file, silently, in runs of the test's own."""
    return small_runs.trainer(task, base, backend)
