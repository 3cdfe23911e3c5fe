"""From commands to a data folder: what may stay, how groups are split, what the card says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from random import Random

from helpers.core.examples import Example
from helpers.corpora.bash_commands.compose import Command, draw_command
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.joins import Joins
from helpers.tasks.dictation.lattice import build, literals_in
from helpers.tasks.dictation.verbalize import Unspeakable, verbalize

SIZES = {"train": 5044, "valid": 630, "test": 630}
SEED = 20240611
LARGEST_GROUP = 12  # rows; a skeleton with more would be learnt by heart
CHARACTERS = range(8, 91)
WORDS = range(3, 41)
# Once drawn without its blank, and too short so: passing it over leaves all other rows in place.
PASSED_OVER = frozenset({"ls -d */"})
SHARED = 8  # groups that must use a reserved word before any may leave train


@dataclass(frozen=True)
class Spoken:
    """A command and how it is dictated."""

    command: Command
    dictation: str


def speak(command: Command, joins: Joins) -> Spoken | None:
    """Dictate a command; None if it is too short, too long or cannot be said and heard back."""
    if len(command.text) not in CHARACTERS:
        return None
    try:
        dictation = verbalize(command.text, BASH)
    except Unspeakable:
        return None
    if len(dictation.split()) not in WORDS:
        return None
    heard = build(dictation, BASH, literals_in([command.text], BASH), joins)
    return Spoken(command, dictation) if command.text in heard else None


def gather(rng: Random, n: int) -> list[Spoken]:
    """Draw `n` different commands, different dictations too, no group over `LARGEST_GROUP`."""
    kept: list[Spoken] = []
    seen: set[str] = set()
    sizes: Counter[str] = Counter()
    joins = Joins(BASH)
    while len(kept) < n:
        command = draw_command(rng)
        known = command.text in seen or command.text in PASSED_OVER
        if known or sizes[command.skeleton] == LARGEST_GROUP:
            continue
        spoken = speak(command, joins)
        if spoken and spoken.dictation not in seen:
            kept.append(spoken)
            seen |= {command.text, spoken.dictation}
            sizes[command.skeleton] += 1
    return kept


def split(commands: Iterable[Spoken], rng: Random) -> dict[str, list[Spoken]]:
    """Deal whole groups to the splits at random until each has its number of rows.

    A group with a reserved word that few groups use ("at noon") stays in train, so that a model
    never meets such a word for the first time in a test.
    """
    groups: defaultdict[str, list[Spoken]] = defaultdict(list)
    for spoken in commands:
        groups[spoken.command.skeleton].append(spoken)
    words = {key: literals_in((s.command.text for s in rows), BASH) for key, rows in groups.items()}
    users = Counter(chain.from_iterable(words.values()))
    splits: dict[str, list[Spoken]] = {name: [] for name in SIZES}
    order = list(groups)
    rng.shuffle(order)
    for key in order:
        free = all(users[word] >= SHARED for word in words[key])
        fits = (s for s in ("test", "valid") if len(splits[s]) + len(groups[key]) <= SIZES[s])
        splits[next(fits, "train") if free else "train"] += groups[key]
    for rows in splits.values():
        rng.shuffle(rows)
    return splits


def examples(name: str, rows: Iterable[Spoken]) -> Iterator[Example]:
    """Turn the commands of one split into rows."""
    for number, spoken in enumerate(rows):
        command = spoken.command
        extra = {"program": command.program, "choice": list(command.choice)}
        yield Example(
            id=f"{name}-{number:05d}",
            prompt=spoken.dictation,
            target=command.text,
            system=BASH.system,
            group=command.skeleton,
            extra=extra,
        )


def make(seed: int = SEED) -> dict[str, list[Example]]:
    """Make all three splits; the same seed gives the same rows, byte for byte.

    Raises `ValueError` if the groups did not add up to the sizes (another seed will).
    """
    rng = Random(seed)
    splits = split(gather(rng, sum(SIZES.values())), rng)
    for name, rows in splits.items():
        if len(rows) != SIZES[name]:
            raise ValueError(f"{name} has {len(rows)} rows, not {SIZES[name]}; try another seed")
    return {name: list(examples(name, rows)) for name, rows in splits.items()}
