"""More training rows: drawn anew by what wrote the bundled ones, or those most like some errors.

For bundled data only: rows of one's own have no program that could write more of them. No row has
a group or a prompt of the bundled validation or test rows.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers import tasks
from helpers.core import paths
from helpers.core.examples import DataError, Example, write_rows
from helpers.corpora import (
    bash_commands,
    dictated_domains,
    spoken_commands,
    support_messages,
    voice_requests,
)
from helpers.tasks.base import Task
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.verbalize import Unspeakable, verbalize
from helpers.tasks.domains import registry

STREAMS = ("dictated_bash", "spoken_bash", "support_label", "voice_command")
SEED = 20  # of the rows of a folder; the other drawings of the course have seeds below
REPEATED = 10_000  # draws in a row without a new prompt, after which there is taken to be none
TASK_OF = {"spoken_bash": "dictated_bash"}  # of rows that are named by their folder


def streams() -> tuple[str, ...]:
    """Return the tasks and folders whose rows a program here writes."""
    return *STREAMS, *filter(_has_templates, tasks.domain_names())


def _has_templates(domain: str) -> bool:
    """Whether a domain has more than its table: what to draw texts from, and what checks them."""
    templates = registry.folder_of(domain) / "templates.txt"
    return bool(registry.task_of(domain).domain.formatter) and templates.is_file()


def _bundled(name: str) -> Task:
    return tasks.get(TASK_OF[name], paths.data(name)) if name in TASK_OF else tasks.get(name)


def held_out(name: str) -> frozenset[str]:
    """Return the groups of a task's bundled validation and test rows, or of a folder's."""
    bundled = _bundled(name)
    return frozenset(row.group for split in ("valid", "test") for row in bundled.load(split))


def draw(name: str, count: int, seed: int) -> list[Example]:
    """Return `count` new rows of a task or a folder, their prompts among themselves and to it new.

    >>> rows = draw("support_label", 3, seed=5)
    >>> len({row.prompt for row in rows}), rows[0].id
    (3, 'drawn-5-0')
    """
    rows = list(islice(new_rows(name, seed), count))
    if len(rows) < count:
        raise ValueError(f"{name}: its program wrote no {count} new rows")
    return rows


def new_rows(name: str, seed: int) -> Iterator[Example]:
    """Yield new rows of a task or a folder, as `draw` has them, for as long as there seem to be."""
    bundled = _bundled(name)
    known = {row.prompt for split in ("train", "valid", "test") for row in bundled.load(split)}
    number = repeated = 0
    for row in _stream(name, seed):
        repeated = repeated + 1 if row.prompt in known else 0
        if repeated == REPEATED:
            return
        if not repeated:
            known.add(row.prompt)
            yield replace(row, id=f"drawn-{seed}-{number}")
            number += 1


def write_folder(name: str, new: Sequence[Example], out: Path) -> int:
    """Write a data folder: the bundled rows of a task or a folder, and `new` ones behind train's.

    Returns how many rows train has. Validation and test rows stay as they are. A killed process
    leaves no half a folder. Raises `DataError` for a folder that holds something else.
    """
    check_empty(out)
    out = out.resolve()  # a link stays one
    train = [*_bundled(name).load("train"), *new]
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent) as beside:
        part = Path(beside) / out.name
        shutil.copytree(paths.data(name), part, ignore=shutil.ignore_patterns("README.md"))
        write_rows(part / "train.jsonl", train)
        part.replace(out)
    return len(train)


def check_empty(out: Path) -> None:
    """Raise `DataError` for a folder that holds something or that we are in, and for a file."""
    if out.exists() and not out.is_dir():
        raise DataError(f"{out}: is a file; name a new folder")
    if out.resolve() == Path.cwd():  # it is replaced as a whole: a shell would be left nowhere
        raise DataError(f"{out}: is the current folder; name a new folder")
    if out.exists() and any(out.iterdir()):
        raise DataError(f"{out}: is not empty; name a new folder")


def _stream(name: str, seed: int) -> Iterator[Example]:
    if name not in streams():
        raise ValueError(f"nothing writes rows of {name!r}; it is one of {', '.join(streams())}")
    without = held_out(name)
    if name in tasks.domain_names():
        return dictated_domains.stream(name, seed, without)
    if name == "support_label":
        return support_messages.stream(seed, without)
    if name == "voice_command":
        return voice_requests.stream(seed, without)
    if name == "spoken_bash":
        return spoken_commands.stream(seed, without | held_out("dictated_bash"))
    return _dictated(seed, without)


def _dictated(seed: int, without: frozenset[str]) -> Iterator[Example]:
    for command in bash_commands.stream(seed, without):
        try:
            spoken = verbalize(command.text, BASH)
        except Unspeakable:  # a few one-liners hold signs without a spoken form
            continue
        yield Example("", spoken, command.text, group=command.skeleton)


def like(errors: Sequence[Example], pool: Sequence[Example], count: int) -> list[Example]:
    """Return the `count` rows of a pool that are most like some rows that went wrong.

    Like by rapidfuzz's ratio of prompts and targets together. Each error in turn takes the row
    nearest to it, so that none of them is forgotten. Raises `ValueError` without errors.
    """
    from rapidfuzz import fuzz, process

    if not errors:
        raise ValueError("there are no errors to be like; take rows drawn at random")
    texts = [f"{row.prompt}\n{row.target}" for row in pool]
    wrong = [f"{row.prompt}\n{row.target}" for row in errors]
    scores = process.cdist(wrong, texts, scorer=fuzz.ratio)
    ranked = [iter((-row).argsort(kind="stable").tolist()) for row in scores]
    taken: dict[int, None] = {}
    while len(taken) < min(count, len(pool)):
        for nearest in ranked:
            at = next((n for n in nearest if n not in taken), None)
            if at is not None and len(taken) < count:
                taken[at] = None
    return [pool[at] for at in islice(taken, count)]


