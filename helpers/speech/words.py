"""When each word was heard, by Whisper's own attention to the sound."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from helpers.speech import hallucinations
from helpers.speech.audio import RATE
from helpers.speech.whisper import FasterWhisper, Whisper

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Word:
    """A word as Whisper wrote it, and the seconds from and to which it heard it."""

    start: float
    end: float
    text: str


def timed(whisper: Whisper, samples: np.ndarray, prompt: str = "") -> tuple[Word, ...]:
    """Return the words of at most 30 seconds, in order; none by MLX, which is not asked for them.

    Only where somebody speaks is listened to, as by `transcribe.hear`. The time of a word is
    a guess, by the stretch of sound that the model looked at: good to a tenth of a second or so.
    """
    span = hallucinations.speech(samples)
    if span is None or not isinstance(whisper, FasterWhisper):
        return ()
    voice, before = samples[slice(*span)], span[0] / RATE
    segments = whisper.segments(voice, prompt, word_timestamps=True)
    once = takewhile(lambda segment: not segment.seek, segments)  # it would listen on in the rest
    return tuple(
        Word(*(round(before + float(at), 2) for at in (one.start, one.end)), one.word.strip())
        for segment in once
        for one in segment.words or ()
    )
