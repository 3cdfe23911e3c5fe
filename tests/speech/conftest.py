"""Whisper, loaded once, and voices that speak to it where they are installed."""

from pathlib import Path

import pytest

from helpers.speech import synthesize, whisper
from helpers.speech.whisper import Whisper

collect_ignore = ["test_voices.py"] if synthesize.missing() else []


@pytest.fixture(scope="session")
def listener() -> Whisper:
    """The tiny Whisper, on one thread."""
    return whisper.load(threads=1)


@pytest.fixture(autouse=True)
def own_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is heard in a folder of the test's own."""
    monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(tmp_path / "runs"))
