"""The tiny random model, loaded, and each task's rows."""

from pathlib import Path

import pytest

from helpers import tasks
from helpers.core.examples import Example
from helpers.engines.loaded import Loaded
from helpers.engines.torch.loading import load
from helpers.tasks.base import Task


@pytest.fixture(scope="session")
def loaded(tiny: Path) -> Loaded:
    """The tiny model, loaded once."""
    return load(tiny)


@pytest.fixture(params=tasks.names())
def task(request: pytest.FixtureRequest) -> Task:
    """Each of the three tasks."""
    return tasks.get(request.param)


@pytest.fixture
def some(task: Task) -> list[Example]:
    """Ten rows of unlike lengths."""
    return task.load("valid")[:100:10]
