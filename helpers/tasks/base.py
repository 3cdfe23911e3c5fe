"""What an engine needs of a job: rows, grammars, answers without a model, and grades.

What pages show of a job is its report (`helpers.tasks.report`).
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from helpers.core import fingerprints, paths
from helpers.core.examples import Candidate, DataError, Example, read_split
from helpers.core.source import source_of
from helpers.evaluation.grading import Grade, all_or_nothing
from helpers.tasks.answer import Answer
from helpers.tasks.plan import Plan
from helpers.tasks.report import TaskReport
from helpers.tasks.scenarios import Brief, with_marks

Progress = Callable[[Iterable], Iterable]


Answerer = Callable[[Example], Answer]

Lister = Callable[[Example, int], list[str]]
"""Lists the best answers to an example, at most as many as asked for, best first."""


@dataclass(frozen=True)
class Baseline:
    """A way to answer without a neural model: a name, what it does, and what answers.

    `candidates` lists further answers where the baseline ranks more than one.
    """

    name: str
    about: str
    answer: Answerer
    candidates: Lister | None = None


@dataclass(frozen=True)
class Task(ABC):
    """A narrow job. A new one is a folder whose `task.py` lists it; it fills `rules` and `grammar`.

    `folder` holds the rows; None means the bundled ones. `variant` is how a model is asked, one
    of `variants`; empty means the first.
    """

    variants: ClassVar[tuple[str, ...]] = ("raw",)
    domain: ClassVar[Any] = None  # the table of what is dictated, for a job that is dictation

    name: str
    title: str
    system: str
    open_targets: bool = True  # targets are free text, not one of a few labels
    folder: Path | None = None
    variant: str = ""
    asked_with: str = ""  # the system turn of a line of input; empty: that of the folder's rows

    def __post_init__(self) -> None:
        """Raise `ValueError` for a variant that this task does not have."""
        if self.variant and self.variant not in self.variants:
            known = ", ".join(self.variants)
            raise ValueError(f"{self.name} has no variant {self.variant!r}; choose one of {known}")

    def question(self, example: Example) -> str:
        """Return the text of the user's turn, as this variant puts it to a model."""
        return example.prompt

    @property
    def data_dir(self) -> Path:
        """The folder of this task's rows."""
        return self.folder or paths.data(self.name)

    def load(self, split: str, data_dir: str | Path | None = None) -> list[Example]:
        """Read one split, of this task's folder unless another is named; raises `DataError`."""
        if data_dir:
            return replace(self, folder=Path(data_dir)).load(split)
        return read_split(self.data_dir, split, self.check)

    def check(self, example: Example) -> None:
        """Raise `ValueError`, with the mending, for a row that this task cannot use."""
        return None

    def imported(self, example: Example, answer: Any, near: Path) -> Example:
        """Return an example with the answer that others wrote for it: here a text as it is.

        `answer` is a text, a number, or a `Call`; `near` is the folder of their file.
        Raises `ValueError` for what is no row of this task.
        """
        if isinstance(answer, str):
            return replace(example, target=answer)
        raise ValueError(f"answers with {answer!r}, and the answers of {self.name} are texts")

    def companions(self, examples: Sequence[Example], near: Path) -> dict[str, str]:
        """Return the further files, by name, that a data folder with these rows needs."""
        return {}

    def fingerprint(self) -> str:
        """Return a name for all that answers depend on beside rows: code, variant, versions."""
        code = source_of(type(self).__module__)
        return fingerprints.digest(self.name, self.variant, code, self.inputs())

    def inputs(self) -> dict[str, Any]:
        """Return what else answers depend on, such as a list of labels."""
        return {}

    def example_of(self, line: str, number: int = 0) -> Example:
        """Return the example that one line of input asks for; its target is not known."""
        return Example(str(number), line, "", self.system_turn)

    @cached_property
    def system_turn(self) -> str:
        """The system turn of a line of input: the one that the rows of an own folder have.

        Raises `DataError` where they have several, for then none is the line's.
        """
        if self.asked_with or not self.folder or not (self.folder / "train.jsonl").exists():
            return self.asked_with or self.system
        system = shared_system(self, self.load("train"))
        if system is None:
            raise DataError(
                f"{self.folder}/train.jsonl: its rows have several system turns, and a line of "
                "input has none; ask with rows of their own, by 'score'"
            )
        return system

    def aspects(self, prediction: str, example: Example) -> dict[str, bool]:
        """Return what else may be right or wrong about an answer, beside all of it."""
        return {}

    @abstractmethod
    def rules(self) -> Answerer:
        """Return what answers by rules alone."""

    def fit_baseline(self, train: Sequence[Example], progress: Progress = iter) -> Answerer:
        """Fit and return the best answerer without a neural model; the rules, if nothing is."""
        return self.rules()

    def baselines(self, train: Sequence[Example], progress: Progress = iter) -> list[Baseline]:
        """Return the ways to answer without a neural model, from the plainest to the best.

        One that these rows cannot fit is left out.
        """
        return [
            Baseline("rules", "rules alone", self.rules()),
            Baseline("baseline", "fitted on train", self.fit_baseline(train, progress)),
        ]

    def same_text(
        self, train: Sequence[Example], text: Sequence[Example], progress: Progress = iter
    ) -> Baseline | None:
        """Return the best baseline fitted on train and on what a base has read.

        None where nothing is fitted, so that no text could help.
        """
        return None

    def fitted_on_text(
        self, train: Sequence[Example], text: Sequence[Example], progress: Progress = iter
    ) -> Task:
        """Return this task with candidates as `same_text` ranks them."""
        return self.fitted_on(train, progress)

    def baseline_settings(
        self, train: Sequence[Example], progress: Progress = iter
    ) -> dict[str, Any]:
        """Return the baseline's settings, as folds of `train` choose them."""
        return {}

    @abstractmethod
    def grammar(self, example: Example) -> str:
        """Return the grammar of this example's possible answers, as llguidance reads it (Lark).

        One text serves torch, MLX and llama.cpp.
        """

    def answer_schema(self, example: Example) -> dict[str, Any] | None:
        """Return the JSON schema of this example's possible answers; None where they are no JSON.

        For servers that know no other grammar, such as Ollama.
        """
        return None

    def repair(self, text: str, example: Example) -> Answer:
        """Return a freely decoded answer mended; its details report every mending."""
        return Answer(text)

    def plan(self, text: str, example: Example) -> Plan:
        """Return what is done with an answer: here it is typed, where the cursor stands."""
        return Plan(text, (f"type {text!r}",), undo=f"press Backspace {len(text)} times")

    def candidates(self, example: Example, k: int = 40) -> list[Candidate] | None:
        """List the answers a model may choose from, with the task's own scores (natural log).

        All scores are 0 where the task prefers none; None where answers cannot be listed.
        """
        return None

    def fitted_on(
        self, train: Sequence[Example] | None = None, progress: Progress = iter
    ) -> Task:
        """Return this task with what its candidates need fitted: on `train`, else its own rows."""
        return self

    def grade(self, predictions: Sequence[str], examples: Sequence[Example]) -> list[Grade]:
        """Grade answers against their examples' targets: right or wrong, nothing between."""
        targets = [example.target for example in examples]
        return [all_or_nothing(p, t) for p, t in zip(predictions, targets, strict=True)]

    @property
    def brief(self) -> Brief:
        """What a model is told that is to write rows of this task."""
        return Brief()

    def situation(self, example: Example) -> str:
        """Return what a row's context shows to somebody who speaks; empty without one."""
        return "" if example.context is None else json.dumps(example.context, ensure_ascii=False)

    def secrets(self, target: str) -> tuple[str, ...]:
        """Return texts that only the answer has: whoever says them gives it away."""
        return with_marks(target)

    @property
    def report(self) -> TaskReport:
        """What pages show of this task's rows and errors."""
        return TaskReport(self)


def shared_system(task: Task, examples: Iterable[Example]) -> str | None:
    """Return the system turn that all rows are put to a model with; None if they have several."""
    turns = {example.system or task.system for example in examples}
    return turns.pop() if len(turns) == 1 else None
