"""The other rungs' committed scores, to stand beside those that a page measures."""

from __future__ import annotations

from typing import Any

from helpers.core import runs
from helpers.course import scoreboard
from helpers.models import folders


def beside(base: str, record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the records of other bases on the rows of `record`, each with a `name`.

    None where these rows have no committed records, such as a few of them, or rows of your own.
    """
    return [
        {"name": scoreboard.engine(one)} | one
        for one in runs.committed()
        if one["engine"] == "torch"
        and all(one[key] == record[key] for key in ("task", "split", "content"))
        and not same_base(one["settings"]["base"], base)
    ]


def same_base(one: str, other: str) -> bool:
    """Return whether two names mean one base.

    >>> same_base("tiny-2m", "data/tiny_base/2m"), same_base("tiny-2m", "smollm2-135m")
    (True, False)
    """
    return (
        one == other
        or folders.local(one) is not None
        and folders.local(one) == folders.local(other)
    )
