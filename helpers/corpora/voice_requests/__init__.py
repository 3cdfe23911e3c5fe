"""Spoken requests to a desktop, written from tables: no row was recorded or taken from anywhere.

`generate` makes the three splits of `data/voice_command`; `stream` goes on without end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from helpers.core.examples import Example
from helpers.corpora.voice_requests.compose import stream
from helpers.corpora.voice_requests.phrases import split_groups

__all__ = ["SEED", "SIZES", "generate", "held_out", "stream"]

SEED = 20
SIZES = {"train": 2500, "valid": 300, "test": 300}


def generate(seed: int = SEED) -> dict[str, list[Example]]:
    """Make the three splits: no group and no transcript in two of them, no row twice."""
    dealt = split_groups(seed)
    splits: dict[str, list[Example]] = {}
    elsewhere: set[str] = set()  # transcripts of the splits made before
    for number, split in enumerate(("test", "valid", "train")):
        others = set().union(*dealt.values()) - dealt[split]
        splits[split] = _take(stream(3 * seed + number, others), split, elsewhere)
        elsewhere |= {row.prompt.lower() for row in splits[split]}
    return {split: splits[split] for split in SIZES}


def held_out(seed: int = SEED) -> set[str]:
    """Return the groups of valid and test: what a growing base model must not read."""
    dealt = split_groups(seed)
    return dealt["valid"] | dealt["test"]


def _take(rows: Iterable[Example], split: str, elsewhere: set[str]) -> list[Example]:
    taken: dict[str, Example] = {}
    for row in rows:
        if row.prompt.lower() not in elsewhere:
            named = replace(row, id=f"{split}-{len(taken):04d}")
            taken.setdefault(f"{row.prompt} {row.context}", named)
        if len(taken) == SIZES[split]:
            break
    return list(taken.values())
