"""The page in a real browser: a microphone that plays a spoken file, a text, keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile
from browser import CHROMIUM
from playwright.sync_api import Browser, Page, sync_playwright
from served import PATIENCE, Served

from helpers.speech import synthesize

LONG = 1000 * PATIENCE  # milliseconds


@pytest.fixture(scope="module")
def spoken(tmp_path_factory) -> Path:
    """A file in which somebody says a voice command, and is then quiet."""
    import numpy as np

    file = tmp_path_factory.mktemp("spoken") / "said.wav"
    voice = synthesize.speak("open slack")
    quiet = np.zeros(synthesize.RATE)
    soundfile.write(file, np.concatenate([voice, quiet]), synthesize.RATE, subtype="PCM_16")
    return file


@pytest.fixture(scope="module")
def browser(spoken: Path) -> Iterator[Browser]:
    """A browser whose microphone plays that file."""
    options = ["--no-sandbox", "--use-fake-ui-for-media-stream",
               "--use-fake-device-for-media-stream",
               f"--use-file-for-fake-audio-capture={spoken}"]  # fmt: skip
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=options)
        yield made
        made.close()
