"""How much is lost between the mouth and the command: held-out rows spoken, heard and answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from helpers import engines, tasks
from helpers.core import paths
from helpers.core.examples import Example
from helpers.engines.base import Engine
from helpers.speech import prompt, synthesize, transcribe, whisper
from helpers.speech.audio import RATE
from helpers.speech.confusions import word_error_rate
from helpers.speech.heard_pairs import LONGEST
from helpers.speech.synthesize import VOICES, Voice
from helpers.speech.transcribe import Transcript
from helpers.tasks.base import Progress, Task

TASK = "dictated_bash"
SPOKEN = "spoken_bash"  # a data folder of the same task, whose rows of this tier are spoken
TIER = "plain"
FOUR = (3.5, 4.5)  # seconds: an utterance of four


@dataclass(frozen=True)
class Heard:
    """A row that a voice spoke, and what was heard with a prompt and without."""

    row: Example
    seconds: float
    prompt: Transcript
    bare: Transcript


def measure(
    engine: str, model: str, rows: int, threads: int, progress: Progress = iter
) -> dict[str, Any]:
    """Return error rates, shares of exact commands, and the seconds of a 4-second utterance.

    Started again it goes on, for what was heard is kept.
    """
    task = tasks.get(TASK)
    examples = held_out(task, rows)
    listener = whisper.load(model, threads)
    shown = prompt.hints(task)
    spoken = [(row, voice) for row in examples for voice in VOICES]
    heard = [_hear(row, voice, listener, shown) for row, voice in progress(spoken)]
    answerer = engines.create(engine, task)
    return {
        "task": TASK, "engine": engine, "whisper": model, "rows": len(examples),
        "voices": [str(voice) for voice in VOICES], "threads": threads,
    } | shares(task, answerer, heard)  # fmt: skip


def held_out(task: Task, rows: int) -> list[Example]:
    """Return validation rows that can be spoken in a breath: plain commands of everyday.

    Where they are too few, dictated ones follow.
    """
    folder = paths.data(SPOKEN)
    spoken = _plain(task.load("valid", folder)) if folder.is_dir() else []
    step = max(1, len(spoken) // rows)
    return [*spoken[::step][:rows], *_plain(task.load("valid"))[: max(0, rows - len(spoken))]]


def _plain(rows: Sequence[Example]) -> list[Example]:
    rows = [row for row in rows if row.target and row.extra.get("tier", TIER) == TIER]
    return [row for row in rows if len(row.prompt.split()) <= LONGEST]


def _hear(row: Example, voice: Voice, listener: whisper.Whisper, shown: str) -> Heard:
    sound = synthesize.speak(row.prompt, voice)
    # The first hearing pays for the encoder, which keeps its last window: it is the one timed.
    prompted, bare = (transcribe.hear(sound, listener, told) for told in (shown, ""))
    return Heard(row, len(sound) / RATE, prompted, bare)


def shares(task: Task, engine: Engine, heard: Sequence[Heard]) -> dict[str, Any]:
    """Return what was heard and answered, with a prompt and without, and typed.

    The seconds are those of an utterance of four, heard with the prompt and answered.
    """
    found: dict[str, Any] = {"typed exact": _exact(task, engine, [one.row for one in heard])[0]}
    for name in ("bare", "prompt"):
        texts = [getattr(one, name).text for one in heard]
        pairs = zip((one.row.prompt for one in heard), texts, strict=True)
        rows = [replace(one.row, prompt=text) for one, text in zip(heard, texts, strict=True)]
        exact, seconds = _exact(task, engine, rows)
        found[f"{name} word error rate"] = round(word_error_rate(pairs), 4)
        found[f"{name} exact"] = exact
    taken = [
        one.prompt.seconds + answering
        for one, answering in zip(heard, seconds, strict=True)
        if FOUR[0] < one.seconds < FOUR[1]
    ]
    p95 = round(float(np.quantile(taken, 0.95)), 3) if taken else None
    return found | {"4-second utterances": len(taken), "seconds p95": p95}


def _exact(task: Task, engine: Engine, rows: Sequence[Example]) -> tuple[float, list[float]]:
    """Return the share of rows answered exactly, and each row's seconds; nothing heard is wrong."""
    spoken = [row for row in rows if row.prompt]
    predictions = {id(row): p for row, p in zip(spoken, engine.answer(spoken), strict=True)}
    answered = [predictions.get(id(row)) for row in rows]
    grades = task.grade([p.text if p else "" for p in answered], rows)
    seconds = [p.seconds if p else 0.0 for p in answered]
    return round(sum(grade.exact for grade in grades) / len(rows), 4), seconds
