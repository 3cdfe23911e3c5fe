"""The ears of a pipeline, and what was meant of what they heard."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.core import fingerprints
from helpers.core.examples import Example, Prediction
from helpers.corpora import more_commands
from helpers.engines.base import Engine
from helpers.speech import dictations, prompt, transcribe, whisper
from helpers.speech.steering import Steering
from helpers.speech.transcribe import Transcript
from helpers.speech.whisper import Whisper
from helpers.tasks.base import Answer, Progress, Task
from helpers.tasks.dictation.bash import BASH

if TYPE_CHECKING:
    import numpy as np

COMMAND = 0.5  # of the log-probability of the command, beside the score of the dictation
CHARACTER = 0.7  # nats for each of its characters, since short commands are likeliest
KEPT = 4  # fitted n-grams, of 32 MB each


def steering(task: Task, whisper: Whisper, words: Sequence[str] = ()) -> Steering | None:
    """Return what steers a Whisper in a dictation; for shell it has read more commands than train.

    `words` are sayings of the reader's own.
    """
    more = more_commands.commands() if task.domain is BASH else ()
    made = dictations.steering(task, whisper, words, more)
    for kind in ("dictations", "said"):
        fingerprints.keep_newest(kind, KEPT)
    return made


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
        return cls(model, hints, steering(task, model, [*words]), keep)

    def hear(self, source: Path | BytesIO | np.ndarray, progress: Progress = iter) -> Transcript:
        """Return what was said in a file, its content, or samples; raises `SpeechError`."""
        if isinstance(source, Path | BytesIO):
            return transcribe.transcribe(
                source, self.whisper, self.shown, progress, self.steering, self.keep
            )
        return transcribe.hear(source, self.whisper, self.shown, self.steering, self.keep)


def answer(engine: Engine, example: Example, heard: Transcript) -> Prediction:
    """Return the answer to what was heard; nothing where nobody spoke, or where it is no command.

    A beam that is steered towards dictations finds one in any talk, so that the text which Whisper
    writes by itself decides whether anything was dictated at all. Of the dictations that it may
    have been, the one counts whose sound and command together are likeliest: details name it.
    """
    if not heard.text:
        return Prediction(example.id, "", 0.0)
    plain = _answer(engine, example, heard.text)
    if not heard.dictated or not plain.text:
        return plain
    answers = {text: _answer(engine, example, text) for text in dictations_of(heard)}
    best = likeliest(heard, answers)
    seconds = plain.seconds + sum(one.seconds for one in answers.values())
    details = answers[best].details | {"dictation": best}
    return replace(answers[best], seconds=seconds, details=details)


def dictations_of(heard: Transcript) -> dict[str, float]:
    """Return the dictations that a transcript may have been, with their scores."""
    return dict(heard.alternatives or [(heard.dictated, 0.0)])


def likeliest(heard: Transcript, answers: Mapping[str, Prediction | Answer]) -> str:
    """Return the dictation whose sound and command together are likeliest."""
    scores = dictations_of(heard)
    return max(scores, key=lambda text: scores[text] + worth(answers[text]))


def worth(answer: Prediction | Answer) -> float:
    """Return what a command adds to the score of the dictation that it was read from, in nats.

    A likely command makes up for a dictation that sounds a little less so. Nothing is added where
    an engine does not say how likely its answers are.

    >>> worth(Prediction("1", "ls -l", 0.1, details={"log_probability": -4.5}))
    -0.5
    >>> worth(Prediction("1", "ls -l", 0.1)), worth(Prediction("1", "", 0.1))
    (0.0, -inf)
    """
    if not answer.text:
        return -math.inf
    likely = answer.details.get("log_probability")
    return 0.0 if likely is None else COMMAND * (likely + CHARACTER * len(answer.text))


def _answer(engine: Engine, example: Example, text: str) -> Prediction:
    return engine.answer([replace(example, prompt=text)])[0]
