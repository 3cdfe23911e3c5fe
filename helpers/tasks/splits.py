"""Which rows train, which validate and so choose the checkpoint, and in which order they come.

All of it is a pure function of the rows' content and a seed, so a resumed run, another machine
and another trainer see the same rows in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from helpers.core import fingerprints
from helpers.core.examples import DataError, Example
from helpers.tasks.base import Task

CHOOSE_ON = ("valid", "fold")
HELD_OUT = 0.1  # share of the training rows that a fold holds out, groups kept together
WINDOW = 16  # batches whose rows are sorted by length together


@dataclass(frozen=True)
class Rows:
    """Rows to train on, and validation rows, whose answers choose the checkpoint."""

    train: tuple[Example, ...]
    validation: tuple[Example, ...]
    choose_on: str


def choose_rows(task: Task, choose_on: str = "valid", rows: int | None = None) -> Rows:
    """Return a task's rows to train on and its validation rows; the test split is never read.

    "valid" chooses on that split; "fold" holds out a tenth of the training rows instead. `rows`
    takes a part of what is left to train on: more rows always contain fewer.
    """
    if choose_on not in CHOOSE_ON:
        raise ValueError(f"choose_on is {choose_on!r}; it is one of {', '.join(CHOOSE_ON)}")
    train = task.load("train")
    if choose_on == "fold":
        validation, train = hold_out(train)
    elif (task.data_dir / "valid.jsonl").exists():
        validation = task.load("valid")
    else:
        raise DataError(f"{task.data_dir / 'valid.jsonl'}: is missing; add it, or choose on 'fold'")
    return Rows(tuple(sample(train, rows)), tuple(validation), choose_on)


def hold_out(
    examples: Sequence[Example], share: float = HELD_OUT
) -> tuple[list[Example], list[Example]]:
    """Return rows held out and the rest; a group's rows stay together.

    Groups are dealt in the order of their names' digests, whatever order the rows are in.

    >>> held, rest = hold_out([Example(str(n), "p", "t", group=str(n // 2)) for n in range(20)])
    >>> len(held), len(rest), {e.group for e in held} & {e.group for e in rest}
    (2, 18, set())
    """
    groups = sorted({_group(example) for example in examples}, key=fingerprints.digest)
    if len(groups) < 2:
        raise DataError("all training rows are of one group; choose on 'valid', or name groups")
    size = dict.fromkeys(groups, 0)
    for example in examples:
        size[_group(example)] += 1
    chosen: set[str] = set()
    for group in groups[:-1]:
        if sum(size[name] for name in chosen) >= share * len(examples):
            break
        chosen.add(group)
    held = [example for example in examples if _group(example) in chosen]
    return held, [example for example in examples if _group(example) not in chosen]


def _group(example: Example) -> str:
    return example.group or example.id


def sample(examples: Sequence[Example], count: int | None) -> list[Example]:
    """Return `count` rows picked by their content, in their order; all if there are no more."""
    if count is None or count >= len(examples):
        return list(examples)
    if count < 1:
        raise ValueError(f"{count} rows are too few; take 1 or more")
    keys = [fingerprints.digest(e.id, e.prompt, e.target) for e in examples]
    picked = sorted(sorted(range(len(examples)), key=keys.__getitem__)[:count])
    return [examples[n] for n in picked]


def order(lengths: Sequence[int], batch: int, batches: int, seed: int) -> list[int]:
    """Return the row numbers of all batches, one after another.

    Rows come equally often, in another order each time. Within a window of a few batches those
    of like length stand together, for every token of padding is computed too.

    >>> order([5, 1, 4, 2], 2, 4, seed=0)
    [1, 3, 2, 0, 2, 0, 1, 3]
    """
    random, numbers = Random(seed), []
    # Windows that end with the rows keep a row from meeting itself in a batch.
    width = min(WINDOW, max(1, len(lengths) // batch)) * batch
    while len(numbers) < batch * batches:
        numbers += random.sample(range(len(lengths)), len(lengths))
    found = []
    for at in range(0, batch * batches, width):
        window = numbers[at : min(at + width, batch * batches)]
        window.sort(key=lengths.__getitem__)
        cut = [window[i : i + batch] for i in range(0, len(window), batch)]
        random.shuffle(cut)
        found += [number for part in cut for number in part]
    return found


def folds(groups: Sequence[str], count: int = 5) -> list[list[int]]:
    """Deal row numbers into `count` folds so that a group's rows stay together.

    >>> folds(["a", "a", "b", "c"], 2)
    [[0, 1, 3], [2]]
    """
    fold_of = {group: number % count for number, group in enumerate(dict.fromkeys(groups))}
    return [[i for i, g in enumerate(groups) if fold_of[g] == fold] for fold in range(count)]
