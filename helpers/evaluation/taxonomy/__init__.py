"""Why an answer is wrong: rules that give every error exactly one class of its task.

A task's module has `CLASSES`, each with its meaning, in the order in which they are tried,
`REMEDIES`, what each asks for, and `classify`, which returns the first class that fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class ErrorClass:
    """The class of an error, and the piece of the answer that shows it."""

    name: str
    evidence: str


def counts(found: Iterable[ErrorClass], classes: Iterable[str]) -> dict[str, int]:
    """Count the errors of each class, in the order of `classes`, those without errors as well.

    Raises `ValueError` for an error of none of these classes.

    >>> counts([ErrorClass("casing", "-l → -L")], ["loop", "casing"])
    {'loop': 0, 'casing': 1}
    """
    names = list(classes)
    counted = Counter(one.name for one in found)
    if unknown := sorted(counted.keys() - set(names)):
        raise ValueError(f"{unknown[0]!r} is not among {', '.join(names)}; count one task's errors")
    return {name: counted[name] for name in names}


def right(id_: str) -> ValueError:
    """Return what to raise for an answer that is no error."""
    return ValueError(f"{id_}: the answer is right; classify wrong answers alone")
