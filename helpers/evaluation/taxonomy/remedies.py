"""What each class of a task's errors means, and which rows or other remedy it asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from helpers.evaluation.taxonomy import ErrorClass, bash, counts, labels, voice

MODULES = {"dictated_bash": bash, "support_label": labels, "voice_command": voice}


def table(task: str, found: Iterable[ErrorClass]) -> list[dict[str, Any]]:
    """Return a row for each class of a task: its name, count, meaning, and what it asks for.

    Raises `ValueError` for an error of another task's class.

    >>> table("support_label", [ErrorClass("outside", "thanks")])[0]["count"]
    1
    """
    module = MODULES[task]
    return [
        {
            "class": name,
            "count": count,
            "means": module.CLASSES[name],
            "asks for": module.REMEDIES[name],
        }
        for name, count in counts(found, module.CLASSES).items()
    ]
