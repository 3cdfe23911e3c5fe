"""Voices made by programs, for tests and rows: nobody's voice is recorded or kept.

espeak-ng and flite are Debian packages. A text goes to them over stdin, never through a shell.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.speech.audio import SpeechError, resample
from helpers.speech.sayings import LETTER_A, SAYINGS

if TYPE_CHECKING:
    import numpy as np

WORDS_A_MINUTE = 150  # of espeak-ng at speed 1
LONGEST = 2_000  # characters of a text
PROGRAMS = ("espeak-ng", "flite")
MISSING = "install it (Debian: apt-get install espeak-ng flite)"


@dataclass(frozen=True)
class Voice:
    """A voice by its name in a program."""

    program: str
    name: str

    def __str__(self) -> str:
        """Return what tables call it."""
        return f"{self.program} {self.name}"


VOICES = (
    Voice("espeak-ng", "en-us"),
    Voice("flite", "slt"),
    Voice("flite", "rms"),
    Voice("flite", "awb"),
)
# Who is measured should be understood: with the prompt, tiny.en wrote 44 or 45 of 100 words of 16
# rows of train wrong for flite's slt, rms and awb, and 61 for espeak-ng's en-us. kal, on 12 other
# rows of train, was heard as well as awb.
CLEAR = (*VOICES[1:], Voice("flite", "kal"))


def missing() -> list[str]:
    """Return the programs that are not installed."""
    return [program for program in PROGRAMS if not shutil.which(program)]


def pronounced(text: str, program: str = "flite") -> str:
    """Return a dictation as its words are said: "etc" as "etsy", a lone letter A by its name.

    >>> pronounced("cd slash etc slash nginx dash A")
    'cd slash etsy slash engine x dash ay'
    >>> pronounced("git, add, dot")
    'gitt, add, dot'
    """
    said = re.sub(r"\w+", lambda word: SAYINGS.get(word[0].lower(), word[0]), text)
    return re.sub(r"\b[Aa]\b", LETTER_A[program], " ".join(said.split()))


def speak(text: str, voice: Voice, speed: float = 1.0) -> np.ndarray:
    """Return a text spoken, at 16,000 samples a second; `speed` 1.2 is a fifth faster.

    Raises `SpeechError` if the program is missing or says nothing.
    """
    if not text.strip() or len(text) > LONGEST or "\0" in text:
        raise SpeechError(f"speak: {text[:20]!r} cannot be spoken; write 1 to {LONGEST} characters")
    if not 0.5 <= speed <= 2:
        raise SpeechError(f"speak: nobody speaks at speed {speed}; choose one from 0.5 to 2")
    if not shutil.which(voice.program):
        raise SpeechError(f"speak: {voice.program} is missing; {MISSING}")
    spoken = _espeak if voice.program == "espeak-ng" else _flite
    return spoken(pronounced(text, voice.program), voice, speed)


def _espeak(text: str, voice: Voice, speed: float) -> np.ndarray:
    words = round(WORDS_A_MINUTE * speed)
    command = ["espeak-ng", "-v", voice.name, "-s", str(words), "-b", "1", "--stdin", "--stdout"]
    return _samples(_run(command, text), voice)


def _flite(text: str, voice: Voice, speed: float) -> np.ndarray:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "spoken.wav"
        stretch = f"duration_stretch={1 / speed:.3f}"
        command = ["flite", "-voice", voice.name, "--setf", stretch, "-f", "/dev/stdin"]
        _run([*command, "-o", str(file)], text)
        return _samples(file.read_bytes() if file.exists() else b"", voice)


def _run(command: list[str], text: str) -> bytes:
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip()[:100] or f"status {done.returncode}"
        raise SpeechError(f"speak: {command[0]} failed ({why}); check the voice {command[2]!r}")
    return done.stdout


def _samples(content: bytes, voice: Voice) -> np.ndarray:
    import soundfile

    try:
        samples, rate = soundfile.read(io.BytesIO(content), dtype="float32")
    except soundfile.LibsndfileError as error:
        raise SpeechError(f"speak: {voice} said nothing; check the voice's name") from error
    return resample(samples, rate)


def with_noise(samples: np.ndarray, decibels: float, seed: int) -> np.ndarray:
    """Return sound in a room's noise, which is `decibels` below the voice; seeded.

    The noise is pink: as loud in each octave, as a fan or a street is, more or less.
    """
    import numpy as np

    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(len(samples)))
    pink = np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 1.0), len(samples))
    voice, noise = np.sqrt(np.mean(samples**2)), np.sqrt(np.mean(pink**2))
    mixed = samples + pink * (voice / max(noise, 1e-12)) * 10 ** (-decibels / 20)
    return np.asarray(mixed / max(1.0, np.abs(mixed).max()), np.float32)


def versions() -> dict[str, str]:
    """Return the version of each program that is installed."""
    numbers = {}
    for program in set(PROGRAMS) - set(missing()):
        output = subprocess.run([program, "--version"], capture_output=True, check=False, text=True)
        number = re.search(r"\d+\.\d+(\.\d+)?", output.stdout + output.stderr)
        numbers[program] = number[0] if number else "unknown"
    return dict(sorted(numbers.items()))
