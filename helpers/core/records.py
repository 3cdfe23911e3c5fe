"""What records and answers may hold, so that damaged ones are named instead of used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.core import fingerprints, paths
from helpers.core.examples import Example, Prediction, read_rows, read_split

TEXTS = (
    "task", "run", "split", "engine", "content", "fingerprint", "base", "base_digest", "variant",
    "backend", "adapter_digest", "template_digest", "tokenizer_digest", "precision", "decode",
)  # fmt: skip
TEXTS_OR_NONE = ("system", "base_revision", "base_license")  # none: several, or not known
NUMBERS = (
    "mix", "n", "exact", "effective", "seconds_median", "seconds_p95", "weights", "total_weights",
    "trainable_weights", "train_rows", "peak_memory_mb", "rank", "alpha", "seed", "best_step",
)  # fmt: skip
OBJECTS = ("settings", "versions", "hardware", "aspects")
KINDS: dict[str, tuple[Any, str]] = (
    dict.fromkeys(TEXTS, (str, "a text"))
    | dict.fromkeys(TEXTS_OR_NONE, ((str, type(None)), "a text"))
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
    if not 0 <= record.get("mix", 0) <= 1:
        raise ValueError(
            f"{path}: 'mix' is {record['mix']}, no weight from 0 to 1; mend it, or make that run "
            "again"
        )
    return record


def prediction(
    id_: Any, text: Any, seconds: Any, margin: Any = None, details: Any = None
) -> Prediction:
    """Return the prediction of what was read; raises `TypeError` for what is none.

    >>> prediction("1", None, 0.1)
    Traceback (most recent call last):
    TypeError: text is None
    """
    number = (int, float)
    for name, value, types in (
        ("id", id_, str), ("text", text, str), ("seconds", seconds, number),
        ("margin", margin, (*number, type(None))), ("details", details, (dict, type(None))),
    ):  # fmt: skip
        if not isinstance(value, types) or isinstance(value, bool):
            raise TypeError(f"{name} is {value!r:.80}")
    return Prediction(id_, text, seconds, margin, details or {})


def commits(record: dict[str, Any]) -> list[str | None]:
    """Return every commit that has a say in a record.

    >>> commits({"commit": "a", "resumed": [{"commit": "b"}], "graded_commit": "c"})
    ['a', 'b', 'c']
    """
    resumed = [one["commit"] for one in record.get("resumed", ())]
    graded = [record["graded_commit"]] if "graded_commit" in record else []
    return [record.get("commit"), *resumed, *graded]


def uncommitted(record: dict[str, Any]) -> bool:
    """Return whether code or data that no commit holds has a say in a record."""
    return any("dirty" in (commit or "dirty") for commit in commits(record))


def on_bundled_rows(record: dict[str, Any]) -> bool:
    """Return whether a score is of the rows in `data/`, and so are those it was fitted on."""
    told, folder = record.get("settings", {}), paths.data(record["task"])
    used = [(read_split(folder, record["split"]), record["n"], record["content"])]
    if "train_content" in told:
        used.append((_trained_on(record), told["train_rows"], told["train_content"]))
    return all(
        fingerprints.digest([example.row() for example in rows[:n]]) == content
        for rows, n, content in used
    )


def _trained_on(record: dict[str, Any]) -> list[Example]:
    """Return the bundled rows that a score's engine is fitted on: a pipeline's file names them."""
    file = paths.data("pipeline") / f"{record['task']}.json"
    if record["engine"] != "pipeline" or not file.is_file():
        return read_split(paths.data(record["task"]), "train")
    names = json.loads(file.read_text(encoding="utf-8"))["rows"]
    return [row for name in names for row in read_rows(file.parent / name)]
