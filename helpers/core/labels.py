"""`labels.json`, the list of answers that a label task allows."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from helpers.core.examples import DataError
from helpers.core.files import read_file

FILE = "labels.json"


def read_labels(folder: str | os.PathLike[str]) -> list[str]:
    """Read `labels.json`, the list of answers a label task allows; raises `DataError`."""
    path, labels = Path(folder) / FILE, load(folder)
    if _by_number(labels) is not None:
        raise DataError(
            f"{path}: has names by number; write a list of them, [\"label_one\", …], which "
            "'import-rows … --task support_label' does too"
        )
    if isinstance(labels, list) and labels and all(_is_number(label) for label in labels):
        raise DataError(f"{path}: lists numbers; write the labels' names, [\"label_one\", …]")
    if not isinstance(labels, list) or not all(isinstance(x, str) and x for x in labels):
        raise DataError(f"{path}: is not a list of label names; write [\"label_one\", …]")
    if not labels:
        raise DataError(f"{path}: names no label; write [\"label_one\", …]")
    if len(set(labels)) != len(labels):
        raise DataError(f"{path}: names a label twice; list each once")
    return labels


def load(folder: str | os.PathLike[str]) -> Any:
    """Return what `labels.json` holds; raises `DataError` if it is missing or no JSON."""
    path = Path(folder) / FILE
    try:
        return json.loads(read_file(path).decode("utf-8-sig"))
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); list the labels") from error
    except ValueError as error:
        raise DataError(f"{path}: is not JSON ({error}); write a list of label names") from error


def names(folder: str | os.PathLike[str]) -> list[str]:
    """Return the names of labels in the order of their numbers, from a list or names by number.

    Raises `DataError`.
    """
    numbered = _by_number(load(folder))
    return read_labels(folder) if numbered is None else numbered


def nearest(label: str, known: list[str]) -> str:
    """Return the label that is spelled most like a text; empty if none is.

    >>> nearest("Refund_Status ", ["refund_status", "late_parcel"]), nearest("xyz", ["late"])
    ('refund_status', '')
    """
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(
        label, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=60
    )
    return found[0] if found else ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _by_number(value: Any) -> list[str] | None:
    """Return names by number, `{"0": "late", …}` or the other way round, as a list; else None."""
    if not isinstance(value, dict) or not value:
        return None
    pairs = {str(key): name for key, name in value.items()}
    if all(isinstance(name, int) for name in pairs.values()):
        pairs = {str(number): name for name, number in pairs.items()}
    order = [str(number) for number in range(len(pairs))]
    whole = pairs.keys() == set(order) and all(isinstance(n, str) and n for n in pairs.values())
    return [pairs[number] for number in order] if whole else None
