"""One service for all tests that do not need one of their own."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from served import CHROMIUM, Served, serving, small_pipeline

from helpers.speech import synthesize

VOICES = ["test_heard.py", "test_page.py"] if synthesize.missing() else []
collect_ignore = [*VOICES, *([] if CHROMIUM else ["test_page.py"])]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a small pipeline of bash."""
    return small_pipeline(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def service(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service that answers voice commands, and dictations by the small pipeline."""
    folder = tmp_path_factory.mktemp("served")
    options = ["--task", "voice_command", "--task", "dictated_bash", "--pipeline", str(small)]
    runs = {"TINY_SPECIALISTS_RUNS": str(folder / "runs")}
    with serving(folder, [*options, "--idle", "600"], runs) as made:
        yield made


@pytest.fixture(scope="session")
def client(service: Served) -> Iterator[httpx.Client]:
    """A client of it."""
    with service.client() as made:
        yield made
