"""What the three jobs have in common: a task loads rows, answers without a model, and grades."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from helpers import paths, rows
from helpers.evaluation.buckets import Grade
from helpers.rows import Example

Progress = Callable[[Iterable], Iterable]


@dataclass(frozen=True)
class Answer:
    """An answer's text, and what its maker adds (a margin, a log-probability)."""

    text: str
    details: dict[str, Any] = field(default_factory=dict)


Answerer = Callable[[Example], Answer]


@dataclass(frozen=True)
class Table:
    """Something to look at in the data: a title, what to see in it, and rows for a data frame."""

    title: str
    about: str
    rows: list[dict[str, Any]]


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
        return rows.read_split(data_dir or self.data_dir, split)

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

    @abstractmethod
    def grammar(self, example: Example) -> str:
        """Return the grammar of this example's possible answers, as llguidance reads it (Lark).

        One text serves torch, MLX and llama.cpp.
        """

    @abstractmethod
    def grade(self, predictions: Sequence[str], examples: Sequence[Example]) -> list[Grade]:
        """Grade answers against their examples' targets."""

    @abstractmethod
    def measures(self, example: Example) -> dict[str, int | str]:
        """Return the facts of one row that are worth a histogram (numbers) or a count (texts)."""

    @abstractmethod
    def tables(self, train: Sequence[Example]) -> list[Table]:
        """Return what else notebook 01 should show of this task's rows."""
