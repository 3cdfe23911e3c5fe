"""A few sentences of each job, spoken by programs: a page plays them and hears them.

`python -m helpers.course.utterances` speaks and hears them all again; nobody's voice is recorded.
What was heard lies beside them, for whoever has no Whisper.
"""

from __future__ import annotations

import base64
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers import tasks
from helpers.core import paths
from helpers.core.examples import Example, read_rows
from helpers.core.files import replace_file
from helpers.pipeline.spoken import Ears
from helpers.speech import audio, synthesize, transcribe, whisper
from helpers.speech.audio import SpeechError
from helpers.speech.synthesize import Voice
from helpers.speech.transcribe import Segment, Transcript
from helpers.speech.weights import TINY
from helpers.speech.words import Word, timed
from helpers.tasks.base import Task
from helpers.tasks.dictation.bash import BASH

if TYPE_CHECKING:
    import numpy as np

SMALL = 0.96  # libsndfile's "compression level" of Opus: about 16 kilobits a second
FIX = (
    "Run make setup. On Colab run !pip install -q -r requirements-speech.txt and then "
    "!python -m helpers.speech.weights in a new cell, and this cell again. Until then the page "
    "shows what was heard when it was written."
)


@dataclass(frozen=True)
class Utterance:
    """A held-out row, how a voice says it (with commas, where it breathes), and the sound."""

    row: Example
    voice: str
    spoken: str
    file: Path


@dataclass(frozen=True)
class Hearing:
    """What Whisper wrote by itself (`bare`), and what with the prompt and steered.

    `words` are those that it wrote with the prompt, each with its seconds.
    """

    bare: str
    prompted: Transcript
    words: tuple[Word, ...]


def folder() -> Path:
    """Return where the sounds lie, and what was said in them."""
    return paths.data("speech") / "utterances"


def load(task: str) -> list[Utterance]:
    """Return the utterances of a job; a job without any has none."""
    file = folder() / f"{task}.jsonl"
    rows = read_rows(file) if file.exists() else []
    return [
        Utterance(row, row.extra["voice"], row.extra["spoken"], folder() / f"{row.id}.opus")
        for row in rows
    ]


def players(utterances: Sequence[Utterance]) -> str:
    """Return a player for each utterance, as HTML that holds the sound."""
    return "\n".join(
        f'<p><audio controls aria-label="{escape(one.row.prompt)}" '
        f'src="data:audio/ogg;base64,{base64.b64encode(one.file.read_bytes()).decode()}"></audio>'
        f"<br>{escape(one.row.prompt)} <i>({escape(one.voice)})</i></p>"
        for one in utterances
    )


def heard(task: Task, utterances: Sequence[Utterance], name: str) -> list[Hearing]:
    """Return what a Whisper by name hears; "" takes what was heard when the page was written.

    So does a Whisper that is missing, after a line that says why. The seconds of a transcript are
    the processor's: what else the machine does is not counted, and threads add up.
    """
    if name:
        try:
            whisper.load(name)
        except SpeechError as error:
            print(f"{error}. {FIX}")
            name = ""
    if not name:
        return [kept(one) for one in utterances]
    same = Ears.of(task, name)
    return [
        _hear(audio.read(one.file), same if one.row.context is None else
              Ears.of(task, name, one.row.context))
        for one in utterances
    ]  # fmt: skip


def _hear(sound: np.ndarray, ears: Ears) -> Hearing:
    began = time.process_time()
    prompted = ears.hear(sound)
    prompted = replace(prompted, seconds=round(time.process_time() - began, 3))
    bare = transcribe.hear(sound, ears.whisper).text
    return Hearing(bare, prompted, timed(ears.whisper, sound, ears.shown))


def kept(one: Utterance) -> Hearing:
    """Return what was heard of an utterance when the page was written."""
    found: dict[str, Any] = one.row.extra["heard"]
    told = dict(found["prompted"])
    segments = tuple(Segment(**segment) for segment in told.pop("segments"))
    others = tuple((text, score) for text, score in told.pop("alternatives"))
    prompted = Transcript(**told, segments=segments, alternatives=others)
    return Hearing(found["bare"], prompted, tuple(Word(**word) for word in found["words"]))


def held_out(task: Task, shown: bool) -> tuple[list[Example], list[Example]]:
    """Return rows of valid and test that voices spoke, as they were said and as they were heard.

    They were heard with the prompt if it was `shown`. Only commands were spoken so far: any other
    job has none.
    """
    if task.domain is not BASH:
        return [], []
    bundled = tasks.get(task.name)
    rows = {row.id: row for split in ("valid", "test") for row in bundled.load(split)}
    lines = (paths.data("speech") / "heard.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [one for one in map(json.loads, lines) if one["id"] in rows and one["prompt"] == shown]
    said = [rows[one["id"]] for one in pairs]
    return said, [
        replace(row, prompt=one["heard"]) for row, one in zip(said, pairs, strict=True)
    ]


def make(task: Task, name: str = TINY) -> list[Utterance]:
    """Speak a job's utterances, hear them, and write both; raises `SpeechError`."""
    made = load(task.name)
    for one in made:
        sound = synthesize.speak(one.spoken, Voice(*one.voice.split()))
        write(one.file, sound)
    for one, found in zip(made, heard(task, made, name), strict=True):
        one.row.extra["heard"] = asdict(found)
    lines = [json.dumps(one.row.row(), ensure_ascii=False) for one in made]
    replace_file(folder() / f"{task.name}.jsonl", "\n".join(lines) + "\n")
    return made


def write(path: Path, samples: np.ndarray) -> None:
    """Write sound as Opus, which says a second in about two kilobytes."""
    import soundfile

    soundfile.write(path, samples, audio.RATE, format="OGG", subtype="OPUS",
                    compression_level=SMALL)  # fmt: skip


def main() -> None:
    """Speak and hear the utterances of all jobs."""
    try:
        for name in tasks.names():
            for one in make(tasks.get(name)):
                print(f"{paths.shown(one.file)}  {one.file.stat().st_size:,} bytes")
    except SpeechError as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
