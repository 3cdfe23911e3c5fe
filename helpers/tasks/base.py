"""What the three jobs have in common: a task loads rows, answers without a model, and grades."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

from helpers.core import fingerprints, paths
from helpers.core.examples import Candidate, Example, read_split
from helpers.core.source import source_of
from helpers.evaluation import errors
from helpers.evaluation.errors import Error, ErrorClass
from helpers.evaluation.grading import Grade

OUTSIDE = "(outside)"  # the heading of an answer that no row can have
Progress = Callable[[Iterable], Iterable]


@dataclass(frozen=True)
class Answer:
    """An answer's text, what its maker adds, and its margin, as a `Prediction` has it."""

    text: str
    details: dict[str, Any] = field(default_factory=dict)
    margin: float | None = None


Answerer = Callable[[Example], Answer]

Lister = Callable[[Example, int], list[str]]
"""Lists the best answers to an example, at most as many as asked for, best first."""


@dataclass(frozen=True)
class Step:
    """A way to answer without a neural model: a name, what it does, and what answers.

    `candidates` lists further answers where the step ranks more than one.
    """

    name: str
    about: str
    answer: Answerer
    candidates: Lister | None = None


@dataclass(frozen=True)
class Table:
    """Something to look at in the data: a title, what to see in it, and rows for a data frame.

    `bars` are counts worth a picture, by name, and `bars_label` says what they count.
    """

    title: str
    about: str
    rows: list[dict[str, Any]]
    bars: dict[str, int] = field(default_factory=dict)
    bars_label: str = ""


@dataclass(frozen=True)
class Task(ABC):
    """A narrow job. A fourth one is one new file with one such class.

    `folder` holds the rows; None means the bundled ones. `variant` is how a model is asked, one
    of `variants`; empty means the first.
    """

    variants: ClassVar[tuple[str, ...]] = ("raw",)

    name: str
    title: str
    system: str
    open_targets: bool = True  # targets are free text, not one of a few labels
    folder: Path | None = None
    variant: str = ""

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

    def fingerprint(self) -> str:
        """Return a name for all that answers depend on beside rows: code, variant, versions."""
        code = source_of(type(self).__module__)
        return fingerprints.digest(self.name, self.variant, code, self.inputs())

    def inputs(self) -> dict[str, Any]:
        """Return what else answers depend on, such as a list of labels."""
        return {}

    def example_of(self, line: str, number: int = 0) -> Example:
        """Return the example that one line of input asks for; its target is not known."""
        return Example(str(number), line, "", self.system)

    def aspects(self, prediction: str, example: Example) -> dict[str, bool]:
        """Return what else may be right or wrong about an answer, beside all of it."""
        return {}

    @abstractmethod
    def rules(self) -> Answerer:
        """Return what answers by rules alone."""

    @abstractmethod
    def fit_baseline(self, train: Sequence[Example], progress: Progress = iter) -> Answerer:
        """Fit and return the best answerer without a neural model."""

    def ladder(self, train: Sequence[Example], progress: Progress = iter) -> list[Step]:
        """Return the ways to answer without a neural model, from the plainest to the best.

        A step that these rows cannot fit is left out.
        """
        return [
            Step("rules", "rules alone", self.rules()),
            Step("baseline", "fitted on train", self.fit_baseline(train, progress)),
        ]

    def same_text(
        self, train: Sequence[Example], text: Sequence[Example], progress: Progress = iter
    ) -> Step | None:
        """Return the best baseline fitted on train and on what a base has read.

        None where nothing is fitted, so that no text could help.
        """
        return None

    def fitted_on_text(
        self, train: Sequence[Example], text: Sequence[Example], progress: Progress = iter
    ) -> Task:
        """Return this task with candidates as `same_text` ranks them."""
        return self.fitted_on(train, progress)

    def chosen(self, train: Sequence[Example], progress: Progress = iter) -> dict[str, Any]:
        """Return the baseline's settings, as folds of `train` choose them."""
        return {}

    @abstractmethod
    def grammar(self, example: Example) -> str:
        """Return the grammar of this example's possible answers, as llguidance reads it (Lark).

        One text serves torch, MLX and llama.cpp.
        """

    def repair(self, text: str, example: Example) -> Answer:
        """Return a freely decoded answer mended; its details report every mending."""
        return Answer(text)

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

    @abstractmethod
    def grade(self, predictions: Sequence[str], examples: Sequence[Example]) -> list[Grade]:
        """Grade answers against their examples' targets."""

    @property
    @abstractmethod
    def error_classes(self) -> Mapping[str, str]:
        """The classes of this task's errors, each with its meaning, in the order they are tried."""

    @property
    @abstractmethod
    def remedies(self) -> Mapping[str, str]:
        """What each class of this task's errors asks for: rows of a kind, or a mending."""

    def error_table(self, found: Iterable[ErrorClass]) -> list[dict[str, Any]]:
        """Return a row for each class: its name, count, meaning, and what it asks for.

        Raises `ValueError` for an error of another task's class.
        """
        return [
            {"class": name, "count": count, "means": means, "asks for": self.remedies[name]}
            for (name, count), means in zip(
                errors.counts(found, self.error_classes).items(),
                self.error_classes.values(),
                strict=True,
            )
        ]

    def error_kind(self, error: Error) -> str:
        """Name an error's kind: what to mend in a text, or the label or action that was missed."""
        if self.open_targets:
            return error.kind
        facts = self.measures(error.example)
        return next((fact for fact in facts.values() if isinstance(fact, str)), error.kind)

    @abstractmethod
    def classifier(self, train: Sequence[Example]) -> Callable[[Error], ErrorClass]:
        """Return what gives a wrong answer its class; what has to be learned for it is of `train`.

        It raises `ValueError` for an answer that is right.
        """

    def heading(self, text: str) -> str:
        """Return which of a few kinds an answer is; empty where a job's answers have none.

        The label itself of a label, the action of a call: what a confusion matrix counts.
        """
        return ""

    def shape(self, target: str) -> str:
        """Return what a target has in common with others of its kind: all of it, of a label."""
        return target

    @abstractmethod
    def measures(self, example: Example) -> dict[str, int | str]:
        """Return the facts of one row that are worth a histogram (numbers) or a count (texts)."""

    @abstractmethod
    def tables(self, train: Sequence[Example]) -> list[Table]:
        """Return what else notebook 01 should show of this task's rows."""
