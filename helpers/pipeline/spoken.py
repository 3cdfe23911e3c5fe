"""The ears of a pipeline: Whisper, and what it is shown before it listens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.core.examples import Example, Prediction
from helpers.engines.base import Engine
from helpers.speech import dictations, prompt, transcribe, whisper
from helpers.speech.steering import Steering
from helpers.speech.transcribe import Transcript
from helpers.speech.whisper import Whisper
from helpers.tasks.base import Progress, Task

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Ears:
    """A Whisper, the words it is shown, and what steers it in a dictation.

    What it hears is kept in `runs/` only if `keep` says so: then a long file goes on after a stop.
    """

    whisper: Whisper
    shown: str = ""
    steering: Steering | None = None
    keep: bool = False

    @classmethod
    def of(
        cls,
        task: Task,
        name: str,
        context: Any = None,
        words: Mapping[str, str] | None = None,
        keep: bool = False,
        shown: bool = True,
    ) -> Ears:
        """Return a Whisper by name, shown lines of a task's rows, or the names on this desktop.

        `words` are a reader's own, by what is heard; `shown` off, and it is shown nothing.
        """
        model = whisper.load(name)
        words = words or {}
        hints = prompt.hints(task, context, [*words.values()]) if shown else ""
        return cls(model, hints, dictations.steering(task, model, [*words]), keep)

    def hear(self, source: Path | np.ndarray, progress: Progress = iter) -> Transcript:
        """Return what was said in a file, or in samples; raises `SpeechError`."""
        if isinstance(source, Path):
            return transcribe.transcribe(
                source, self.whisper, self.shown, progress, self.steering, self.keep
            )
        return transcribe.hear(source, self.whisper, self.shown, self.steering, self.keep)


def answer(engine: Engine, example: Example, heard: Transcript) -> Prediction:
    """Return any engine's answer to what was heard, as `Pipeline.heard` comes to its own."""
    if not heard.text:
        return Prediction(example.id, "", 0.0)
    plain = _answer(engine, example, heard.text)
    if not heard.dictated or not plain.text:
        return plain
    steered = _answer(engine, example, heard.dictated)
    return replace(steered, seconds=plain.seconds + steered.seconds)


def _answer(engine: Engine, example: Example, text: str) -> Prediction:
    return engine.answer([replace(example, prompt=text)])[0]
