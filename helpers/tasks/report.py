"""What pages show of a job: facts of its rows, tables, and the classes of its errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from helpers.core.examples import Example
from helpers.evaluation import errors
from helpers.evaluation.errors import Error, ErrorClass, not_an_error
from helpers.evaluation.grading import collapse

if TYPE_CHECKING:
    from helpers.tasks.base import Task

OUTSIDE = "(outside)"  # the class of an answer that no row can have


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
class TaskReport:
    """What notebooks 01 and 07 show of a task; every part has a plain default."""

    task: Task

    def measures(self, example: Example) -> dict[str, int | str]:
        """Return the facts of one row that are worth a histogram (numbers) or a count (texts)."""
        return {"words": len(example.prompt.split()), "characters": len(example.target)}

    def tables(self, train: Sequence[Example]) -> list[Table]:
        """Return what else notebook 01 should show of this task's rows."""
        return []

    def answer_class(self, text: str) -> str:
        """Return which of a few kinds an answer is; empty where a job's answers have none.

        The label itself of a label, the action of a call: what a confusion matrix counts.
        """
        return ""

    def shape(self, target: str) -> str:
        """Return what a target has in common with others of its kind: all of it, of a label."""
        return target

    @property
    def error_classes(self) -> Mapping[str, str]:
        """The classes of this task's errors, each with its meaning, in the order they are tried."""
        return {"wrong": "another answer than the target"}

    @property
    def remedies(self) -> Mapping[str, str]:
        """What each class of this task's errors asks for: rows of a kind, or a mending."""
        return {"wrong": "reading: what do these rows have in common?"}

    def classifier(self, train: Sequence[Example]) -> Callable[[Error], ErrorClass]:
        """Return what gives a wrong answer its class; what has to be learned for it is of `train`.

        It raises `ValueError` for an answer that is right.
        """
        return wrong

    def error_table(self, classes: Iterable[ErrorClass]) -> list[dict[str, Any]]:
        """Return a row for each class: its name, count, meaning, and what it asks for.

        Raises `ValueError` for an error of another task's class.
        """
        return [
            {"class": name, "count": count, "means": means, "asks for": self.remedies[name]}
            for (name, count), means in zip(
                errors.counts(classes, self.error_classes).items(),
                self.error_classes.values(),
                strict=True,
            )
        ]

    def error_kind(self, error: Error) -> str:
        """Name an error's kind: what to mend in a text, or the label or action that was missed."""
        if self.task.open_targets:
            return error.kind
        facts = self.measures(error.example)
        return next((fact for fact in facts.values() if isinstance(fact, str)), error.kind)


def wrong(error: Error) -> ErrorClass:
    """Return the one class of a task that tells no errors apart.

    >>> wrong(Error(Example("1", "two and two", "4"), "5", None, False))
    ErrorClass(name='wrong', evidence='4 → 5')
    """
    if collapse(error.answer) == collapse(error.example.target):
        raise not_an_error(error.example.id)
    return ErrorClass("wrong", f"{error.example.target} → {error.answer or 'no answer'}")
