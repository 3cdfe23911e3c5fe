"""How much is lost between the mouth and the command: held-out rows spoken, heard and answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from helpers import engines, tasks
from helpers.core import paths
from helpers.core.examples import Example, Prediction
from helpers.engines.base import Engine
from helpers.evaluation.statistics import grouped_bootstrap
from helpers.pipeline import spoken
from helpers.speech import prompt, synthesize, transcribe, whisper
from helpers.speech.audio import RATE
from helpers.speech.confusions import word_error_rate
from helpers.speech.heard_pairs import LONGEST
from helpers.speech.steering import Steering
from helpers.speech.synthesize import CLEAR, Voice
from helpers.speech.transcribe import Transcript
from helpers.tasks.base import Progress, Task
from helpers.tasks.dictation.bash import program_of
from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.verbalize import Unspeakable, verbalize

TASK = "dictated_bash"
SPOKEN = "spoken_bash"  # a data folder of the same task, whose commands of these tiers are spoken
TIERS = ("plain", "heard")
FOUR = (3.5, 4.5)  # seconds: an utterance of four
PROGRAM = re.compile(r"[a-z][\w.+-]*")
Answerer = Callable[["Heard"], Prediction]


@dataclass(frozen=True)
class Heard:
    """A command that a voice spoke, and what was heard: with all, by Whisper alone, and bare.

    `prompt` was heard with the prompt and steered, `bare` with neither. Whisper's own text, with
    the prompt, is in `prompt` too.
    """

    row: Example
    voice: str
    seconds: float
    prompt: Transcript
    bare: Transcript


def measure(
    engine: str,
    model: str,
    rows: int,
    threads: int,
    progress: Progress = iter,
    pipeline: Path | None = None,
) -> dict[str, Any]:
    """Return error rates, shares of exact commands, and the seconds of a 4-second utterance.

    The engine `pipeline` may be a file's. Started again it goes on, for what was heard is kept.
    """
    task = tasks.get(TASK)
    answerer = engines.create(engine, task, pipeline=pipeline)  # first: a slip shows at once
    plain = engines.create("baseline", task)
    examples = held_out(task, rows)
    listener = whisper.load(model, threads)
    shown, steering = prompt.hints(task), spoken.steering(task, listener)
    utterances = [(row, voice) for row in examples for voice in CLEAR]
    heard = [_hear(*one, task.domain, listener, shown, steering) for one in progress(utterances)]
    return {
        "task": TASK, "engine": engine, "whisper": model, "rows": len(examples),
        "voices": [str(voice) for voice in CLEAR], "threads": threads,
    } | shares(task, answerer, plain, heard)  # fmt: skip


def held_out(task: Task, rows: int) -> list[Example]:
    """Return commands of the test rows, each as it is dictated in a breath by the convention."""
    known = task.load("test", paths.data(SPOKEN))
    wanted = {row.target: row for row in known if row.extra["tier"] in TIERS and is_command(row)}
    spoken_rows = [
        replace(row, prompt=verbalize(row.target, task.domain))
        for row in wanted.values()
        if _can_be_said(row.target, task.domain)
    ]
    short = [row for row in spoken_rows if len(row.prompt.split()) <= LONGEST]
    Random(0).shuffle(short)
    return short[:rows]


def is_command(row: Example) -> bool:
    """Return whether a row's answer is a whole command: it begins with a program or a builtin.

    A file's name, a path and an address may be dictated too, but nobody runs them.
    """
    piece = row.extra["program"] in ("identifier", "path", "url")
    begins = PROGRAM.fullmatch(row.target.split()[0]) if row.target else None
    return bool(begins) and not piece and program_of(row.target) not in ("setting", "script")


def _can_be_said(target: str, domain: Domain) -> bool:
    try:
        return bool(verbalize(target, domain))
    except Unspeakable:
        return False


def with_pauses(row: Example, domain: Domain) -> str:
    """Return a row's dictation with a comma, where the speaker breathes, at each space meant.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> with_pauses(Example("1", "ls dash L A slash tmp", "ls -la /tmp"), BASH)
    'ls, dash L A, slash tmp'
    """
    try:
        parts = [verbalize(token, domain) for token in row.target.split()]
    except Unspeakable:  # half a pair of quotes
        return row.prompt
    return ", ".join(parts) if " ".join(parts) == row.prompt else row.prompt


def _hear(
    row: Example,
    voice: Voice,
    domain: Domain,
    listener: whisper.Whisper,
    shown: str,
    steering: Steering | None,
) -> Heard:
    sound = synthesize.speak(with_pauses(row, domain), voice)
    # The first hearing pays for the encoder, which keeps its last window: it is the one timed.
    prompted = transcribe.hear(sound, listener, shown, steering, keep=True)
    bare = transcribe.hear(sound, listener, keep=True)
    return Heard(row, str(voice), len(sound) / RATE, prompted, bare)


def shares(task: Task, engine: Engine, plain: Engine, heard: Sequence[Heard]) -> dict[str, Any]:
    """Return what was heard and answered: with all, and with each part left out, and typed.

    `plain` reads what the engine would, without the readings of the channel. The seconds are those
    of an utterance of four, heard with the prompt and answered, stage by stage.
    """
    ways: dict[str, Answerer] = {
        "prompt": lambda one: spoken.answer(engine, one.row, one.prompt),
        "unsteered": lambda one: spoken.answer(engine, one.row, unsteered(one.prompt)),
        "bare": lambda one: spoken.answer(engine, one.row, one.bare),
        "without readings": lambda one: spoken.answer(plain, one.row, one.prompt),
        "typed": lambda one: engine.answer([one.row])[0],
    }
    figures: dict[str, Any] = {}
    texts = {
        "prompt": [one.prompt.dictated or one.prompt.text for one in heard],
        "unsteered": [one.prompt.text for one in heard],
        "bare": [one.bare.text for one in heard],
    }
    for name, written in texts.items():
        pairs = zip((one.row.prompt for one in heard), written, strict=True)
        figures[f"{name} word error rate"] = round(word_error_rate(pairs), 4)
    answers = {name: [answer(one) for one in heard] for name, answer in ways.items()}
    for name, predictions in answers.items():
        figures[f"{name} exact"], figures[f"{name} 95 %"] = _exact(task, predictions, heard)
    for voice in dict.fromkeys(one.voice for one in heard):
        own = [at for at, one in enumerate(heard) if one.voice == voice]
        predictions = [answers["prompt"][at] for at in own]
        figures[f"{voice} exact"] = _exact(task, predictions, [heard[at] for at in own])[0]
    return figures | _seconds(heard, answers["prompt"], answers["typed"])


def unsteered(heard: Transcript) -> Transcript:
    """Return what Whisper wrote by itself."""
    return replace(heard, dictated="")


def _seconds(
    heard: Sequence[Heard], answers: Sequence[Prediction], typed: Sequence[Prediction]
) -> dict[str, Any]:
    """Return seconds of utterances of four: in all, of hearing and of answering; and of typed."""
    four = [
        (one.prompt.seconds, answer.seconds)
        for one, answer in zip(heard, answers, strict=True)
        if FOUR[0] < one.seconds < FOUR[1]
    ]
    stages = {
        "": [sum(both) for both in four],
        "hearing ": [hearing for hearing, _ in four],
        "answering ": [answering for _, answering in four],
        "typed ": [answer.seconds for answer in typed],
    }
    figures: dict[str, Any] = {"4-second utterances": len(four)}
    for stage, taken in stages.items():
        ends = np.quantile(taken, [0.5, 0.95]).round(4).tolist() if taken else (None, None)
        figures[f"{stage}seconds p50"], figures[f"{stage}seconds p95"] = ends
    return figures


def _exact(
    task: Task, answers: Sequence[Prediction], heard: Sequence[Heard]
) -> tuple[float, list[float]]:
    """Return the share of exact answers and its interval; voices of one command stay together."""
    rows = [one.row for one in heard]
    right = [grade.exact for grade in task.grade([answer.text for answer in answers], rows)]
    groups = [row.id for row in rows]
    bounds = grouped_bootstrap(right, groups) if len(set(groups)) > 1 else (0.0, 1.0)
    return round(float(np.mean(right)), 4), [round(end, 4) for end in bounds]
