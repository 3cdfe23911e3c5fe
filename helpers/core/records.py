"""What a record's fields may be, so that a damaged one is named instead of used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXTS = (
    "task", "run", "split", "engine", "content", "fingerprint", "base", "base_digest", "variant",
    "trainer", "adapter_digest", "precision", "decode",
)  # fmt: skip
NUMBERS = (
    "mix", "n", "exact", "effective", "seconds_median", "seconds_p95", "weights", "total_weights",
    "trainable_weights", "train_rows", "peak_memory_mb",
)  # fmt: skip
OBJECTS = ("settings", "versions", "hardware", "aspects")
KINDS: dict[str, tuple[Any, str]] = (
    dict.fromkeys(TEXTS, (str, "a text"))
    | dict.fromkeys(NUMBERS, ((int, float), "a number"))
    | dict.fromkeys(OBJECTS, (dict, "an object"))
)


def checked(record: Any, path: Path) -> dict[str, Any]:
    """Return a record whose fields are of their types; raises `ValueError` that names another.

    >>> checked({"base": 7}, Path("record.json"))
    Traceback (most recent call last):
    ValueError: record.json: 'base' is 7, not a text; mend it, or make that run again
    """
    if not isinstance(record, dict):
        raise ValueError(f"{path}: is not a JSON object; copy it again, or make that run again")
    for name in KINDS.keys() & record.keys():
        types, meaning = KINDS[name]
        if not isinstance(record[name], types) or isinstance(record[name], bool):
            shown = json.dumps(record[name])[:80]
            raise ValueError(
                f"{path}: {name!r} is {shown}, not {meaning}; mend it, or make that run again"
            )
    return record
