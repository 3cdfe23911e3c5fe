"""What is lost between the mouth and the answer where no command is dictated: requests, messages.

Rows of a job that is no dictation are spoken as they stand, heard, and answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from helpers import engines, tasks
from helpers.core.examples import Example, Prediction
from helpers.engines.base import Engine
from helpers.evaluation.statistics import wilson
from helpers.pipeline import spoken
from helpers.speech import prompt, synthesize, transcribe, whisper
from helpers.speech.confusions import word_error_rate
from helpers.speech.synthesize import CLEAR, Voice
from helpers.speech.transcribe import Transcript
from helpers.speech.whisper import Whisper
from helpers.tasks.base import Progress, Task

WRITTEN = frozenset({"typo", "mangled"})  # traits of rows that nobody says as they stand


@dataclass(frozen=True)
class Spoken:
    """A row that a voice spoke, and what Whisper heard: shown this desktop's names, and not."""

    row: Example
    shown: Transcript
    bare: Transcript


def measure(
    name: str,
    engine: str,
    model: str,
    rows: int,
    threads: int,
    progress: Progress = iter,
    pipeline: Path | None = None,
) -> dict[str, Any]:
    """Return word error rates, shares of exact answers, and seconds of a job's spoken rows.

    The engine `pipeline` may be a file's.
    """
    task = tasks.get(name)
    answerer = engines.create(engine, task, pipeline=pipeline)  # first: a slip shows at once
    listener = whisper.load(model, threads)
    examples = held_out(task, rows)
    pairs = [(row, CLEAR[number % len(CLEAR)]) for number, row in enumerate(examples)]
    heard = [_hear(task, row, voice, listener) for row, voice in progress(pairs)]
    return {
        "task": name, "engine": engine, "whisper": model, "rows": len(examples),
        "voices": [str(voice) for voice in CLEAR], "threads": threads,
    } | shares(task, answerer, heard)  # fmt: skip


def held_out(task: Task, rows: int) -> list[Example]:
    """Return test rows that can be said as they stand, in an order of their own."""
    said = [row for row in task.load("test") if not WRITTEN & {*row.extra.get("traits", ())}]
    Random(0).shuffle(said)
    return said[:rows]


def _hear(task: Task, row: Example, voice: Voice, listener: Whisper) -> Spoken:
    sound = synthesize.speak(row.prompt, voice)
    names = prompt.hints(task, row.context, [])
    shown = transcribe.hear(sound, listener, names, None, keep=True)
    return Spoken(row, shown, transcribe.hear(sound, listener, keep=True))


def shares(task: Task, engine: Engine, heard: Sequence[Spoken]) -> dict[str, Any]:
    """Return what was answered to the words as typed, and as heard with the names and without.

    `lost in hearing` is right as typed and wrong as heard: the ear's share of all errors.
    """
    rows = [one.row for one in heard]
    answers: Mapping[str, list[Prediction]] = {
        "typed": engine.answer(rows),
        "names": [spoken.answer(engine, one.row, one.shown) for one in heard],
        "bare": [spoken.answer(engine, one.row, one.bare) for one in heard],
    }
    texts = {"names": [one.shown.text for one in heard], "bare": [one.bare.text for one in heard]}
    figures: dict[str, Any] = {
        f"{way} word error rate": round(
            word_error_rate(zip((row.prompt for row in rows), written, strict=True)), 4
        )
        for way, written in texts.items()
    }
    right: dict[str, list[bool]] = {}
    for way, predictions in answers.items():
        found = task.grade([one.text for one in predictions], rows)
        right[way] = [grade.exact for grade in found]
        figures[f"{way} exact"] = round(sum(right[way]) / len(rows), 4)
        figures[f"{way} 95 %"] = [round(end, 4) for end in wilson(sum(right[way]), len(rows))]
    lost = sum(typed and not ear for typed, ear in zip(right["typed"], right["names"], strict=True))
    seconds = [
        one.shown.seconds + answer.seconds
        for one, answer in zip(heard, answers["names"], strict=True)
    ]
    ends = np.quantile(seconds, [0.5, 0.95]).round(4).tolist()
    return figures | {"lost in hearing": lost, "seconds p50": ends[0], "seconds p95": ends[1]}
