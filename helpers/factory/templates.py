"""The prompts: what a generator is asked to write, and what a judge is asked about it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from helpers import tasks
from helpers.core import fingerprints, paths, source
from helpers.core.examples import Example
from helpers.factory import languages
from helpers.factory.cases import Case
from helpers.tasks.base import Task
from helpers.tasks.scenarios import Brief, Scenario
from helpers.tasks.splits import sample

SHOTS = 3  # rows of train that are shown
GENERATE = """\
You write training data for a small model. {who}
For each numbered {answer} write one thing that a person may have said or written, to which that \
{answer} is the one right answer.
{how}
Keep every name, number and detail that the {answer} needs, and add none.
Never write the {answer} itself, never explain, and never repeat these instructions.
Write in the language with the code "{language}".
Reply with JSON alone: an object with a text for each number, such as {{"1": "...", "2": "..."}}."""
JUDGE = """\
You check training data for a small model. {who}
You are shown what a person said, and the {answer} that it shall lead to. {how}
Accept it if a careful listener would come to exactly this {answer}, and people speak like that.
Rewrite it if a small change makes it so: write the new text in the language "{language}".
Reject it if it means something else, lacks a detail, adds one, gives the {answer} away, or is no \
natural speech.
Reply with JSON alone: "why" in a few words, then "problem", "decision", and "text", which is \
empty unless you rewrite."""


def version(task: Task) -> str:
    """Return a name for what a task's prompts say and how: another word, another name."""
    brief = task.brief
    ways = [[scenario.name, scenario.how] for scenario in brief.scenarios]
    return fingerprints.digest(source.read(__name__).digest, brief.who, brief.answer, ways)[:8]


def shots(task: Task, case: Case) -> list[Example]:
    """Return the rows of train that show a generator what rows in a case's scenario are like.

    The same for all cases of it, so that what is copied from them is seen. None where there are no
    rows, or in another language than the case.
    """
    folder = paths.data(task.brief.rows) if task.brief.rows else task.data_dir
    if not (folder / "train.jsonl").exists():
        return []
    found = _shots(task.name, folder, case.scenario)
    return [row for row in found if not languages.is_other(row.prompt, case.language)]


@cache
def _shots(name: str, folder: Path, scenario: Scenario) -> tuple[Example, ...]:
    rows = tasks.get(name, folder).load("train")
    suited = [row for row in rows if scenario.wants(row)] or rows
    short = sorted(suited, key=lambda row: len(row.prompt + row.target))
    return tuple(sample(short[: max(SHOTS, len(short) // 2)], SHOTS))


def generate(cases: Sequence[Case], task: Task) -> list[dict[str, str]]:
    """Return the turns that ask for a text for each of some cases of one scenario and language.

    Rows that exist stand before them, each as a turn that was answered.
    """
    first = cases[0]
    turns = [_turn("system", _filled(GENERATE, task.brief, first))]
    for row in shots(task, first):
        turns.append(_turn("user", f"1. {_shown(row, task.situation(row))}"))
        turns.append(_turn("assistant", json.dumps({"1": row.prompt}, ensure_ascii=False)))
    asked = [
        f"{number}. {_shown(case.example(task, ''), _situation(case, task), plainly=case.said)}"
        for number, case in enumerate(cases, 1)
    ]
    return [*turns, _turn("user", "\n\n".join(asked))]


def judge(case: Case, text: str, task: Task) -> list[dict[str, str]]:
    """Return the turns that ask whether a text leads to a case's answer."""
    user = _shown(case.example(task, ""), _situation(case, task), text)
    return [_turn("system", _filled(JUDGE, task.brief, case)), _turn("user", user)]


def shown(case: Case, task: Task) -> list[str]:
    """Return the lines of a case's prompt that no text may repeat, and the texts in it.

    >>> from helpers import tasks
    >>> "You write training data" in shown(Case("1", "ls"), tasks.get("dictated_bash"))[0]
    True
    """
    lines = _filled(GENERATE, task.brief, case).splitlines()
    return [*lines, *(row.prompt for row in shots(task, case))]


def _situation(case: Case, task: Task) -> str:
    return task.situation(case.example(task, ""))


def _shown(row: Example, situation: str, said: str = "", plainly: str = "") -> str:
    lines = {"answer": row.target, "seen": situation, "said plainly": plainly, "said": said}
    return "\n".join(f"{name}: {text}" for name, text in lines.items() if text)


def _filled(template: str, brief: Brief, case: Case) -> str:
    how = f"This time: {case.scenario.how}"
    return template.format(who=brief.who, answer=brief.answer, how=how, language=case.language)


def _turn(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}
