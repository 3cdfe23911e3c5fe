"""What pages show of voice commands: how arguments are said, and the classes of wrong calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from helpers.core.examples import Example
from helpers.evaluation.errors import Error, ErrorClass
from helpers.tasks.desktop import errors, surface
from helpers.tasks.desktop.context import desktop_of
from helpers.tasks.report import OUTSIDE, Table, TaskReport


@dataclass(frozen=True)
class CommandReport(TaskReport):
    """Transcripts and the names beside them, actions, and why a call is wrong."""

    def answer_class(self, text: str) -> str:
        """Return the action, or that the answer is a note, or not of the form."""
        try:
            found = surface.parse_answer(text)
        except ValueError:
            return OUTSIDE
        return found.action or found.kind

    @property
    def error_classes(self) -> Mapping[str, str]:
        """The classes of wrong calls."""
        return errors.CLASSES

    @property
    def remedies(self) -> Mapping[str, str]:
        """What each class of errors asks for."""
        return errors.REMEDIES

    def classifier(self, train: Sequence[Example]) -> Callable[[Error], ErrorClass]:
        """Return what gives a wrong call its class."""
        return partial(errors.classify, parse=surface.parse_answer)

    def shape(self, target: str) -> str:
        """Return a call's action, or that it is a note."""
        return surface.parse_answer(target).action

    def measures(self, example: Example) -> dict[str, int | str]:
        """Return the transcript's length, the names on the desktop, and the action."""
        desktop = desktop_of(example)
        names = len(desktop.apps) + len(desktop.workspaces) if desktop else 0
        return {
            "words said": len(example.prompt.split()),
            "names on the desktop": names,
            "action": surface.parse_answer(example.target).action or "note",
        }

    def tables(self, train: Sequence[Example]) -> list[Table]:
        """Return how many argument names the transcript has as they are written."""
        return [_names_table(train)]


def _names_table(train: Sequence[Example]) -> Table:
    rows: dict[str, list[int]] = {}
    for example in train:
        for argument, value in surface.parse_answer(example.target).arguments.items():
            counts = rows.setdefault(argument, [0, 0])
            counts[0] += 1
            counts[1] += str(value).lower() in example.prompt.lower()
    return Table(
        "How arguments are said",
        "Where the transcript has the value as it is written, copying is enough; the rest is a "
        "nickname, a mangled name, or a word for a position.",
        [
            {"argument": name, "rows": n, "said as written": f"{said / n:.0%}"}
            for name, (n, said) in sorted(rows.items(), key=lambda item: -item[1][0])
        ],
        {name: n for name, (n, _) in rows.items()},
        "rows of train whose answer has the argument",
    )
