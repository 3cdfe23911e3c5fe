"""A sweep as a table: a row a cell, or a row a score where a notebook has several."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from helpers.sweep.cells import Cell
from helpers.sweep.grid import shorter

TRAINED = (
    "run", "train_rows", "trainable_weights", "total_weights", "best_step", "steps_taken",
    "seconds", "adapter_bytes",
)  # fmt: skip
SECTIONS = ("data.", "train.", "score.", "parameters.")
SCORED = ("split", "n", "seconds_median", "commit")


def read(folder: Path) -> list[dict[str, Any]]:
    """Return the rows that a sweep left in its folder."""
    return json.loads((folder / "sweep.json").read_text(encoding="utf-8"))["cells"]


def rows(cells: Sequence[Cell], failed: Mapping[Path, str]) -> list[dict[str, Any]]:
    """Return a row for each cell: its parameters, its scores with intervals, times, sizes.

    A cell that has no record yet has its `error` instead.
    """
    return [row for cell in cells for row in _rows(cell, failed.get(cell.folder, ""))]


def _rows(cell: Cell, error: str) -> list[dict[str, Any]]:
    row = {"label": cell.label, "folder": cell.folder.name} | cell.values
    if error:
        return [row | {"error": error}]
    record = cell.record()
    row["seconds"] = record["cell"]["seconds"]
    training = cell.training.record() if cell.training else record
    row |= {f"training.{name}": training[name] for name in TRAINED if "best_step" in training}
    return [row | _scores(found) for found in record.get("scores") or [record]]


def _scores(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a record tells of scores, the bounds of an interval each in a column."""
    row = {name: record[name] for name in ("name", "run", *SCORED) if name in record}
    for name in ("exact", "effective"):
        if name in record:
            row[name] = record[name]
        if f"{name}_ci" in record:
            row[f"{name}_low"], row[f"{name}_high"] = record[f"{name}_ci"]
    if "mix" in record.get("settings", {}):
        row["mix"] = record["settings"]["mix"]
    return row


def shown(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the table as text: what the cells differ in, scores in percent, seconds.

    >>> one = {"task": "a", "score.limit": 2, "n": 2, "exact": 0.5, "seconds": 3.0}
    >>> print(shown([one, one | {"score.limit": 4, "exact": 1.0}]))
    limit  n  exact %  seconds
        2  2     50.0      3.0
        4  2    100.0      3.0
    """
    import pandas as pd

    names = dict.fromkeys(name for row in rows for name in row)
    values = [n for n in names if n in ("task", "variant", "notebook") or n.startswith(SECTIONS)]
    several = [n for n in values if len({str(row[n]) for row in rows if n in row}) > 1]
    lines = [
        {short: row[name] for name, short in shorter(several).items() if name in row}
        | _measured(row)
        for row in rows
    ]
    return pd.DataFrame(lines).astype(object).fillna("").to_string(index=False)


def _measured(row: Mapping[str, Any]) -> dict[str, Any]:
    line = {name: row[name] for name in ("name", "n") if name in row}
    for name in ("exact", "effective"):
        if name in row:
            line[f"{name} %"] = f"{100 * row[name]:.1f}"
        if f"{name}_low" in row:
            bounds = (row[f"{name}_low"], row[f"{name}_high"])
            line[f"{name} 95 %"] = "–".join(f"{100 * bound:.1f}" for bound in bounds)
    return line | {name: row[name] for name in ("seconds", "error") if name in row}
