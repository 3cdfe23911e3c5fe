"""Judges: whether a text leads to its answer. A model may rewrite it; a round trip tries it out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from helpers.core.examples import Example, RowError
from helpers.core.text import one_line, whole
from helpers.engines.base import Engine
from helpers.factory import checks, structured, templates
from helpers.factory.asking import Model, NotAnswered
from helpers.factory.drafts import Draft, alive, merged
from helpers.tasks.base import Task

REWRITES = 2  # of one text; each is judged again
TOKENS = 250  # of a verdict
SHOWN = 200  # characters of a judge's reason


@dataclass(frozen=True)
class Verdict:
    """What a judge decided: accept, rewrite (to `text`) or reject, for which problem, and why."""

    decision: str
    problem: str = "none"
    why: str = ""
    text: str = ""


class Judge(ABC):
    """Decides on drafts."""

    @property
    @abstractmethod
    def name(self) -> str:
        """What rows and reports call it."""

    @abstractmethod
    def judge(self, drafts: Sequence[Draft]) -> list[Verdict]:
        """Return a verdict on each draft."""

    @property
    def settings(self) -> dict[str, Any]:
        """What a report says of it."""
        return {"judge": self.name}


@dataclass(frozen=True)
class ModelJudge(Judge):
    """A model is asked about one text at a time."""

    task: Task
    model: Model

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    @property
    def settings(self) -> dict[str, Any]:
        """What a report says of the model."""
        return super().settings | self.model.settings

    def request(self, draft: Draft) -> dict[str, Any]:
        """Return the request about a draft."""
        return self.model.request(*self._asked(draft))

    def judge(self, drafts: Sequence[Draft]) -> list[Verdict]:
        """Return a verdict on each draft; one that the model did not give rejects."""
        return [self._judged(draft) for draft in drafts]

    def _judged(self, draft: Draft) -> Verdict:
        try:
            found = self.model.ask(*self._asked(draft))
        except NotAnswered as error:
            return Verdict("reject", error.reason, str(error))
        why, text = one_line(whole(found["why"]))[:SHOWN], whole(found["text"]).strip()
        if found["decision"] == "rewrite" and text in ("", draft.text):
            return Verdict("reject", "rewritten to nothing new", why)
        problem = "none" if found["decision"] == "accept" else found["problem"]
        if found["decision"] == "reject" and problem == "none":
            problem = "rejected without a problem named"
        return Verdict(found["decision"], problem, why, text)

    def _asked(self, draft: Draft) -> tuple[list[dict[str, str]], dict[str, Any], int]:
        turns = templates.judge(draft.case, draft.text, self.task)
        return turns, structured.JUDGED, TOKENS


@dataclass(frozen=True)
class RoundTrip(Judge):
    """Engines answer a text, and each has to come back to the case's answer.

    It needs no model behind an endpoint. What it accepts, its engines know already: it keeps rows
    right, and cannot teach what none of its engines can do.
    """

    task: Task
    engines: Mapping[str, Engine] = field(repr=False)
    _lock: Any = field(default_factory=Lock, repr=False, compare=False)  # engines answer in turn

    @property
    def name(self) -> str:
        """The engines' names."""
        return f"a round trip of {', '.join(self.engines)}"

    @property
    def settings(self) -> dict[str, Any]:
        """What a report says of the engines."""
        prints = {name: engine.fingerprint for name, engine in self.engines.items()}
        return super().settings | {"engines": prints}

    def judge(self, drafts: Sequence[Draft]) -> list[Verdict]:
        """Return a verdict on each draft: accepted, or rejected by the first that came elsewhere.

        An answer that a formatter prints in the same way as the case's has come back.
        """
        rows = [draft.case.example(self.task, draft.text) for draft in drafts]
        verdicts = [Verdict("accept")] * len(rows)
        for name, engine in self.engines.items():
            with self._lock:
                answers = [_answer(engine, row) for row in rows]
            grades = self.task.grade(answers, rows)
            for at, (text, grade) in enumerate(zip(answers, grades, strict=True)):
                if verdicts[at].decision == "accept" and not (grade.exact or grade.equivalent):
                    why = f"{name} answers {one_line(text)[:SHOWN]!r}"
                    verdicts[at] = Verdict("reject", f"{name} did not come back", why)
        return verdicts


def _answer(engine: Engine, row: Example) -> str:
    """Return an engine's answer to a row; nothing where it refuses the row itself."""
    try:
        return engine.answer([row])[0].text
    except RowError:
        return ""


def settle(
    drafts: Sequence[Draft], judges: Sequence[Judge], task: Task, rewrites: int = REWRITES
) -> list[Draft]:
    """Let every judge in turn accept, rewrite or reject; what is rewritten is checked and judged
    again, `rewrites` times at most.
    """
    for judge in judges:
        drafts = merged(drafts, _settled(alive(drafts), judge, task, rewrites))
    return list(drafts)


def _settled(
    drafts: Sequence[Draft], judge: Judge, task: Task, rewrites: int
) -> list[Draft]:
    pending, done = list(drafts), []
    for turn in range(rewrites + 1):
        verdicts = judge.judge(pending)
        pairs, pending = list(zip(pending, verdicts, strict=True)), []
        for draft, verdict in pairs:
            after = _after(draft, verdict, task, turn == rewrites)
            again = not after.lost and after.steps[-1].outcome == "rewritten"
            (pending if again else done).append(after)
        if not pending:
            break
    return done


def _after(draft: Draft, verdict: Verdict, task: Task, last: bool) -> Draft:
    if verdict.decision == "accept":
        return draft.step("judge", "kept", why=verdict.why)
    if verdict.decision == "reject":
        return draft.lose("judge", verdict.problem, verdict.why)
    if last:
        return draft.lose("judge", "rewritten too often", verdict.why)
    new = draft.step("judge", "rewritten", verdict.text, verdict.problem, verdict.why)
    wrong = checks.reason(new, task)
    return new.lose("judge", f"rewrite: {wrong}") if wrong else new
