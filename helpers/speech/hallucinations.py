"""Whether somebody spoke at all: what Whisper writes for silence is no dictation.

It was trained on subtitles, so that it fills silence with what ends a video. A phrase alone proves
nothing, for people say "thank you" too: the model's doubts have to speak against it as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpers.speech.audio import RATE

if TYPE_CHECKING:
    import numpy as np

    from helpers.speech.whisper import Window

PHRASES = frozenset({
    "you", "thank you", "thanks", "thank you very much", "thank you so much", "bye", "bye bye",
    "thank you for watching", "thanks for watching", "thank you for listening", "okay", "oh", "so",
    "please subscribe", "subscribe", "like and subscribe", "see you next time", "the end",
    "i'm going to go to the next one", "i'm sorry", "music", "applause", "silence", "blank audio",
    "see you in the next video", "hmm", "uh", "um", "ah",
})  # fmt: skip
SURE = 0.6  # of no speech: with it goes a phrase of the list, and any text that the model doubts
POSSIBLE = 0.3  # of no speech: with it goes a phrase of the list that the model doubts
UNLIKELY = -1.0  # nats a token: below it the model doubts its own text
HURRIED = 8.0  # words a second that nobody says


def speech(samples: np.ndarray) -> tuple[int, int] | None:
    """Return where speech begins and ends, by Silero's detector of voices; None if none is heard.

    Whisper need not be asked then, and cannot invent anything.
    """
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    found = get_speech_timestamps(samples, VadOptions(min_speech_duration_ms=100))
    return (found[0]["start"], found[-1]["end"]) if found else None


def is_nothing(window: Window, seconds: float, prompt: str = "") -> bool:
    """Return whether a text was made up: doubtful, and a phrase of silence or out of the prompt.

    `seconds` is how long the detector heard a voice.
    """
    words = plain(window.text).split()
    if not words:
        return True
    doubtful = window.avg_logprob < UNLIKELY
    if len(words) > HURRIED * seconds + 1:
        return True
    known = plain(window.text) in PHRASES or _quotes(words, plain(prompt))
    if window.no_speech_prob > SURE:
        return known or doubtful
    return known and doubtful and window.no_speech_prob > POSSIBLE


def _quotes(words: list[str], prompt: str) -> bool:
    """Return whether a text is a part of the prompt, and longer than chance makes one."""
    return len(words) >= 4 and f" {' '.join(words)} " in f" {prompt} "


def plain(text: str) -> str:
    """Return a text's words in lower case, without marks.

    >>> plain(" Thank you for watching! ")
    'thank you for watching'
    """
    return " ".join(re.findall(r"[\w']+", text.lower()))


def seconds_of(span: tuple[int, int]) -> float:
    """Return how long a span of samples lasts."""
    return (span[1] - span[0]) / RATE
