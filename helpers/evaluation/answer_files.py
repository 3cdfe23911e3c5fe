"""Two files that `score --out` wrote, compared row by row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.evaluation.comparison import paired


def compare_files(first: Path, second: Path) -> dict[str, Any]:
    """Compare two files that `score --out` wrote, row by row.

    Raises `ValueError` for another file, and unless both answer the same rows.
    """
    files = [_predictions(path) for path in (first, second)]
    rows = [[(row["id"], row["target"]) for row in found] for found in files]
    if rows[0] != rows[1]:
        raise ValueError(
            f"{first} and {second} do not answer the same rows; score both on the same split"
        )
    hits = [[row["bucket"] == "exact" for row in found] for found in files]
    shares = {"first": sum(hits[0]) / len(rows[0]), "second": sum(hits[1]) / len(rows[0])}
    groups = [row["group"] for row in files[0]]
    return {"n": len(groups)} | shares | paired(hits[0], hits[1], groups)


def _predictions(path: Path) -> list[dict[str, Any]]:
    """Read a file that `score --out` wrote; raises `ValueError` that names the line of another."""
    if not path.is_file():
        raise ValueError(f"{path}: there is no such file; give one that 'score --out' wrote")
    found = []
    for number, line in enumerate(path.read_bytes().splitlines() or [b""], 1):
        try:
            found.append(json.loads(line))
            fields = [found[-1][name] for name in ("id", "group", "target", "bucket")]
            whole = all(isinstance(value, str) for value in fields)
        except (ValueError, LookupError, TypeError, RecursionError):
            whole = False
        if not whole:
            what = f"{path} line {number}: is no graded answer"
            raise ValueError(f"{what}; give a file that 'score --out' wrote")
    return found
