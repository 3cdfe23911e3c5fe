"""The factory: cases → texts → checks → judges → no duplicates → rows to train on and to grade on.

A batch goes through the models as a whole, several batches at a time. Whoever stops it loses
nothing: what was answered is kept, and the same command goes on.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

from helpers.core import runs
from helpers.core.examples import Example
from helpers.factory import templates
from helpers.factory.cases import Case, batches
from helpers.factory.checks import check
from helpers.factory.deduplicate import Known, deduplicate
from helpers.factory.drafts import Draft, alive, merged
from helpers.factory.generator import Generator
from helpers.factory.judges import REWRITES, Judge, settle
from helpers.tasks.base import Progress, Task
from helpers.tasks.splits import hold_out

EVALUATION = 0.1  # share of the accepted rows that are kept from training, groups together


@dataclass(frozen=True)
class Output:
    """Every draft as far as it went, and the rows: to train on, and to grade on."""

    drafts: Sequence[Draft] = field(repr=False)
    train: Sequence[Example] = field(repr=False)
    evaluation: Sequence[Example] = field(repr=False)
    seconds: float = 0.0

    @property
    def rows(self) -> list[Example]:
        """All accepted rows."""
        return [*self.train, *self.evaluation]

    @property
    def rejected(self) -> list[Draft]:
        """The texts that a check or a judge turned down."""
        return [draft for draft in self.drafts if draft.fate[0] in ("check", "judge")]


@dataclass(frozen=True)
class Factory:
    """A generator and its judges, and how they are run."""

    generator: Generator
    judges: Sequence[Judge]
    batch_size: int = 20
    concurrency: int = 4
    rewrites: int = REWRITES
    share: float = EVALUATION

    def __post_init__(self) -> None:
        """Raise `ValueError` for a number that cannot be, or where nobody judges."""
        for name, least in (("batch_size", 1), ("concurrency", 1), ("rewrites", 0)):
            if getattr(self, name) < least:
                raise ValueError(f"{name} is {getattr(self, name)}; take {least} or more")
        if not self.judges:
            raise ValueError("nobody judges; name a judge's model, or a round trip's engines")
        if not 0 <= self.share < 1:
            raise ValueError(f"share is {self.share}; it is a share of the rows, from 0 to below 1")

    @property
    def task(self) -> Task:
        """The task that rows are written for."""
        return self.generator.task

    @property
    def settings(self) -> dict[str, Any]:
        """What rows depend on beside cases."""
        return {
            "task": self.task.name,
            "generator": self.generator.model.settings,
            "judges": [judge.settings for judge in self.judges],
            "template": templates.version(self.task),
            "batch_size": self.batch_size,
            "rewrites": self.rewrites,
            "share": self.share,
        }

    def through(self, cases: Sequence[Case]) -> list[Draft]:
        """Return the drafts of one batch of cases, written, checked and judged."""
        drafts = check(self.generator.write(cases), self.task)
        return settle(drafts, self.judges, self.task, self.rewrites)

    def run(
        self, cases: Sequence[Case], known: Known | None = None, progress: Progress = iter
    ) -> Output:
        """Put all cases through, and split what is accepted; raises `EngineError`.

        An error that no other request would mend ends it after the requests under way.
        """
        began = time.perf_counter()
        written = self._written(batches(cases, self.batch_size), progress)
        drafts = merged([Draft(case) for case in cases], written)
        known = self.generator.new_to(known or Known.of(self.task))
        drafts = deduplicate(drafts, known, self.task)
        train, evaluation = self._split([self.row(draft) for draft in alive(drafts)])
        return Output(drafts, train, evaluation, time.perf_counter() - began)

    def _written(self, dealt: Sequence[Sequence[Case]], progress: Progress) -> list[Draft]:
        """Put batches through; after an error, or Ctrl-C, no further one is begun, or paid."""
        errors: list[BaseException] = []

        def work(batch: Sequence[Case]) -> list[Draft]:
            if errors:
                return []
            try:
                return self.through(batch)
            except BaseException as error:
                errors.append(error)
                raise

        with ThreadPoolExecutor(self.concurrency) as pool:
            waiting = [pool.submit(work, batch) for batch in dealt]
            try:
                found = [draft for one in progress(waiting) for draft in one.result()]
            except BaseException as error:
                errors.append(error)
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        if errors:  # of a batch behind one that was not begun for it
            raise errors[0]
        return found

    def row(self, draft: Draft) -> Example:
        """Return an accepted draft's row, with where it comes from."""
        example = draft.case.example(self.task, draft.text)
        made = {
            "generator": self.generator.model.name,
            "judge": [judge.name for judge in self.judges],
            "template": templates.version(self.task),
            "commit": runs.commit(),
            "scenario": draft.case.scenario.name,
            "rewrites": draft.rewrites,
        }
        extra = {"category": draft.case.category, "made_by": made}
        if draft.case.language != "en":
            extra["language"] = draft.case.language
        return replace(example, id=f"made-{example.id}", extra=extra)

    def _split(self, rows: list[Example]) -> tuple[list[Example], list[Example]]:
        """Return rows to train on and to grade on; all are to train on if they are of one group."""
        if not self.share or len({row.group for row in rows}) < 2:
            return rows, []
        held, rest = hold_out(rows, self.share)
        return rest, held
