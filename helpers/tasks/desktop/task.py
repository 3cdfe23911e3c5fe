"""Voice commands: a transcript and the desktop's names → a note, or a tool call in JSON."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from helpers.core.examples import Candidate, Example
from helpers.core.json_text import decode
from helpers.evaluation.grading import Grade, all_or_nothing
from helpers.tasks.base import Answer, Answerer, Baseline, Progress, Task
from helpers.tasks.desktop import context, imports, listing, rules, scenarios, surface
from helpers.tasks.desktop import plan as planner
from helpers.tasks.desktop.context import desktop_of
from helpers.tasks.desktop.report import CommandReport
from helpers.tasks.desktop.schema import schema
from helpers.tasks.plan import Plan
from helpers.tasks.scenarios import Brief

SYSTEM = (
    "Read what was said and answer with one line of JSON: a note, or the one command that "
    "this desktop can carry out."
)


@dataclass(frozen=True)
class VoiceCommand(Task):
    """What somebody said beside a desktop becomes a call of that desktop's surface, or a note."""

    variants: ClassVar[tuple[str, ...]] = ("desktop", "none")
    name: str = "voice_command"
    title: str = "Voice commands"
    system: str = SYSTEM
    open_targets: bool = False  # the same call answers many transcripts
    trust: Mapping[str, float] = field(default_factory=dict, compare=False)  # in the rules, by kind

    def check(self, example: Example) -> None:
        """Raise `ValueError` for a desktop or an answer out of form."""
        desktop = desktop_of(example)
        shown = surface.parse_answer(example.target).arguments.get("display", "")
        same = [d.name for d in desktop.displays if d.model == shown] if desktop and shown else []
        if same:
            raise ValueError(f"the display {shown!r} is several; write {' or '.join(same)}")

    def question(self, example: Example) -> str:
        """Ask with the desktop's names and the transcript, or with the transcript alone."""
        desktop = desktop_of(example)
        if self.variant == "none" or desktop is None:
            return f"said: {example.prompt}"
        return f"{context.render(desktop)}\nsaid: {example.prompt}"

    def example_of(self, line: str, number: int = 0) -> Example:
        """Read a transcript, or `{"transcript": …, "desktop": {…}}` as JSON."""
        if not line.startswith("{"):
            return super().example_of(line, number)
        given = decode(line.encode("utf-8"))
        transcript, desktop = given.get("transcript"), given.get("desktop")
        if not isinstance(transcript, str):
            raise ValueError('has no "transcript" text; write {"transcript": …, "desktop": …}')
        if odd := sorted(given.keys() - {"transcript", "desktop"}):
            raise ValueError(f'has {odd[0]!r}; write {{"transcript": …, "desktop": …}}')
        if desktop is not None:
            context.from_json(desktop)
        return Example(str(number), transcript.strip(), "", self.system_turn, "", desktop)

    def imported(self, example: Example, answer: Any, near: object) -> Example:
        """Return an example with the call of a tool call, where this surface has it.

        Nothing lies beside such rows, so `near` is not looked at.
        """
        example = replace(example, target=imports.answer_of(answer))
        self.check(example)
        return example

    def rules(self) -> Answerer:
        """Answer by keyword rules and fuzzy names."""
        return lambda example: Answer(rules.answer(example.prompt, desktop_of(example)))

    def baselines(self, train: Sequence[Example], progress: Progress = iter) -> list[Baseline]:
        """Return a note for all, keyword rules with names as said, and with names matched."""

        def as_said(example: Example) -> Answer:
            return Answer(rules.answer(example.prompt, None))

        return [
            Baseline("always a note", "the same answer for all", lambda _: Answer(surface.NOTE)),
            Baseline("rules, names as said", "keywords; the desktop is not looked at", as_said),
            Baseline("rules, names matched", "keywords, then the likest name", self.rules()),
        ]

    def grammar(self, example: Example) -> str:
        """Allow a note, or a call whose names are this row's; JSON without optional spaces."""
        compact = self.answer_schema(example) | {"x-guidance": {"whitespace_flexible": False}}
        return f"start: %json {json.dumps(compact, ensure_ascii=False)}"

    def answer_schema(self, example: Example) -> dict[str, Any]:
        """Return the schema of a note, or of a call whose names are this row's."""
        return schema(desktop_of(example), example.prompt)

    def plan(self, text: str, example: Example) -> Plan:
        """Say what a call would do on this desktop, or why it cannot; a note is kept."""
        try:
            return planner.plan(surface.parse_answer(text), desktop_of(example))
        except ValueError as error:
            return Plan(text, (), refusal=str(error))

    def fitted_on(
        self, train: Sequence[Example] | None = None, progress: Progress = iter
    ) -> VoiceCommand:
        """Return this task with how often the rules are right: when they note, and when they call.

        With one of each added that is right and one that is wrong, so nothing is certain.
        """
        if train is None:
            return self if self.trust else self.fitted_on(self.load("train"), progress)
        asked, right = Counter(), Counter()
        for example in train:
            found = rules.answer(example.prompt, desktop_of(example))
            kind = surface.parse_answer(found).kind
            asked[kind] += 1
            right[kind] += found == canonical(example.target)
        trust = {kind: (right[kind] + 1) / (asked[kind] + 2) for kind in ("note", "command")}
        return replace(self, trust=trust)

    def inputs(self) -> dict[str, Any]:
        """Return what else answers depend on: also the trust that was fitted."""
        return super().inputs() | ({"trust": self.trust} if self.trust else {})

    def candidates(self, example: Example, k: int = 40) -> list[Candidate]:
        """List every answer that may have been meant, whatever `k`; once fitted, with a score.

        The rules' own answer has the log of their trust, the others share what is left.
        """
        desktop = desktop_of(example)
        listed = listing.possible(example.prompt, desktop)
        if not self.trust:
            return [Candidate(0.0, text) for text in listed]
        ruled = rules.answer(example.prompt, desktop)
        trust = self.trust[surface.parse_answer(ruled).kind]
        other = (1 - trust) / (len(listed) - 1)  # a note and calls without a name are always there
        return [Candidate(math.log(trust if text == ruled else other), text) for text in listed]

    def grade(self, predictions: Sequence[str], examples: Sequence[Example]) -> list[Grade]:
        """Grade whole answers, whatever spaces and order of keys they were written with."""
        return [
            all_or_nothing(canonical(prediction), canonical(example.target))
            for prediction, example in zip(predictions, examples, strict=True)
        ]

    def aspects(self, prediction: str, example: Example) -> dict[str, bool]:
        """Return whether the answer has the form, the kind, the action and the arguments."""
        wanted = surface.parse_answer(example.target)
        try:
            found = surface.parse_answer(prediction)
        except ValueError:
            return {"valid": False, "kind": False, "action": False, "arguments": False}
        kind = found.kind == wanted.kind
        action = kind and found.action == wanted.action
        return {
            "valid": True,
            "kind": kind,
            "action": action,
            "arguments": action and dict(found.arguments) == dict(wanted.arguments),
        }

    @property
    def brief(self) -> Brief:
        """What a model is told that speaks to a desktop."""
        return scenarios.BRIEF

    def situation(self, example: Example) -> str:
        """Return the names on the desktop, as a model is shown them."""
        desktop = desktop_of(example)
        return context.render(desktop) if desktop else ""

    def secrets(self, target: str) -> tuple[str, ...]:
        """Return the answer's form and its action."""
        return scenarios.secrets_of(target)

    @property
    def report(self) -> CommandReport:
        """What pages show: how arguments are said, and the classes of wrong calls."""
        return CommandReport(self)


def canonical(answer: str) -> str:
    """Return the one text of an answer, or the answer as it is if it has not the form.

    >>> canonical('{ "kind": "note" }')
    '{"kind":"note"}'
    """
    try:
        found = surface.parse_answer(answer)
    except ValueError:
        return answer
    return surface.answer_json(found.kind, found.action, found.arguments)


TASKS = (VoiceCommand(),)
