"""Drafts on file, and a generator and a judge that repeat what was written and said before.

A run keeps all its drafts as JSON lines: what was turned down can be read, counted, and put through
other judges without asking a generator again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from helpers.core.examples import DataError, read_each
from helpers.core.files import replace_file
from helpers.core.json_text import decode
from helpers.factory import languages, structured
from helpers.factory.cases import ENGLISH, SCHEMA, Case
from helpers.factory.deduplicate import Known
from helpers.factory.drafts import Draft, Step
from helpers.factory.generator import Generator
from helpers.factory.judges import Judge, Verdict
from helpers.tasks.base import Task

EMPTY = ("", None)
STEP = {name: {"type": "string"} for name in Step.__dataclass_fields__}
DRAFT: dict[str, Any] = {
    "type": "object",
    "properties": {
        **SCHEMA["properties"],
        "scenario": {"type": "string"},
        "text": {"type": "string"},
        "steps": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": STEP,
                "required": ["stage", "outcome"],
                "additionalProperties": False,
            },
            "minItems": 1,
        },
    },
    "required": ["id", "answer", "scenario", "text", "steps"],
    "additionalProperties": False,
}
VERDICT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "answer": {"type": "string"},
        "said": {"type": "string"},  # the text that was judged
        **{name: {"type": "string"} for name in Verdict.__dataclass_fields__},
    },
    "required": ["answer", "said", "decision"],
    "additionalProperties": False,
}


def write_drafts(path: Path, drafts: Sequence[Draft]) -> None:
    """Write drafts as JSON lines, each with its case and all its steps."""
    _write(path, [_row(draft) for draft in drafts])


def _row(draft: Draft) -> dict[str, Any]:
    case = draft.case.content | {"text": draft.text, "steps": [_short(s) for s in draft.rows()]}
    case.pop("how")
    plain = {"language": ENGLISH}
    kept = {name: value for name, value in case.items() if plain.get(name) != value}
    return {name: v for name, v in kept.items() if v not in EMPTY or name in DRAFT["required"]}


def _short(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value != ""}


def read_drafts(path: Path, task: Task) -> list[Draft]:
    """Read the drafts of a run.

    Raises `DataError` that lists every bad line, such as one of a scenario that the task has not.
    """

    def read(line: bytes, number: int) -> Draft:
        row = decode(line)
        structured.check(row, DRAFT)
        languages.check(row.get("language", ENGLISH))
        text, steps = row.pop("text"), tuple(Step(**step) for step in row.pop("steps"))
        scenario, *others = task.brief.choose(row["scenario"])
        if others:
            raise ValueError(f"has the scenario {row['scenario']!r}; name one of them")
        row.pop("scenario")
        case = Case(scenario=scenario, **row)
        task.check(case.example(task, text))
        return Draft(case, text, steps)

    return read_each(path, read, "holds no drafts; write some with `python -m helpers generate`")


@dataclass(frozen=True)
class Repeat(Generator):
    """A generator that writes what `drafts` say was written, and asks nobody.

    `of_train` says that they are the rows of train themselves, which are not new to it.
    """

    drafts: Sequence[Draft] = field(default=(), repr=False)
    of_train: bool = False

    def write(self, cases: Sequence[Case]) -> list[Draft]:
        """Return the cases' drafts as they were generated; raises `DataError` for an unknown one.

        One that was lost then is lost again.
        """
        first = {draft.case.id: draft.steps[0] for draft in self.drafts}
        for case in cases:
            if case.id not in first:
                raise DataError(f"nothing was written for the case {case.id!r}; leave it out")
        return [Draft(case, first[case.id].text, (first[case.id],)) for case in cases]

    def new_to(self, known: Known) -> Known:
        """Return the rows that what it writes must be new to."""
        return replace(known, rows={**known.rows, "train": ()}) if self.of_train else known


def write_verdicts(path: Path, drafts: Sequence[Draft], verdicts: Sequence[Verdict]) -> None:
    """Write what a judge said of drafts as JSON lines."""
    pairs = zip(drafts, verdicts, strict=True)
    _write(path, [
        {"answer": draft.case.answer, "said": draft.text} | _short(vars(verdict))
        for draft, verdict in pairs
    ])  # fmt: skip


def read_verdicts(path: Path) -> dict[tuple[str, str], Verdict]:
    """Read a judge's verdicts, by answer and text; raises `DataError` that lists every bad line."""

    def read(line: bytes, number: int) -> tuple[tuple[str, str], Verdict]:
        row = decode(line)
        structured.check(row, VERDICT)
        return (row.pop("answer"), row.pop("said")), Verdict(**row)

    return dict(read_each(path, read, "holds no verdicts; let a judge give some"))


@dataclass(frozen=True)
class RepeatJudge(Judge):
    """A judge that says what `verdicts` say a judge said, and asks nobody."""

    named: str
    verdicts: Mapping[tuple[str, str], Verdict] = field(repr=False)

    @property
    def name(self) -> str:
        """The name of the judge it repeats."""
        return self.named

    def judge(self, drafts: Sequence[Draft]) -> list[Verdict]:
        """Return the verdicts on drafts; raises `DataError` for one that was never judged."""
        for draft in drafts:
            if (draft.case.answer, draft.text) not in self.verdicts:
                raise DataError(f"{draft.text!r} was never judged; ask the judge itself")
        return [self.verdicts[draft.case.answer, draft.text] for draft in drafts]


def _write(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    replace_file(path, "".join(lines))
