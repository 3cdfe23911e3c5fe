"""From commands and talk to a data folder: how many rows of each tier, and what lies in a split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from helpers.core import fingerprints, paths
from helpers.core.examples import SPLITS, Example, read_split
from helpers.core.tables import table
from helpers.core.turns import NO_ANSWER
from helpers.corpora import bash_commands
from helpers.corpora.spoken_commands import audio, tiers
from helpers.corpora.spoken_commands.commands import Drawn, dealt, draw_bare, draw_command
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.verbalize import Unspeakable

SEED = 20261129
# Rows of train; each of the other splits has a tenth of it.
TIERS = {"plain": 900, "protocol": 500, "heard": 1900, "natural": 1000, "chaotic": 900, "none": 750}
OWN, BARE = 0.62, 0.13  # of the commands; the others are drawn as data/dictated_bash was
LARGEST = {"train": 40, "valid": 6, "test": 6}  # rows of one group
REPEATS = 4  # rows that may have one text
CHARACTERS = 120
WORDS = 60

Speak = Callable[[Drawn, Random], str]
Talk = Callable[[Random], tuple[str, Drawn]]
SPOKEN: dict[str, Speak] = {
    "plain": tiers.plain, "protocol": tiers.by_protocol, "heard": tiers.heard,
}  # fmt: skip
WHOLE: dict[str, Talk] = {
    "natural": tiers.natural, "chaotic": tiers.chaotic,
}  # fmt: skip


@dataclass
class Dealer:
    """Deals rows to splits: a group, a text and a prompt are in one split only.

    Groups and texts of data/dictated_bash stay in the split that they have there.
    """

    groups: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    prompts: set[str] = field(default_factory=set)
    sizes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def split_of(self, group: str, text: str) -> str:
        """Return the split of a group; empty where its text stands in another one."""
        split = self.groups.get(group) or dealt(group)
        return split if self.texts.get(text, split) == split else ""

    def takes(self, group: str, text: str, prompt: str) -> str:
        """Return the split that a row goes to, and remember it; empty where it is not wanted."""
        split = self.split_of(group, text)
        full = self.sizes["group", group] >= LARGEST.get(split, 0)
        if not split or full or (text and self.sizes["text", text] >= REPEATS):
            return ""
        if not self.is_new(prompt):
            return ""
        self.groups[group] = split
        if text:
            self.texts[text] = split
        self.sizes.update([("group", group), ("text", text)])
        return split

    def is_new(self, prompt: str) -> bool:
        """Return whether a prompt was not dealt yet, nor is withheld, and remember it."""
        key = " ".join(prompt.lower().split())
        known = key in self.prompts or is_withheld(key)
        self.prompts.add(key)
        return not known


WITHHELD = frozenset(" ".join(table("corpora.spoken_commands", "withheld")["prompts"]).split())


def is_withheld(prompt: str) -> bool:
    """Whether a published benchmark is graded on a prompt, given in small letters."""
    return fingerprints.digest(prompt)[:16] in WITHHELD


def dealer() -> Dealer:
    """Return a dealer that knows the rows of data/dictated_bash."""
    rows = {name: read_split(paths.data("dictated_bash"), name) for name in SPLITS}
    return Dealer(
        {row.group: name for name in SPLITS for row in rows[name]},
        {" ".join(row.target.split()): name for name in SPLITS for row in rows[name]},
    )


def draw(rng: Random) -> Drawn:
    """Draw a command of these tables, a bare name, or a command of the bash commands."""
    kind = rng.random()
    if kind < OWN:
        return draw_command(rng)
    if kind < OWN + BARE:
        return draw_bare(rng)
    command = bash_commands.draw_command(rng)
    return Drawn(command.text, command.skeleton, command.program, {})


def stream(seed: int, without: Collection[str] = ()) -> Iterator[Example]:
    """Yield rows of all tiers without end and without ids, none of a group in `without`.

    >>> next(stream(1)) == next(stream(1))
    True
    """
    excluded, rng = frozenset(without), Random(seed)
    while True:
        (tier,) = rng.choices([*TIERS], [*TIERS.values()])
        row = draw_row(tier, rng)
        if row and row.group not in excluded:
            yield row


def make(seed: int = SEED) -> dict[str, list[Example]]:
    """Make all three splits; the same seed gives the same rows, byte for byte."""
    known = dealer()
    splits: dict[str, list[Example]] = {name: [] for name in SPLITS}
    for tier, count in TIERS.items():
        wanted = {name: count if name == "train" else count // 10 for name in SPLITS}
        rng = Random(f"{seed} {tier}")
        while any(wanted.values()):
            row = draw_row(tier, rng)
            if row is None or not wanted[known.split_of(row.group, row.target) or "train"]:
                continue
            if split := known.takes(row.group, row.target, row.prompt):
                splits[split].append(row)
                wanted[split] -= 1
    for split, row in audio.rows():
        if known.is_new(row.prompt):
            splits[split].append(row)
    return {name: list(_numbered(name, rows, seed)) for name, rows in splits.items()}


def draw_row(tier: str, rng: Random, whole: Mapping[str, Talk] = WHOLE) -> Example | None:
    """Return a row without an id; None for a draw that cannot be said, or is too long.

    `whole` are the tiers that draw what is meant together with how it is asked for.
    """
    if tier == "none":
        prompt, group = tiers.none(rng)
        extra = {"tier": tier, "program": "(no command)", NO_ANSWER: True}
        return Example("", prompt, "", BASH.system, group, extra=extra) if prompt else None
    try:
        if tier in whole:
            prompt, drawn = whole[tier](rng)
        else:
            drawn = draw(rng)
            prompt = SPOKEN[tier](drawn, rng)
    except Unspeakable:
        return None
    if len(drawn.text) > CHARACTERS or len(prompt.split()) > WORDS or not prompt.strip():
        return None
    extra = {"tier": tier, "program": drawn.program}
    return Example("", prompt, drawn.text, BASH.system, drawn.group, extra=extra)


def _numbered(name: str, rows: list[Example], seed: int) -> Iterator[Example]:
    rows = [*rows]
    Random(f"{seed} {name}").shuffle(rows)
    for number, row in enumerate(rows):
        yield Example(f"{name}-{number:05d}", row.prompt, row.target, row.system, row.group,
                      extra=row.extra)  # fmt: skip


def programs(splits: Mapping[str, list[Example]]) -> Counter[str]:
    """Count the programs of all rows."""
    return Counter(row.extra["program"] for rows in splits.values() for row in rows)
