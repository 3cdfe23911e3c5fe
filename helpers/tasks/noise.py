"""Other training rows: fewer of them, or some with a wrong answer, in a data folder of their own.

Whatever reads the task's rows (training, the n-gram, a baseline) then reads the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from helpers.core import fingerprints, paths, runs
from helpers.core.examples import DataError, Example, write_rows
from helpers.core.files import replace_file
from helpers.tasks.base import Task
from helpers.tasks.splits import sample

OTHER_FILES = ("valid.jsonl", "test.jsonl", "labels.json")


def flip_labels(examples: Sequence[Example], share: float, seed: int = 0) -> list[Example]:
    """Return the rows with a share of the targets replaced by another row's, picked uniformly.

    Symmetric label noise: each other target that occurs is as likely. A larger share flips the
    same rows in the same way, and more. A row without an answer keeps none. Raises `ValueError`
    for a share that is none, and `DataError` where all targets are the same.

    >>> rows = [Example(str(n), f"word {n}", "abc"[n % 3]) for n in range(6)]
    >>> "".join(row.target for row in flip_labels(rows, 0.5, seed=1))
    'cccacc'
    """
    if not 0 <= share <= 1:
        raise ValueError(f"label_noise is {share}; it is a share of the rows, from 0 to 1")
    count = round(share * len(examples))
    targets = sorted({example.target for example in examples if not example.no_answer})
    if count and len(targets) < 2:
        raise DataError("all training rows have one target; there is no wrong one to give them")
    random, noisy = Random(seed), list(examples)
    for number in random.sample(range(len(noisy)), len(noisy))[:count]:
        if noisy[number].no_answer:
            continue
        wrong = random.randrange(len(targets) - 1)
        wrong += targets[wrong] >= noisy[number].target  # pass over the right one
        noisy[number] = replace(noisy[number], target=targets[wrong])
    return noisy


def prepared(
    task: Task, *, rows: int | None = None, label_noise: float = 0.0, noise_seed: int = 0
) -> Task:
    """Return the task on `rows` of its training rows, a share of them noisy; else as it is.

    The rows lie in `runs/`, in a folder that names which targets were flipped. Validation rows and
    rows to grade on stay as they are.
    """
    train = task.load("train")
    noisy = flip_labels(sample(train, rows), label_noise, noise_seed)
    if noisy == train:
        return task
    was = {example.id: example.target for example in train}
    flipped = {e.id: was[e.id] for e in noisy if e.target != was[e.id]}
    metadata = {"label_noise": label_noise, "noise_seed": noise_seed, "flipped": flipped}
    return with_train(task, noisy, metadata)


def with_train(
    task: Task,
    train: Sequence[Example],
    metadata: dict[str, Any],
    validation: Sequence[Example] | None = None,
) -> Task:
    """Return the task on other training rows, in a data folder of their own.

    Whatever reads the task's rows (training, the n-gram, a baseline) then reads these; rows to
    grade on stay as they are, and validation rows too unless others are given. The folder lies in
    `runs/`, is named by its content, and its record has the `metadata`.
    """
    files = {name: task.data_dir / name for name in OTHER_FILES}
    kept = {n: file.read_text("utf-8") for n, file in files.items() if file.exists()}
    others = None if validation is None else fingerprints.digest([e.row() for e in validation])
    content = fingerprints.digest([example.row() for example in train]), kept, others
    folder = runs.run_folder(f"rows-{task.name}", content=content)
    if not (folder / "record.json").exists():
        for name, text in kept.items():
            replace_file(folder / name, text)
        write_rows(folder / "train.jsonl", train)
        if validation is not None:
            write_rows(folder / "valid.jsonl", validation)
        source = {"task": task.name, "rows": len(train), "source": paths.shown(task.data_dir)}
        runs.write(folder, source | metadata | runs.environment())
    return replace(task, folder=folder)
