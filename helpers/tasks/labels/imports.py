"""Labels as other people's rows have them: in another case, or as numbers with names elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.core import labels


def known(folder: Path | None, near: Path) -> list[str]:
    """Return the labels that `labels.json` lists, in `folder` or beside the rows; else none.

    Raises `DataError` for one that cannot be read.
    """
    places = [place for place in (folder, near) if place and (place / labels.FILE).exists()]
    return labels.names(places[0]) if places else []


def label_of(answer: Any, known: list[str]) -> str:
    """Return the label that an answer is; raises `ValueError` that says what is missing.

    >>> label_of(1, ["late", "lost"]), label_of("1", ["late", "lost"]), label_of("Lost ", ["lost"])
    ('lost', 'lost', 'lost')
    """
    number = _number(answer)
    if number is not None and str(answer) not in known:
        if not known:
            raise ValueError(
                f"answers with the number {number}, and no labels.json beside the file names it; "
                'write one, ["label_of_0", "label_of_1", …]'
            )
        if not 0 <= number < len(known):
            raise ValueError(f"answers with the number {number}; labels.json names {len(known)}")
        return known[number]
    if not isinstance(answer, str):
        raise ValueError(f"answers with {answer!r}, which is no label")
    if not known or answer in known:
        return answer.strip() if not known else answer
    same = [label for label in known if _plain(label) == _plain(answer)]
    if len(same) == 1:
        return same[0]
    near = labels.nearest(answer, known)
    hint = f"; the nearest is {near!r}" if near else ""
    raise ValueError(f"answers with {answer!r}, which labels.json does not list{hint}")


def _number(answer: Any) -> int | None:
    """Return an answer that is a whole number, written as one or as a text."""
    if isinstance(answer, bool):
        return None
    if isinstance(answer, float):
        return int(answer) if answer.is_integer() else None
    if isinstance(answer, str):
        return int(answer) if answer.strip().isdecimal() else None
    return answer if isinstance(answer, int) else None


def _plain(label: str) -> str:
    return " ".join(label.replace("_", " ").replace("-", " ").split()).casefold()
