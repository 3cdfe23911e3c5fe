"""Sound files as Whisper hears them: one channel, 16,000 samples a second, in short pieces.

libsndfile reads WAV, FLAC, MP3, Ogg Vorbis and Opus; FFmpeg is not used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import numpy as np
    import soundfile

RATE = 16_000  # samples a second
PIECE = 28.0  # seconds: a window of Whisper's is 30
LOOK_BACK = 10.0  # seconds before a piece's end in which it may be cut at a quiet place
QUIET = 0.2  # seconds of a quiet place
RATES = (4_000, 768_000)  # of files that are speech
CANCELLED = 0.01  # of the loudest channel's energy, which the mean of all has at least

Source = str | Path | BinaryIO  # a path, or a file's content in memory


class SpeechError(RuntimeError):
    """What cannot be heard or spoken; the message names it, and the fix."""


@dataclass(frozen=True)
class Piece:
    """A stretch of sound, as floats from -1 to 1, and the second at which it begins."""

    start: float
    samples: np.ndarray

    @property
    def end(self) -> float:
        """Return the second at which it ends."""
        return self.start + len(self.samples) / RATE


def duration(source: Source) -> float:
    """Return how many seconds a file says it lasts; raises `SpeechError` if it is no sound."""
    return shape(source)[0]


def shape(source: Source) -> tuple[float, int]:
    """Return the seconds and channels a file says it has; raises `SpeechError`."""
    with _open(source) as file:
        return file.frames / file.samplerate, file.channels


def read(path: Source) -> np.ndarray:
    """Return all of a short file; raises `SpeechError` if it cannot be read."""
    import numpy as np

    return np.concatenate([piece.samples for piece in pieces(path)])


def pieces(path: Source, seconds: float = PIECE) -> Iterator[Piece]:
    """Yield a file in pieces of at most `seconds`, cut at quiet places; raises `SpeechError`.

    Only one piece is held at a time, so that the length of a file does not matter. One that is
    broken is yielded up to there first.
    """
    import numpy as np

    with _open(path) as file:
        rate, most = file.samplerate, int(seconds * file.samplerate)
        rest, begin = np.zeros(0, np.float32), 0
        problem: SpeechError | None = None
        while problem is None:
            more, problem = _read(file, begin + len(rest), most - len(rest), path)
            rest = np.concatenate([rest, _mono(more)])
            if not len(rest):
                break
            cut = len(rest) if len(rest) < most else quietest(rest, rate)
            yield Piece(begin / rate, resample(rest[:cut], rate))
            rest, begin = rest[cut:], begin + cut
    if problem:
        raise problem
    if not begin:
        raise SpeechError(f"{_name(path)}: holds no sound; record it again")


def quietest(samples: np.ndarray, rate: int) -> int:
    """Return where to cut: amid the quietest place of the last seconds, with no copy of the rest.

    >>> import numpy as np
    >>> sound = np.ones(20 * 100); sound[1500:1520] = 0
    >>> quietest(sound, 100)
    1510
    """
    import numpy as np

    wide = int(QUIET * rate)
    first = max(len(samples) - int(LOOK_BACK * rate), len(samples) // 2)
    power = np.concatenate([[0.0], np.cumsum(np.square(samples[first:], dtype=np.float64))])
    return first + int(np.argmin(power[wide:] - power[:-wide])) + wide // 2


def resample(samples: np.ndarray, rate: int) -> np.ndarray:
    """Return sound of another rate at Whisper's, as 32-bit floats."""
    import numpy as np
    from scipy.signal import resample_poly

    if rate != RATE and len(samples):  # a short fraction: an odd rate would need a huge filter
        ratio = Fraction(RATE, rate).limit_denominator(1_000)
        samples = resample_poly(samples, ratio.numerator, ratio.denominator)
    return np.asarray(samples, np.float32)


def write(path: str | Path, samples: np.ndarray, rate: int = RATE) -> None:
    """Write sound in the form that the path's ending names."""
    import soundfile

    soundfile.write(path, samples, rate)


def _open(source: Source) -> soundfile.SoundFile:
    import soundfile

    name = _name(source)
    try:
        if isinstance(source, str | Path):
            source = _checked(Path(source))
        else:
            source.seek(0)
        file = soundfile.SoundFile(source)
    except soundfile.LibsndfileError as error:
        raise SpeechError(
            f"{name}: is no sound that can be read ({error.error_string.strip('. ')}); convert it "
            "to WAV, FLAC, MP3 or Opus"
        ) from error
    except UnicodeEncodeError as error:
        raise SpeechError(f"{name}: has a name that is not UTF-8; rename it") from error
    except OSError as error:
        raise SpeechError(f"{name}: cannot be read ({error.strerror}); check the path") from error
    if not RATES[0] <= file.samplerate <= RATES[1]:
        raise SpeechError(f"{name}: has {file.samplerate} samples a second; record it at {RATE}")
    return file


def _checked(path: Path) -> Path:
    if not path.is_file():
        what = "is a folder or a pipe; name a file" if path.exists() else "there is no such file"
        raise SpeechError(f"{path}: {what}; check the path")
    if not path.stat().st_size:
        raise SpeechError(f"{path}: is empty; record it again")
    return path


def _name(source: Source) -> str:
    return str(source) if isinstance(source, str | Path) else "the sound"


def _read(
    file: soundfile.SoundFile, start: int, frames: int, source: Source
) -> tuple[np.ndarray, SpeechError | None]:
    """Return the samples from `start` on, and what is wrong if the file is broken behind them."""
    import numpy as np
    import soundfile

    samples = np.empty((frames, file.channels), np.float32)
    try:
        return file.read(out=samples), None
    except soundfile.LibsndfileError as error:
        end = file.tell()
        why = error.error_string.strip(". ") or "its data is damaged"
        return samples[: max(end - start, 0)], SpeechError(
            f"{_name(source)}: is broken after {end / file.samplerate:.0f} seconds ({why});"
            " record it again, or cut it there"
        )


def _mono(samples: np.ndarray) -> np.ndarray:
    """Return the mean of all channels, with nothing that is no number.

    Channels in opposite phase cancel out: then it is the loudest of them.
    """
    import numpy as np

    clean = np.nan_to_num(samples, posinf=0.0, neginf=0.0)
    mean, energies = clean.mean(axis=1), np.square(clean, dtype=np.float64).sum(axis=0)
    if np.square(mean, dtype=np.float64).sum() < CANCELLED * energies.max():
        mean = clean[:, energies.argmax()]
    return mean.clip(-1.0, 1.0)
