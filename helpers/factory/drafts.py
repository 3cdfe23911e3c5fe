"""A draft: a case on its way through the factory, with every step that it took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from helpers.factory.cases import Case

STAGES = ("generate", "check", "judge", "deduplicate")  # in their order
BUDGET, UNANSWERED, BROKEN = "budget spent", "no answer", "broken JSON"  # why no model had a say


@dataclass(frozen=True)
class Step:
    """What one stage did: `outcome` is kept, rewritten, again or lost, and `why` says more."""

    stage: str
    outcome: str
    text: str = ""
    reason: str = ""
    why: str = ""


@dataclass(frozen=True)
class Draft:
    """A case, the text for it so far, and its steps; the last one lost it, or it is alive."""

    case: Case
    text: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def lost(self) -> bool:
        """Whether a stage turned it down."""
        return bool(self.steps) and self.steps[-1].outcome == "lost"

    @property
    def fate(self) -> tuple[str, str]:
        """The stage that it was lost in, and for what reason; ("accepted", "") of one alive."""
        last = self.steps[-1] if self.lost else None
        return (last.stage, last.reason) if last else ("accepted", "")

    @property
    def rewrites(self) -> int:
        """How often a judge rewrote it."""
        return sum(step.outcome == "rewritten" for step in self.steps)

    def step(
        self, stage: str, outcome: str, text: str | None = None, reason: str = "", why: str = ""
    ) -> Draft:
        """Return it one step further; a text given is its new one."""
        text = self.text if text is None else text
        taken = Step(stage, outcome, text, reason, why)
        return replace(self, text=text, steps=(*self.steps, taken))

    def lose(self, stage: str, reason: str, why: str = "") -> Draft:
        """Return it turned down."""
        return self.step(stage, "lost", reason=reason, why=why)

    def rows(self) -> list[dict[str, Any]]:
        """Return its steps as rows of a table."""
        return [vars(step) for step in self.steps]


def alive(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts that no stage turned down."""
    return [draft for draft in drafts if not draft.lost]


def merged(drafts: Sequence[Draft], further: Iterable[Draft]) -> list[Draft]:
    """Return drafts in their order, each as far as it went."""
    last = {draft.case.id: draft for draft in (*drafts, *further)}
    return [last[draft.case.id] for draft in drafts]
