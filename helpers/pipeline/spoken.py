"""From a transcript to an answer: what was heard says whether, what was dictated says what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from helpers.core.examples import Example, Prediction
from helpers.corpora import more_commands
from helpers.engines.base import Engine
from helpers.speech import dictations
from helpers.speech.steering import Steering
from helpers.speech.transcribe import Transcript
from helpers.speech.whisper import Whisper
from helpers.tasks.base import Task
from helpers.tasks.dictation.bash import BASH


def steering(task: Task, whisper: Whisper, words: Sequence[str] = ()) -> Steering | None:
    """Return what steers a Whisper in a dictation; for shell it has read more commands than train.

    `words` are sayings of the reader's own.
    """
    more = more_commands.commands() if task.domain is BASH else ()
    return dictations.steering(task, whisper, words, more)


def answer(engine: Engine, example: Example, heard: Transcript) -> Prediction:
    """Return the answer to what was heard; nothing where nobody spoke, or where it is no command.

    A beam that is steered towards dictations finds one in any talk, so that the text which Whisper
    writes by itself decides whether anything was dictated at all.
    """
    if not heard.text:
        return Prediction(example.id, "", 0.0)
    plain = _answer(engine, example, heard.text)
    if not heard.dictated or not plain.text:
        return plain
    steered = _answer(engine, example, heard.dictated)
    return replace(steered, seconds=plain.seconds + steered.seconds)


def _answer(engine: Engine, example: Example, text: str) -> Prediction:
    return engine.answer([replace(example, prompt=text)])[0]
