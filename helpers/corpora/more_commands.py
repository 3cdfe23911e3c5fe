"""More commands than the training rows hold, for whoever only counts how commands sound."""

from __future__ import annotations

from random import Random

from helpers.core import fingerprints, paths
from helpers.core.examples import Example, read_split
from helpers.core.source import source_of
from helpers.corpora.spoken_commands import dataset

FOLDERS = ("dictated_bash", "spoken_bash")
COUNT = 16_000
SEED = 7


def commands(count: int = COUNT, seed: int = SEED) -> list[str]:
    """Return different commands, names and paths; none is a held-out text, or of such a group.

    They are drawn once, and kept.
    """
    held = [row for name in FOLDERS for row in _held_out(name)]
    content = sorted({(row.group, row.target) for row in held})
    key = fingerprints.digest(count, seed, content, source_of(__name__))
    return fingerprints.remember("commands", key, lambda: _draw(count, seed, held))


def _draw(count: int, seed: int, held: list[Example]) -> list[str]:
    groups, texts = {row.group for row in held}, {row.target for row in held}
    draw = Random(seed)
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        command = dataset.draw(draw)
        if command.group not in groups and command.text not in texts:
            drawn[command.text] = None
    return list(drawn)


def _held_out(name: str) -> list[Example]:
    return [row for split in ("valid", "test") for row in read_split(paths.data(name), split)]
