"""Commands that were really spoken and heard: pairs of what was said and what Whisper wrote.

The pairs lie in a file, a row a line, which grows as they are heard; started again, it goes on.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

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
Progress = Callable[[Iterable], Iterable]


@dataclass(frozen=True)
class Pair:
    """What was said (`target` is the row's answer), how, and what was heard with a prompt or not.

    `noise` is how many decibels it lay below the voice, None without any.
    """

    id: str
    target: str
    said: str
    voice: str
    speed: float
    noise: int | None
    prompt: bool
    heard: str


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
    """Return `count` utterances, each heard without and with a prompt; those in `path` are kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    known = {(pair.id, pair.prompt): pair for pair in read(path)}
    shown = prompt.hints(task)
    with path.open("a", encoding="utf-8") as file:
        for one in progress(utterances(task, count)):
            missing = [way for way in (False, True) if (one.row.id, way) not in known]
            sound = one.spoken() if missing else None
            for with_prompt in missing:
                hints = shown if with_prompt else ""
                text = transcribe.hear(sound, whisper, hints, keep=True).text
                pair = Pair(one.row.id, one.row.target, one.row.prompt, str(one.voice),
                            one.speed, one.noise, with_prompt, text)  # fmt: skip
                known[pair.id, with_prompt] = pair
                file.write(json.dumps(asdict(pair), ensure_ascii=False) + "\n")
                file.flush()
    return list(known.values())


def read(path: Path) -> list[Pair]:
    """Return the pairs of a file; half a last line, left by a kill, is taken out of it."""
    if not path.exists():
        return []
    content = path.read_bytes()
    if not content.endswith(b"\n"):
        content = content[: content.rfind(b"\n") + 1]
        path.write_bytes(content)
    return [Pair(**json.loads(line)) for line in content.splitlines()]
