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

    Only one piece is held at a time, so that the length of a file does not matter.
    """
    import numpy as np

    with _open(path) as file:
        rate, most = file.samplerate, int(seconds * file.samplerate)
        rest, begin = np.zeros(0, np.float32), 0
        while True:
            more = _mono(_read(file, most - len(rest), path))
            rest = np.concatenate([rest, more])
            if not len(rest):
                break
            cut = len(rest) if len(rest) < most else quietest(rest, rate)
            yield Piece(begin / rate, resample(rest[:cut], rate))
            rest, begin = rest[cut:], begin + cut
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
    if isinstance(source, str | Path):
        source = _checked(Path(source))
    else:
        source.seek(0)
    try:
        file = soundfile.SoundFile(source)
    except soundfile.LibsndfileError as error:
        raise SpeechError(
            f"{name}: is no sound that can be read ({error.error_string.strip('. ')}); convert it "
            "to WAV, FLAC, MP3 or Opus"
        ) from error
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


def _read(file: soundfile.SoundFile, frames: int, source: Source) -> np.ndarray:
    import soundfile

    try:
        return file.read(frames, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        at = file.tell() / file.samplerate
        raise SpeechError(
            f"{_name(source)}: is broken after {at:.0f} seconds ({error.error_string.strip('. ')});"
            " record it again, or cut it there"
        ) from error


def _mono(samples: np.ndarray) -> np.ndarray:
    """Return the mean of all channels, with nothing that is no number."""
    import numpy as np

    return np.nan_to_num(samples.mean(axis=1), posinf=0.0, neginf=0.0).clip(-1.0, 1.0)
