"""Whisper, by CTranslate2 on any CPU or by MLX on a Mac: it hears one window of 30 seconds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from helpers.core import fingerprints
from helpers.core.files import sha256
from helpers.speech.audio import RATE, SpeechError
from helpers.speech.weights import TINY, WEIGHTS, located

if TYPE_CHECKING:
    import numpy as np

    from helpers.speech.steering import Heard, Steering

OF_MLX = "mlx-community/"
WINDOW = 30  # seconds
MOST = 220  # tokens of an answer: Whisper has places for 448, of which a prompt may take half
LOOPS = 2.4  # a text that zip packs this tightly says the same again and again
MLX_WEIGHTS = ("weights.npz", "weights.safetensors")
READ = ("model.bin", *MLX_WEIGHTS, "config.json", "tokenizer.json", "vocabulary.*",
        "preprocessor_config.json")  # fmt: skip


@dataclass(frozen=True)
class Window:
    """What was heard in at most 30 seconds, and the model's own doubts about it.

    `no_speech_prob` is its guess that nobody spoke; `avg_logprob` is per token, in nats.
    """

    text: str
    no_speech_prob: float
    avg_logprob: float
    compression_ratio: float = 1.0


class Whisper(Protocol):
    """A model that listens. Equal fingerprints hear the same."""

    fingerprint: str

    def hear(self, samples: np.ndarray, prompt: str = "") -> Window:
        """Return what was said in at most 30 seconds, written in the manner of the prompt."""


@dataclass(frozen=True)
class FasterWhisper(Whisper):
    """Whisper by CTranslate2, in 8-bit integers, on any CPU."""

    model: Any
    fingerprint: str
    folder: Path = Path()
    beam_size: int = 5

    def hear(self, samples: np.ndarray, prompt: str = "") -> Window:
        """Return what was said; a text that runs in circles is heard again without repeats."""
        window = self._hear(samples, prompt)
        if window.compression_ratio <= LOOPS:
            return window
        return self._hear(samples, prompt, no_repeat_ngram_size=4)

    def steered(
        self, samples: np.ndarray, prompt: str, steering: Steering, letters: int
    ) -> list[Heard]:
        """Return what was said if it was a dictation of about so many letters, best first."""
        import numpy as np
        from faster_whisper.audio import pad_or_trim
        from faster_whisper.tokenizer import Tokenizer

        model = self.model
        frames = model.feature_extractor(samples)[:, :-1]
        encoded = np.array(model.encode(pad_or_trim(frames[:, : 100 * WINDOW])))[0]
        writer = Tokenizer(model.hf_tokenizer, model.model.is_multilingual, "transcribe", "en")
        shown = writer.encode(f" {prompt.strip()}") if prompt else []
        tokens = model.get_prompt(writer, shown, without_timestamps=True)
        return steering.search(encoded, tokens, letters, sample_len(len(samples) / RATE))

    def segments(self, samples: np.ndarray, prompt: str, **more: Any) -> Iterable[Any]:
        """Yield what was said as faster-whisper gives it, asked for more if need be."""
        options = options_of(len(samples) / RATE, prompt)
        segments, _ = self.model.transcribe(
            samples,
            beam_size=self.beam_size,
            max_new_tokens=options.pop("sample_len"),
            no_speech_threshold=None,  # who hears nothing is decided by `hallucinations`
            log_prob_threshold=None,
            compression_ratio_threshold=None,
            **options,
            **more,
        )
        return segments

    def _hear(self, samples: np.ndarray, prompt: str, **more: Any) -> Window:
        return window_of([vars(segment) for segment in self.segments(samples, prompt, **more)])


@dataclass(frozen=True)
class MlxWhisper(Whisper):
    """Whisper by mlx-whisper, on Apple silicon; `model` is a name of the hub, or a folder.

    It takes the prompt as `initial_prompt` (its last 223 tokens), but is not steered: its version
    0.4.3 decodes greedily, refuses `beam_size`, and shows nobody the scores of the next token. For
    dictations on a Mac, `tiny.en` and the other models of faster-whisper are steered as elsewhere.
    """

    model: str
    fingerprint: str

    def hear(self, samples: np.ndarray, prompt: str = "") -> Window:
        """Return what was said."""
        import mlx_whisper

        options = options_of(len(samples) / RATE, prompt)
        output = mlx_whisper.transcribe(
            samples,
            path_or_hf_repo=self.model,
            verbose=None,
            no_speech_threshold=None,
            logprob_threshold=None,
            compression_ratio_threshold=None,
            **options,
        )
        return window_of(output["segments"])


def options_of(seconds: float, prompt: str) -> dict[str, Any]:
    """Return what both libraries are asked with: one window, greedy or by beam, no sampling.

    Nobody says more than eight tokens a second: what goes on beyond that runs in circles.

    >>> options_of(2.0, "ls dash l")["sample_len"]
    32
    """
    return {
        "language": "en",
        "temperature": 0.0,
        "initial_prompt": prompt or None,
        "condition_on_previous_text": False,
        "without_timestamps": True,
        "sample_len": sample_len(seconds),
    }


def sample_len(seconds: float) -> int:
    """Return how many tokens may be said in so many seconds."""
    return min(16 + int(8 * seconds), MOST)


def window_of(segments: Sequence[dict[str, Any]]) -> Window:
    """Return the segments of one window as one, with the gravest doubt of each kind.

    >>> window_of([])
    Window(text='', no_speech_prob=1.0, avg_logprob=-inf, compression_ratio=1.0)
    """
    text = " ".join(segment["text"].strip() for segment in segments)
    return Window(
        text,
        max((float(s["no_speech_prob"]) for s in segments), default=1.0),
        min((float(s["avg_logprob"]) for s in segments), default=-float("inf")),
        max((float(s["compression_ratio"]) for s in segments), default=1.0),
    )


def load(name: str = TINY, threads: int = 0) -> Whisper:
    """Return a model by its size, its name on the hub, or its folder; `threads` 0 means all.

    Raises `SpeechError` if it, or the library that runs it, is not there.
    """
    return _load(name, threads or min(4, os.cpu_count() or 1))


@cache
def _load(name: str, threads: int) -> Whisper:
    if is_mlx(name):
        _needs("mlx_whisper", "mlx-whisper runs on Apple silicon only; take a size such as tiny.en")
        content = content_of(Path(name), name)
        return MlxWhisper(name, fingerprints.digest("mlx-whisper", name, content))
    _needs("faster_whisper", "run pip install -r requirements-speech.txt")
    from faster_whisper import WhisperModel

    folder = located(name)
    try:
        model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)
    except RuntimeError as error:
        why = f"{folder}: CTranslate2 refuses it ({error}); convert it again"
        raise SpeechError(why) from error
    model.encode = once(model.encode)
    content = WEIGHTS if name == TINY else content_of(folder, name)
    return FasterWhisper(model, fingerprints.digest("faster-whisper", name, content), folder)


def content_of(folder: Path, name: str) -> str:
    """Return what tells a model from others: the hub's folder is named by its commit.

    A folder of one's own is known by all that is read from it.
    """
    files = sorted(file for pattern in READ for file in Path(name).glob(pattern))
    return fingerprints.digest({f.name: sha256(f) for f in files}) if files else str(folder)


def once(encode: Callable[[np.ndarray], Any]) -> Callable[[np.ndarray], Any]:
    """Return an encoder that keeps its last window: heard again, with another prompt, it is free.

    >>> calls = []
    >>> encode = once(lambda window: calls.append(1) or sum(window))
    >>> encode([1, 2]), encode([1, 2]), encode([3]), len(calls)
    (3, 3, 3, 2)
    """
    import numpy as np

    last: list[Any] = [None, None]

    def encoded(window: np.ndarray) -> Any:
        if last[0] is None or not np.array_equal(last[0], window):
            last[:] = window, encode(window)
        return last[1]

    return encoded


def is_mlx(name: str) -> bool:
    """Return whether mlx-whisper reads a model, by its name or what lies in its folder.

    >>> is_mlx("mlx-community/whisper-base.en-mlx"), is_mlx("base.en")
    (True, False)
    """
    return name.startswith(OF_MLX) or any((Path(name) / file).is_file() for file in MLX_WEIGHTS)


def _needs(library: str, fix: str) -> None:
    from importlib.util import find_spec

    if not find_spec(library):
        raise SpeechError(f"{library} is not installed; {fix}")
