"""Rows that were really spoken and heard: commands of data/dictated_bash, as Whisper wrote them.

What was heard is kept as text, in `data/speech/heard.jsonl`; sound is not. A row that is too
garbled to be read by anybody is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from helpers.core import paths
from helpers.core.examples import SPLITS, Example, read_split
from helpers.core.files import replace_file
from helpers.speech.in_words import in_words
from helpers.tasks.dictation.bash import BASH

KEPT = ("id", "voice", "noise", "prompt", "said", "heard")
READABLE = 90  # least similarity in percent of what was said and what was heard


def file() -> Path:
    """Return where the heard texts lie."""
    return paths.data("speech") / "heard.jsonl"


def publish(pairs: Path) -> int:
    """Write the readable texts of a file of pairs, as `heard_pairs` gathers it; return how many."""
    lines = pairs.read_text("utf-8").splitlines()
    kept = {
        (row["id"], row["heard"]): {key: row[key] for key in KEPT}
        for row in map(json.loads, lines)
        if readable(row["said"], row["heard"])
    }
    rows = sorted(kept.values(), key=lambda row: (row["id"], row["prompt"]))
    replace_file(file(), "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return len(rows)


def readable(said: str, heard: str) -> bool:
    """Whether somebody who knows commands could tell from what was heard what was said.

    >>> readable("docker dash dash rm", "Docker--RM."), readable("cut dash B four", "but cash be 4")
    (True, False)
    """
    return fuzz.ratio(_squashed(said), _squashed(in_words(heard))) >= READABLE


def _squashed(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def rows() -> Iterator[tuple[str, Example]]:
    """Yield the heard texts as rows, each with the split of the row that was spoken."""
    spoken = {row.id: (name, row) for name in SPLITS for row in _dictated(name)}
    for heard in _heard():
        split, row = spoken[heard["id"]]
        extra = {
            "tier": "audio", "program": row.extra["program"], "spoken": row.prompt,
            "voice": heard["voice"],
        }  # fmt: skip
        yield split, Example(
            "", heard["heard"].strip(), row.target, BASH.system, row.group, extra=extra
        )


def _dictated(split: str) -> list[Example]:
    return read_split(paths.data("dictated_bash"), split)


def _heard() -> Iterable[Mapping[str, Any]]:
    text = file().read_text("utf-8") if file().exists() else ""
    return map(json.loads, text.splitlines())
