"""Commands that were really spoken and heard: pairs of what was said and what Whisper wrote.

The pairs lie in a file, a row a line, which grows as they are heard; started again, it goes on.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, get_type_hints

from helpers.core import fingerprints
from helpers.core.examples import SPLITS, Example
from helpers.speech import prompt, synthesize, transcribe
from helpers.speech.synthesize import VOICES, Voice
from helpers.speech.whisper import Whisper
from helpers.tasks.base import Task

if TYPE_CHECKING:
    import numpy as np

SHARES = {"train": 10, "valid": 1, "test": 1}
LONGEST = 24  # words: longer commands are hardly said in one breath
SPEEDS = (0.9, 1.0, 1.1)
NOISE = (None, None, 20, 10)  # decibels below the voice
BEGINNING = b'{"id": "'  # of each row of a file
Progress = Callable[[Iterable], Iterable]


@dataclass(frozen=True)
class Pair:
    """What was said (`target` is the row's answer), how, and what was heard with a prompt or not.

    `noise` is how many decibels it lay below the voice, None without any. `heard_with` names the
    Whisper, what it was shown, and the programs that spoke; older files do not tell.
    """

    id: str
    target: str
    said: str
    voice: str
    speed: float
    noise: int | None
    prompt: bool
    heard: str
    heard_with: str = ""


@dataclass(frozen=True)
class Utterance:
    """A row, and how it is to be spoken."""

    row: Example
    voice: Voice
    speed: float = 1.0
    noise: int | None = None
    seed: int = 0

    def spoken(self) -> np.ndarray:
        """Return the sound."""
        samples = synthesize.speak(self.row.prompt, self.voice, self.speed)
        if self.noise is None:
            return samples
        return synthesize.with_noise(samples, self.noise, self.seed)

    def unheard(self, with_prompt: bool, heard_with: str) -> Pair:
        """Return the pair that it makes once it is heard."""
        row = self.row
        return Pair(row.id, row.target, row.prompt, str(self.voice), self.speed, self.noise,
                    with_prompt, "", heard_with)  # fmt: skip


def utterances(task: Task, count: int, seed: int = 0) -> list[Utterance]:
    """Return rows of all splits, ten of train for one of each other, each with a voice; seeded."""
    draw = random.Random(seed)
    rows = {split: _short(task.load(split)) for split in SPLITS}
    for split in SPLITS:
        draw.shuffle(rows[split])
    pattern = [split for split, share in SHARES.items() for _ in range(share)]
    wanted = [pattern[n % len(pattern)] for n in range(count)]
    for split in SPLITS:
        if wanted.count(split) > len(rows[split]):
            raise ValueError(
                f"{count} utterances need {wanted.count(split)} rows of {split}, of which "
                f"{len(rows[split])} can be spoken; ask for fewer"
            )
    chosen = [rows[split].pop() for split in wanted]
    return [
        Utterance(row, draw.choice(VOICES), draw.choice(SPEEDS), draw.choice(NOISE), n)
        for n, row in enumerate(chosen)
    ]


def _short(rows: Sequence[Example]) -> list[Example]:
    return [row for row in rows if 0 < len(row.prompt.split()) <= LONGEST and row.target]


def gather(
    task: Task, whisper: Whisper, path: Path, count: int, progress: Progress = iter
) -> list[Pair]:
    """Return `count` utterances, each heard without and with a prompt.

    What `path` has of them is not heard again, unless another Whisper heard it, or otherwise.
    Raises `ValueError` for a file of something else, which stays as it is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    known = {replace(pair, heard=""): pair for pair in read(path)}
    _end_last_line(path)
    ways, spoken_by = {False: "", True: prompt.hints(task)}, synthesize.versions()
    pairs = []
    with path.open("a", encoding="utf-8") as file:
        for one in progress(utterances(task, count)):
            sound = None
            for with_prompt, hints in ways.items():
                heard_with = fingerprints.digest(whisper.fingerprint, hints, spoken_by)
                unheard = one.unheard(with_prompt, heard_with)
                if unheard not in known:
                    sound = one.spoken() if sound is None else sound
                    text = transcribe.hear(sound, whisper, hints, keep=True).text
                    known[unheard] = replace(unheard, heard=text)
                    file.write(json.dumps(asdict(known[unheard]), ensure_ascii=False) + "\n")
                    file.flush()
                pairs.append(known[unheard])
    return pairs


def read(path: Path) -> list[Pair]:
    """Return the pairs of a file, but for half a last line, left by a kill.

    Raises `ValueError` for a line that is something else.
    """
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not _is_half(line)]
    return [_pair(line, f"{path}, line {n}") for n, line in numbered]


def newest(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs that were heard with what the last ones were heard with.

    >>> old = Pair("train-1", "ls", "ls", "flite slt", 1.0, None, True, "LS", "an old Whisper")
    >>> new = replace(old, id="train-2", heard_with="a new one")
    >>> newest([old, new]) == [new]
    True
    """
    last = {pair.prompt: pair.heard_with for pair in pairs}
    return [pair for pair in pairs if pair.heard_with == last[pair.prompt]]


def _pair(line: bytes, where: str) -> Pair:
    try:
        pair = Pair(**json.loads(line))
        kinds = get_type_hints(Pair)
        if all(isinstance(getattr(pair, name), kind) for name, kind in kinds.items()):
            return pair
    except (ValueError, TypeError, RecursionError):
        pass
    raise ValueError(f"{where}: is no pair that confusions wrote; name another --out")


def _is_half(line: bytes) -> bool:
    """Return whether a line is the beginning of a row, as a kill leaves it.

    >>> _is_half(b'{"id": "tra'), _is_half(b'{"id": "train-1"}'), _is_half(b"my notes")
    (True, False, False)
    """
    if line.endswith(b"\n") or not line.startswith(BEGINNING[: len(line)]):
        return False
    try:
        json.loads(line)
    except ValueError:
        return True
    return False


def _end_last_line(path: Path) -> None:
    """Cut half a last line off a file of pairs; break the line of a whole one."""
    content = path.read_bytes() if path.exists() else b""
    last = content[content.rfind(b"\n") + 1 :]
    with path.open("ab") as file:
        if _is_half(last):
            file.truncate(len(content) - len(last))
        elif last:
            file.write(b"\n")
