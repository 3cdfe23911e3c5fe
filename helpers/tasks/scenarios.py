"""What a task tells a model that is to write its rows: who speaks, and in which ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from helpers.core.examples import Example
from helpers.evaluation.grading import collapse

MIXED = "mixed"  # all scenarios of a task in turn


def every(row: Example) -> bool:
    """Want any row."""
    return True


@dataclass(frozen=True)
class Scenario:
    """A way of speaking: `how` tells a model what it is like, `wants` picks rows that suit it."""

    name: str
    how: str
    wants: Callable[[Example], bool] = every


PLAIN = Scenario("plain", "They say it in their own words, as people do.")


@dataclass(frozen=True)
class Brief:
    """What a model is told: `who` says or writes what, and what an answer is called.

    `rows` names the stream or data folder whose rows suit the scenarios; empty: the task's own.
    """

    who: str = "Somebody puts a request into words."
    answer: str = "answer"
    scenarios: tuple[Scenario, ...] = (PLAIN,)
    rows: str = ""

    def choose(self, name: str) -> tuple[Scenario, ...]:
        """Return the scenario of a name, or all for `mixed`; raises `ValueError` with the names.

        >>> [scenario.name for scenario in Brief().choose("mixed")]
        ['plain']
        """
        if name == MIXED:
            return self.scenarios
        found = tuple(scenario for scenario in self.scenarios if scenario.name == name)
        if not found:
            known = ", ".join((MIXED, *(scenario.name for scenario in self.scenarios)))
            raise ValueError(f"there is no scenario {name!r}; choose one of {known}")
        return found


def with_marks(target: str) -> tuple[str, ...]:
    """Return a target if it has a mark that nobody says; else nothing of it gives it away.

    >>> with_marks("ls -l"), with_marks("git status")
    (('ls -l',), ())
    """
    text = collapse(target)
    return (text,) if re.search(r"[^\w\s]|_", text) else ()


def has_trait(*traits: str) -> Callable[[Example], bool]:
    """Return what wants rows with one of some traits, as generators note them.

    Rows without such notes, such as a reader's own, suit any scenario.
    """
    return lambda row: any(trait in row.extra.get("traits", traits) for trait in traits)


def gives_away(text: str, secrets: Sequence[str]) -> bool:
    """Say whether a text holds what only an answer has, whatever its case.

    >>> gives_away("please run LS  -L", ["ls -l"])
    True
    """
    plain = collapse(text).casefold()
    return any(collapse(secret).casefold() in plain for secret in secrets)
