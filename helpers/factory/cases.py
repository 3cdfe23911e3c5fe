"""Cases: right answers that somebody is to put into words, with what they see while they do.

They come from what writes a task's bundled rows, from the training rows of a folder, or from a file
of one's own: JSON lines, each as `SCHEMA` says. Nothing in them is of one language.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from helpers.core import fingerprints
from helpers.core.examples import Example, read_each
from helpers.core.json_text import decode
from helpers.corpora import generate
from helpers.evaluation.grading import collapse
from helpers.factory import languages, structured
from helpers.factory.deduplicate import Known
from helpers.tasks.base import Task
from helpers.tasks.scenarios import MIXED, PLAIN, Scenario
from helpers.tasks.splits import sample

ENGLISH = "en"
MOST = 300  # rows drawn for a wanted case: a scenario that few rows suit ends there
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "answer": {"type": "string", "minLength": 1},  # what shall come out
        "context": {},  # what is seen, as a row's context has it
        "category": {"type": "string"},  # to count by; else the task names one
        "group": {"type": "string"},  # cases of one group never cross splits
        "said": {"type": "string"},  # one plain way to say it
        "language": {"type": "string", "pattern": "^[a-z]{2,3}$"},  # ISO 639
        "id": {"type": "string", "minLength": 1},
    },
    "required": ["answer"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Case:
    """An answer to be put into words in the way of a scenario; `said` is one plain way."""

    id: str
    answer: str
    scenario: Scenario = field(default=PLAIN, compare=False)
    category: str = ""
    context: Any = None
    group: str = ""
    said: str = ""
    language: str = ENGLISH

    def example(self, task: Task, text: str) -> Example:
        """Return the row that a text for this case would be."""
        return Example(
            self.id, text, self.answer, task.system_turn, self.group or self.id, self.context
        )

    @property
    def content(self) -> dict[str, Any]:
        """All of it as JSON has it."""
        kept = {key: value for key, value in vars(self).items() if key != "scenario"}
        return kept | {"scenario": self.scenario.name, "how": self.scenario.how}


def make(
    task: Task,
    count: int,
    scenario: str = MIXED,
    seed: int = 0,
    language: str = ENGLISH,
    known: Known | None = None,
) -> list[Case]:
    """Return `count` cases, as many of each chosen scenario, none near a row held out.

    Raises `ValueError` for a scenario or a language that is not known, and where too few rows
    suit.
    """
    languages.check(language)
    chosen = task.brief.choose(scenario)
    known = Known.of(task) if known is None else known
    wanted = Counter(one.name for one in islice(cycle(chosen), count))
    found: dict[str, Case] = {}
    for row in islice(_rows(task, seed), MOST * max(count, 10)):
        takers = [one for one in chosen if wanted[one.name] and one.wants(row)]
        if not takers:
            if not wanted.total():
                break
            continue
        taker = max(takers, key=lambda one: wanted[one.name])  # a row suits one of them at most
        case = _case(task, row, taker, language)
        if case.id not in found and not known.holds_out(case):
            found[case.id] = case
            wanted[taker.name] -= 1
    for name, missing in (+wanted).items():
        raise ValueError(
            f"{missing} answers too few suit the scenario {name!r}; ask for fewer cases, or bring "
            "your own"
        )
    return list(found.values())


def _rows(task: Task, seed: int) -> Iterator[Example]:
    """Yield rows whose answers may be said anew: drawn, or those of a folder's train."""
    name = task.brief.rows or task.name
    if not task.folder and name in generate.streams():
        yield from generate.new_rows(name, seed)
        return
    rows = task.load("train")
    yield from sample(rows, len(rows))


def _case(task: Task, row: Example, scenario: Scenario, language: str) -> Case:
    name = fingerprints.digest(row.target, row.context, row.prompt, scenario.name)
    return Case(
        f"{scenario.name}-{name[:10]}", row.target, scenario, category_of(task, row), row.context,
        row.group, row.prompt, language,
    )  # fmt: skip


def category_of(task: Task, row: Example) -> str:
    """Return what a row's answer is counted as: its class, or what its task says of it in a word.

    >>> from helpers import tasks
    >>> category_of(tasks.get("dictated_bash"), Example("1", "", "sudo ls -l"))
    'ls'
    """
    if kind := task.report.answer_class(row.target):
        return kind
    facts = task.report.measures(row).values()
    return next((fact for fact in facts if isinstance(fact, str)), "")


def read(path: Path, task: Task, scenario: str = MIXED, language: str = ENGLISH) -> list[Case]:
    """Read a file of one's own cases; each takes the next chosen scenario that it suits.

    Raises `DataError` that lists every bad line with its mending.
    """
    languages.check(language)
    dealt = deque(task.brief.choose(scenario))
    seen: set[str] = set()

    def read_one(line: bytes, number: int) -> Case:
        case = _read(line, task, dealt, language)
        if case.id in seen:
            raise ValueError(f"repeats the case {case.id!r}; remove it, or give it another id")
        seen.add(case.id)
        return case

    return read_each(path, read_one, 'holds no cases; write {"answer": …} a line')


def _deal(dealt: deque[Scenario], example: Example) -> Scenario:
    """Take the scenario that waits longest of those that want a row, or of all if none does."""
    taken = next((one for one in dealt if one.wants(example)), dealt[0])
    dealt.remove(taken)
    dealt.append(taken)
    return taken


def _read(line: bytes, task: Task, dealt: deque[Scenario], language: str) -> Case:
    row = decode(line)
    structured.check(row, SCHEMA)
    language = row.get("language", language)
    languages.check(language)
    answer, context = collapse(row["answer"]), row.get("context")
    if not answer:
        raise ValueError("has an empty answer; write what is to be answered, or remove it")
    example = Example("", row.get("said", ""), answer, context=context)
    task.check(example)
    scenario = _deal(dealt, example)
    beside = example.prompt, row.get("group", ""), language, scenario.name
    content = fingerprints.digest(answer, context, *beside)
    given = {key: row[key] for key in ("group", "said") if key in row}
    return Case(
        row.get("id", f"{scenario.name}-{content[:10]}"), answer, scenario,
        row.get("category") or category_of(task, example), context,
        language=language, **given,
    )  # fmt: skip


def plain_rows(cases: Sequence[Case], task: Task) -> list[Example]:
    """Return the rows that need no model: each case as it is plainly said, where it is."""
    return [case.example(task, case.said) for case in cases if case.said]


def batches(cases: Sequence[Case], size: int) -> list[list[Case]]:
    """Cut cases into batches of one scenario and one language each, `size` at most."""
    dealt: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        dealt.setdefault((case.scenario.name, case.language), []).append(case)
    return [own[at : at + size] for own in dealt.values() for at in range(0, len(own), size)]
