"""The first stage: a model puts answers into words, a batch of cases a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpers.core.text import whole
from helpers.evaluation.grading import collapse
from helpers.factory import structured, templates
from helpers.factory.asking import Model, NotAnswered
from helpers.factory.cases import Case
from helpers.factory.deduplicate import Known
from helpers.factory.drafts import Draft
from helpers.tasks.base import Task

TOKENS = 80  # that one text may take, and its place in the JSON


@dataclass(frozen=True)
class Generator:
    """A model that says a task's answers as people do."""

    task: Task
    model: Model

    def request(self, cases: Sequence[Case]) -> dict[str, Any]:
        """Return the request for a batch of cases."""
        return self.model.request(*self._asked(cases))

    def write(self, cases: Sequence[Case]) -> list[Draft]:
        """Return a draft of each case of one scenario; one without a text is lost."""
        drafts = [Draft(case) for case in cases]
        try:
            said = self.model.ask(*self._asked(cases))
        except NotAnswered as error:
            return [draft.lose("generate", error.reason, str(error)) for draft in drafts]
        return [
            draft.step("generate", "kept", _text(said[str(number)]))
            for number, draft in enumerate(drafts, 1)
        ]

    def new_to(self, known: Known) -> Known:
        """Return the rows that what it writes must be new to: all there are."""
        return known

    def _asked(self, cases: Sequence[Case]) -> tuple[list[dict[str, str]], dict[str, Any], int]:
        turns = templates.generate(cases, self.task)
        return turns, structured.said(len(cases)), TOKENS * len(cases)


def _text(said: str) -> str:
    """Return a text as a row has it: whole, and without space around it or runs of it."""
    lines = [collapse(line) for line in whole(said).strip().splitlines()]
    return "\n".join(lines).strip()
