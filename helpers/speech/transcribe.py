"""What was said in a sound file, by Whisper: piece by piece, and nothing where nobody spoke."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from helpers.core import fingerprints
from helpers.core.source import source_of
from helpers.speech import audio, hallucinations
from helpers.speech.audio import Piece, Source, SpeechError
from helpers.speech.in_words import letters_of
from helpers.speech.steering import Steering
from helpers.speech.whisper import WINDOW, FasterWhisper, Whisper

if TYPE_CHECKING:
    import numpy as np

Progress = Callable[[Iterable], Iterable]
KEPT = 8  # dictations that are kept, of those that the beam ended
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

    The text is empty where nobody spoke. `dictated` is what was said if it was a dictation; empty
    where nothing of the kind can be heard in it. `alternatives` are dictations that it may have
    been, best first, each with its score; there are none where a file was heard in pieces. Answers
    that were kept tell the seconds of that time. `broken` says where a file is broken, after which
    nothing was heard.
    """

    text: str
    seconds: float
    duration: float
    segments: tuple[Segment, ...] = ()
    dictated: str = ""
    alternatives: tuple[tuple[str, float], ...] = ()
    broken: str = ""


def transcribe(
    path: Source,
    whisper: Whisper,
    prompt: str = "",
    progress: Progress = iter,
    steering: Steering | None = None,
    keep: bool = False,
) -> Transcript:
    """Return what was said in a file, up to where it is broken; raises `SpeechError` for no sound.

    A long file is heard in pieces. Nothing of it is kept unless `keep` says so: then each piece is,
    by its content, as soon as it was heard, and a process that was killed goes on where it stopped.
    """
    watch = progress if audio.duration(path) > LONG else iter
    parts: list[Transcript] = []
    broken = ""
    try:
        for piece in watch(audio.pieces(path)):
            parts.append(_piece(piece, whisper, prompt, steering, keep))
    except SpeechError as error:
        if not parts:
            raise
        broken = str(error)
    return replace(joined(parts), broken=broken)


def hear(
    samples: np.ndarray,
    whisper: Whisper,
    prompt: str = "",
    steering: Steering | None = None,
    keep: bool = False,
) -> Transcript:
    """Return what was said in at most 30 seconds of sound, 16,000 samples a second.

    Raises `SpeechError` for more, of which Whisper would hear the beginning.
    """
    if len(samples) > WINDOW * audio.RATE:
        seconds = len(samples) / audio.RATE
        raise SpeechError(
            f"{seconds:.0f} seconds of sound are more than the {WINDOW} that Whisper hears at "
            "once; transcribe the file"
        )
    return _piece(Piece(0.0, samples), whisper, prompt, steering, keep)


def joined(parts: list[Transcript]) -> Transcript:
    """Return the transcripts of a file's pieces as one.

    >>> joined([Transcript("ls dash", 0.5, 20.0), Transcript("", 0.0, 8.0)]).text
    'ls dash'
    """
    if len(parts) == 1:
        return parts[0]
    dictated = any(part.dictated for part in parts)
    return Transcript(
        " ".join(part.text for part in parts if part.text),
        sum(part.seconds for part in parts),
        sum(part.duration for part in parts),
        tuple(segment for part in parts for segment in part.segments),
        " ".join(part.dictated or part.text for part in parts if part.text) * dictated,
    )


def _piece(
    piece: Piece, whisper: Whisper, prompt: str, steering: Steering | None, keep: bool
) -> Transcript:
    content = hashlib.sha256(piece.samples.tobytes()).hexdigest() if keep else ""
    steered = steering.fingerprint if steering else ""
    key = fingerprints.digest(content, whisper.fingerprint, prompt, steered, source_of(__name__))
    kept = fingerprints.remember(
        "heard", key, lambda: _ask(piece.samples, whisper, prompt, steering), keep
    )
    length = len(piece.samples) / audio.RATE
    if not kept["text"]:
        return Transcript("", kept["seconds"], length)
    doubts = kept["no_speech_prob"], kept["avg_logprob"]
    start, end = piece.start + kept["start"], piece.start + kept["end"]
    segment = Segment(round(start, 2), round(end, 2), kept["text"], *doubts)
    alternatives = tuple((text, score) for text, score in kept["dictations"])
    dictated = alternatives[0][0] if alternatives else ""
    return Transcript(
        kept["text"], kept["seconds"], length, (segment,), dictated, alternatives
    )


def _ask(
    samples: np.ndarray, whisper: Whisper, prompt: str, steering: Steering | None
) -> dict[str, Any]:
    """Ask the detector of voices, then the model; return what is kept of a piece."""
    started = time.perf_counter()
    span = hallucinations.speech(samples)
    if span is None:
        return {"text": "", "seconds": time.perf_counter() - started}
    voice = samples[slice(*span)]
    window = whisper.hear(voice, prompt)
    if hallucinations.is_nothing(window, hallucinations.seconds_of(span), prompt):
        return {"text": "", "seconds": time.perf_counter() - started}
    dictations = _dictations(voice, whisper, prompt, steering, window.text) if steering else []
    times = {"start": span[0] / audio.RATE, "end": span[1] / audio.RATE}
    found = asdict(window) | times | {"dictations": dictations}
    return found | {"seconds": time.perf_counter() - started}


def _dictations(
    voice: np.ndarray, whisper: FasterWhisper, prompt: str, steering: Steering, text: str
) -> list[tuple[str, float]]:
    """Return what may have been dictated, if Whisper finds it likely enough that anything was."""
    letters = letters_of(text)
    heard = whisper.steered(voice, prompt, steering, letters)
    if not (heard and heard[0].is_sure):
        return []
    return [(one.text, round(one.beside_command(letters), 4)) for one in heard[:KEPT]]
