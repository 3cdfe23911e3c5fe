"""Duplicates: of another draft, of a training row, and of rows held out, which no row may be near.

Near is 90 or more of RapidFuzz's `ratio`, as everywhere in this course.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from helpers.core import fingerprints, paths
from helpers.core.examples import SPLITS, Example
from helpers.evaluation import splits
from helpers.evaluation.grading import collapse
from helpers.tasks.base import Task

if TYPE_CHECKING:
    from helpers.factory.cases import Case
    from helpers.factory.drafts import Draft

NEAR = 90  # percent
HELD_OUT = ("valid", "test")


@dataclass(frozen=True)
class Known:
    """The rows there are, by split; `open_targets` says that targets are told apart, too."""

    rows: Mapping[str, Sequence[Example]] = field(repr=False)
    open_targets: bool = True

    @classmethod
    def of(cls, task: Task) -> Known:
        """Return all rows of a task, and of the folder that its brief names."""
        folders = {task.data_dir, *([paths.data(task.brief.rows)] if task.brief.rows else [])}
        rows = {
            split: [
                row
                for folder in sorted(folders)
                if (folder / f"{split}.jsonl").exists()
                for row in task.load(split, folder)
            ]
            for split in SPLITS
        }
        return cls(rows, task.open_targets)

    @cached_property
    def _held_out_targets(self) -> list[str]:
        rows = (row for split in HELD_OUT for row in self.rows[split] if not row.no_answer)
        return list(dict.fromkeys(collapse(row.target) for row in rows))

    @cached_property
    def _train(self) -> dict[str, list[str]]:
        """The prompts of train, by what answers them."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.rows["train"]:
            found[_answer(row)].append(_plain(row.prompt))
        return found

    @cached_property
    def _train_answers(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.rows["train"]:
            found[_asked(row)].add(collapse(row.target))
        return found

    def holds_out(self, case: Case) -> bool:
        """Say whether a case's answer is near one that is held out, where answers are open."""
        if not self.open_targets:
            return False
        return bool(_near(collapse(case.answer), self._held_out_targets))

    def of_train(self, row: Example) -> str:
        """Return why a row adds nothing to train, or contradicts it; empty if it is new."""
        others = self._train_answers.get(_asked(row), set())
        if others and collapse(row.target) not in others:
            return "asked in train, answered otherwise"
        near = _near(_plain(row.prompt), self._train.get(_answer(row), ()))
        return "near a row of train" if near else ""

    def near_held_out(self, rows: Sequence[Example]) -> dict[str, str]:
        """Return, by id, which split has a row that one of these is near."""
        fields = ("prompt", "target") if self.open_targets else ("prompt",)
        small = [Example(row.id, _plain(row.prompt), row.target) for row in rows]
        return {
            near.id: split
            for split in HELD_OUT
            for near in splits.near_duplicates(
                small,
                [Example(r.id, _plain(r.prompt), r.target, extra=r.extra)
                 for r in self.rows[split]],
                NEAR,
                fields,
            )
        }  # fmt: skip


def deduplicate(
    drafts: Sequence[Draft], known: Known, task: Task
) -> list[Draft]:
    """Turn down what says the same as an earlier draft, as a row of train, or as one held out."""
    rows = {d.case.id: d.case.example(task, d.text) for d in drafts if not d.lost}
    held = known.near_held_out(list(rows.values()))
    batch = Batch()
    found = []
    for draft in drafts:
        row = rows.get(draft.case.id)
        if row is None:
            found.append(draft)
            continue
        split = held.get(row.id)
        reason = f"near a row of {split}" if split else known.of_train(row) or batch.reason(row)
        if reason:
            found.append(draft.lose("deduplicate", reason))
        else:
            batch.add(row)
            found.append(draft.step("deduplicate", "kept"))
    return found


class Batch:
    """The rows taken so far."""

    def __init__(self) -> None:
        """Begin with none."""
        self._asked: dict[str, str] = {}
        self._by_answer: dict[str, list[str]] = defaultdict(list)

    def add(self, row: Example) -> None:
        """Take a row."""
        self._asked[_asked(row)] = row.target
        self._by_answer[_answer(row)].append(_plain(row.prompt))

    def reason(self, row: Example) -> str:
        """Return why a row is not taken as well; empty if it is new."""
        earlier = self._asked.get(_asked(row))
        if earlier is not None:
            same = collapse(earlier) == collapse(row.target)
            return "equal to another draft" if same else "asked before, answered otherwise"
        near = _near(_plain(row.prompt), self._by_answer.get(_answer(row), ()))
        return "near another draft" if near else ""


def _plain(text: str) -> str:
    return collapse(text).casefold()


def _asked(row: Example) -> str:
    return fingerprints.digest(_plain(row.prompt), row.context)


def _answer(row: Example) -> str:
    return fingerprints.digest(collapse(row.target), row.context)


def _near(text: str, others: Iterable[str]) -> bool:
    from rapidfuzz import fuzz, process

    found = process.extractOne(text, list(others), scorer=fuzz.ratio, score_cutoff=NEAR)
    return found is not None
