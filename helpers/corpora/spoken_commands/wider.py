"""More rows to train on than the data folder keeps: mostly talk, and pieces of commands.

A model learns talk from many phrasings, and the tables hold more of them than ten thousand rows
show. What is held out stays so: no row is of a group, or has a prompt, of validation or test rows.
`python -m helpers.corpora.spoken_commands OUT_DIR --wide` writes the folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

from helpers.core import paths
from helpers.core.examples import SPLITS, Example, read_split, write_rows
from helpers.corpora.spoken_commands import dataset, fragments, tiers
from helpers.corpora.spoken_commands.commands import Drawn, dealt

WIDE = {
    "natural": 3600, "chaotic": 3200, "fragment": 1900, "spelled": 1200, "heard": 1500,
    "plain": 500, "protocol": 300,
}  # fmt: skip
REPEATS, LARGEST = 8, 60  # rows that may have one text, and be of one group
FOLDERS = ("spoken_bash", "dictated_bash")


def fragment(rng: Random) -> tuple[str, Drawn]:
    """Ask for a piece of a command, with talk around it or not; return what is heard."""
    words, drawn = fragments.talk(rng)
    return tiers.listen(tiers.around(words, rng), rng), drawn


def spelled(rng: Random) -> tuple[str, Drawn]:
    """Talk, and dictate a command with all its spaces said; return what is heard."""
    drawn = dataset.draw(rng)
    words = tiers.around(tiers.by_protocol(drawn, rng).split(), rng, "before")
    return tiers.listen(words, rng), drawn


TALKS = dataset.WHOLE | {"fragment": fragment, "spelled": spelled}


def rows(counts: Mapping[str, int] = WIDE, seed: int = 1) -> list[Example]:
    """Draw so many rows of each tier; the same seed gives the same rows.

    >>> [row.extra["tier"] for row in rows({"natural": 2})]
    ['natural', 'natural']
    """
    held = [row for name in FOLDERS for part in SPLITS[1:] for row in _bundled(name, part)]
    groups, prompts = {row.group for row in held}, {row.prompt for row in held}
    texts = {" ".join(row.target.split()) for row in held}
    wanted, rng = dict(counts), Random(f"wide {seed}")
    known: set[str] = set()
    sizes: Counter[tuple[str, str]] = Counter()
    found: list[Example] = []
    while any(wanted.values()):
        (tier,) = rng.choices([*wanted], [*wanted.values()])
        row = dataset.draw_row(tier, rng, TALKS)
        if row is None or row.group in groups or dealt(row.group) != "train":
            continue
        key = " ".join(row.prompt.lower().split())
        if key in known or row.prompt in prompts or dataset.is_withheld(key):
            continue
        if tier != "natural" and " ".join(row.target.split()) in texts:
            continue
        size = [("text", row.target), ("group", row.group)]
        if any(sizes[one] >= most for one, most in zip(size, (REPEATS, LARGEST), strict=True)):
            continue
        known.add(key)
        sizes.update(size)
        wanted[tier] -= 1
        found.append(row)
    return found


def write(folder: Path, counts: Mapping[str, int] = WIDE, seed: int = 1) -> None:
    """Write wide training rows, those of real sound among them, and the bundled held-out rows.

    What is no command is left out of all splits: whether to answer is the gate's to say.
    """
    heard = [row for row in _bundled("spoken_bash", "train") if row.extra["tier"] == "audio"]
    train = [*rows(counts, seed), *heard]
    Random(seed + 2).shuffle(train)
    write_rows(folder / "train.jsonl", _numbered("train", train))
    for part in SPLITS[1:]:
        spoken = [row for row in _bundled("spoken_bash", part) if row.target]
        write_rows(folder / f"{part}.jsonl", _numbered(part, spoken))


def _bundled(name: str, part: str) -> list[Example]:
    return read_split(paths.data(name), part)


def _numbered(part: str, found: list[Example]) -> list[Example]:
    return [replace(row, id=f"{part}-{number:05d}") for number, row in enumerate(found)]
