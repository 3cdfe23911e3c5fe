"""What was said in a sound file, by Whisper: piece by piece, and nothing where nobody spoke."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.core import fingerprints
from helpers.core.source import source_of
from helpers.speech import audio, hallucinations
from helpers.speech.audio import Piece
from helpers.speech.whisper import Whisper

if TYPE_CHECKING:
    import numpy as np

Progress = Callable[[Iterable], Iterable]
LONG = 60  # seconds of sound from which progress is shown


@dataclass(frozen=True)
class Segment:
    """What was heard from one second to another, and how sure the model was.

    `no_speech_prob` is its guess that nobody spoke; `avg_logprob` is per token, in nats.
    """

    start: float
    end: float
    text: str
    no_speech_prob: float
    avg_logprob: float


@dataclass(frozen=True)
class Transcript:
    """What was said in `duration` seconds of sound, and the `seconds` that hearing it took.

    The text is empty where nobody spoke. Answers that were kept tell the seconds of that time.
    """

    text: str
    seconds: float
    duration: float
    segments: tuple[Segment, ...] = ()


def transcribe(
    path: str | Path, whisper: Whisper, prompt: str = "", progress: Progress = iter
) -> Transcript:
    """Return what was said in a file; raises `SpeechError` if it cannot be read.

    A long file is heard in pieces. Each is kept by its content as soon as it was heard, so that a
    process that was killed goes on where it stopped.
    """
    watch = progress if audio.duration(path) > LONG else iter
    return joined([_piece(piece, whisper, prompt) for piece in watch(audio.pieces(path))])


def hear(samples: np.ndarray, whisper: Whisper, prompt: str = "") -> Transcript:
    """Return what was said in at most 28 seconds of sound, 16,000 samples a second."""
    return _piece(Piece(0.0, samples), whisper, prompt)


def joined(parts: list[Transcript]) -> Transcript:
    """Return the transcripts of a file's pieces as one.

    >>> joined([Transcript("ls dash", 0.5, 20.0), Transcript("", 0.0, 8.0)])
    Transcript(text='ls dash', seconds=0.5, duration=28.0, segments=())
    """
    return Transcript(
        " ".join(part.text for part in parts if part.text),
        sum(part.seconds for part in parts),
        sum(part.duration for part in parts),
        tuple(segment for part in parts for segment in part.segments),
    )


def _piece(piece: Piece, whisper: Whisper, prompt: str) -> Transcript:
    content = hashlib.sha256(piece.samples.tobytes()).hexdigest()
    key = fingerprints.digest(content, whisper.fingerprint, prompt, source_of(__name__))
    kept = fingerprints.remember("heard", key, lambda: _ask(piece.samples, whisper, prompt))
    length = len(piece.samples) / audio.RATE
    if not kept["text"]:
        return Transcript("", kept["seconds"], length)
    doubts = kept["no_speech_prob"], kept["avg_logprob"]
    start, end = piece.start + kept["start"], piece.start + kept["end"]
    segment = Segment(round(start, 2), round(end, 2), kept["text"], *doubts)
    return Transcript(kept["text"], kept["seconds"], length, (segment,))


def _ask(samples: np.ndarray, whisper: Whisper, prompt: str) -> dict[str, Any]:
    """Ask the detector of voices, then the model; return what is kept of a piece."""
    started = time.perf_counter()
    span = hallucinations.speech(samples)
    if span is None:
        return {"text": "", "seconds": time.perf_counter() - started}
    window = whisper.hear(samples[slice(*span)], prompt)
    if hallucinations.is_nothing(window, hallucinations.seconds_of(span), prompt):
        return {"text": "", "seconds": time.perf_counter() - started}
    found = asdict(window) | {"start": span[0] / audio.RATE, "end": span[1] / audio.RATE}
    return found | {"seconds": time.perf_counter() - started}
