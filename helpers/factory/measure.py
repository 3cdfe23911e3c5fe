"""How good a judge is: its verdicts beside those of whoever labelled the same pairs before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.core.examples import read_each
from helpers.core.json_text import decode
from helpers.evaluation.agreement import Agreement, agreement
from helpers.factory import languages, structured
from helpers.factory.cases import ENGLISH, SCHEMA, Case
from helpers.factory.drafts import Draft
from helpers.factory.judges import Judge
from helpers.tasks.base import Task
from helpers.tasks.scenarios import PLAIN

LABELLED: dict[str, Any] = {
    "type": "object",
    "properties": {
        **{name: SCHEMA["properties"][name] for name in ("answer", "context", "language", "id")},
        "text": {"type": "string", "minLength": 1},
        "accept": {"type": "boolean"},  # whether the text leads to the answer
        "scenario": {"type": "string"},  # how it is said; else plainly
        "problem": {"type": "string", "enum": list(structured.PROBLEMS)},  # of one turned down
    },
    "required": ["answer", "text", "accept"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Labelled:
    """A text for a case, and whether somebody said that it leads to the case's answer.

    `problem` is why not, if they said so.
    """

    draft: Draft
    accept: bool
    problem: str = ""


def read_labelled(path: Path, task: Task) -> list[Labelled]:
    """Read pairs that were labelled before a judge ran: JSON lines, each as `LABELLED` says.

    Raises `DataError` that lists every bad line.
    """

    def read(line: bytes, number: int) -> Labelled:
        row = decode(line)
        structured.check(row, LABELLED)
        languages.check(row.get("language", ENGLISH))
        scenario = task.brief.choose(row["scenario"])[0] if "scenario" in row else PLAIN
        case = Case(
            row.get("id", str(number + 1)), row["answer"], scenario, context=row.get("context"),
            language=row.get("language", ENGLISH),
        )  # fmt: skip
        task.check(case.example(task, row["text"]))
        return Labelled(Draft(case, row["text"]), row["accept"], row.get("problem", ""))

    return read_each(path, read, "holds no pairs; write one a line")


def measure(judge: Judge, pairs: Sequence[Labelled]) -> Agreement:
    """Return how far a judge agrees with the labels; a rewrite counts as turned down as it is."""
    verdicts = judge.judge([pair.draft for pair in pairs])
    accepted = [verdict.decision == "accept" for verdict in verdicts]
    return agreement(accepted, [pair.accept for pair in pairs])
