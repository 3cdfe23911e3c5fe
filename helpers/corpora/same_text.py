"""The text a tiny base has read, as rows that a baseline can be fitted on.

A base that read more than the training rows is compared with a counter that read as much: else a
comparison shows the worth of text, and calls it the worth of a model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from helpers.core import fingerprints
from helpers.core.examples import Example
from helpers.core.source import source_of
from helpers.corpora import base_text
from helpers.corpora.generate import held_out
from helpers.tasks.base import Task


@dataclass(frozen=True)
class Source:
    """What draws a job's rows from a base's text, and how many there are.

    `most` is how many a baseline is fitted on where all would take too long.
    """

    draw: Callable[[int, int], Iterator[Example]]
    whole: int
    most: int


def rows(task: Task, count: int | None = None, seed: int = 0) -> list[Example]:
    """Return what a base has read of a job's answers, in the order drawn: the first `count`.

    Held-out groups of the bundled rows are left out, as they are for the base. Empty where a
    baseline is not fitted, and for a folder with labels that the base's messages do not have.
    """
    source = SOURCES.get(task.name)
    if source is None:
        return []
    wanted = source.most if count is None else min(count, source.whole)
    left_out = sorted(held_out(task.name))
    key = fingerprints.digest(task.name, wanted, seed, left_out, source_of(__name__))

    def draw() -> list[list[str]]:
        return [[row.id, row.prompt, row.target] for row in source.draw(wanted, seed)]

    read = fingerprints.remember("same-text", key, draw)
    labels = getattr(task, "labels", None)
    return [
        Example(name, prompt, target)
        for name, prompt, target in read
        if labels is None or target in labels
    ]


def _commands(count: int, seed: int) -> Iterator[Example]:
    for number, text in enumerate(base_text.commands(count, seed)):
        yield Example(f"read-{seed}-{number}", "", text)


SOURCES = {
    "dictated_bash": Source(_commands, base_text.AMOUNT, base_text.AMOUNT),
    "support_label": Source(base_text.messages, base_text.AMOUNT // 2, 12_000),
}
