"""What a cell needs on another machine, by content, and how what it made comes home.

On a node an input lies in the folder `inputs` of the clone there, so that its name is the same on
all nodes. In records that come home it has the name that it has here.
"""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from helpers.core import bundle, paths, runs
from helpers.core.bundle import Bundle
from helpers.sweep import node
from helpers.sweep.cells import Cell
from helpers.sweep.grid import SweepError, section
from helpers.sweep.running import order

PATHS = ("data.folder", "score.model", "train.base", "notebook")  # and a notebook's parameters
RECORD = "record.json"


@dataclass(frozen=True)
class Shipment:
    """A cell's order as another machine can carry it out, and what it needs there."""

    order: dict[str, Any]
    folders: Mapping[str, Bundle]  # by their place below the clone there
    names: Mapping[str, str]  # what an input is called here, by its name there


def shipment(cell: Cell, code: Bundle, threads: int) -> Shipment:
    """Return what is sent for a cell whose training, if it has one, is finished here.

    Raises `SweepError` for what can only be done here.
    """
    if cell.values.get("score.engine") == "api":
        raise SweepError(
            f"{cell.label}: 'api' asks an endpoint with a key, and no key travels; run it here"
        )
    placed = {name: _placed(name, code) for name in _paths(cell)}
    there = {name: place for name, (place, _) in placed.items()}
    shown = {paths.shown(_here(name)): place for name, place in there.items()}  # as records have it
    more = {"folder": cell.folder.name, "commit": runs.commit(), "threads": threads}
    return Shipment(
        renamed(order(cell), there | shown) | more,
        {f"inputs/{content.digest}": content for _, content in placed.values() if content},
        {place: name for name, place in shown.items()},
    )


def _paths(cell: Cell) -> list[str]:
    """Return the files and folders that a cell names; those of the hub are no paths."""
    named = [cell.values[name] for name in PATHS if name in cell.values]
    named += section(cell.values, "parameters").values()
    settings = (cell.training or cell).settings
    named += [settings[0].base] if settings else []
    texts = [name for name in named if isinstance(name, str) and name]
    return [name for name in dict.fromkeys(texts) if _here(name).exists()]


def _here(name: str) -> Path:
    """Return the path that is named: from here, or else below the project."""
    path = Path(name).expanduser()
    return path if path.exists() else paths.root() / path


def _placed(name: str, code: Bundle) -> tuple[str, Bundle | None]:
    """Return what a path is called there, and its content if the clone does not have it."""
    place = _here(name)
    content = bundle.bundle(place.parent, [place.name]) if place.is_file() else _folder(place)
    if {paths.shown(content.folder / file) for file in content.files} <= set(code.files):
        return paths.shown(place), None
    there = f"inputs/{content.digest}"
    return f"{there}/{place.name}" if place.is_file() else there, content


def _folder(place: Path) -> Bundle:
    """Return what of a folder travels: its rows, a run's adapter, or a model."""
    if (place / "adapter").is_dir():
        return run(place)
    rows = bundle.rows(place)
    return rows if rows.files else bundle.model(place)


def run(place: Path) -> Bundle:
    """Return what another machine needs of a run: its adapter, and last the record."""
    adapter = [f"adapter/{file.name}" for file in (place / "adapter").iterdir()]
    return bundle.bundle(place, [*adapter, RECORD])


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Return JSON-like data in which some paths are others.

    >>> renamed({"model": "a/b", "base": "a", "n": 3}, {"a": "inputs/1"})
    {'model': 'inputs/1/b', 'base': 'inputs/1', 'n': 3}
    """
    if isinstance(value, dict):
        return {key: renamed(one, names) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [renamed(one, names) for one in value]
    if not isinstance(value, str):
        return value
    found = (name for name in names if value == name or value.startswith(f"{name}/"))
    old = max(found, key=len, default="")
    return names[old] + value[len(old) :] if old else value


def pack(content: Bundle, names: Mapping[str, str]) -> bytes:
    """Return a bundle's files, packed, its record with other names."""
    if not names:
        return node.pack(content.folder, content.files)
    with TemporaryDirectory() as part:
        for file in content.files:
            (Path(part) / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(content.folder / file, Path(part) / file)
        runs.write(Path(part), renamed(runs.read(content.folder), names))
        return node.pack(Path(part), content.files)


def unpack(packed: bytes, names: Mapping[str, str]) -> None:
    """Put what a cell made where runs lie, the record that finishes it last."""
    top = paths.runs()
    top.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".", dir=top) as part:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(part, filter="data")
            files = archive.getnames()
        for name in files:
            file = Path(part, name)
            if file.name == RECORD:
                record = json.loads(file.read_text(encoding="utf-8"))
                runs.write(file.parent, renamed(record, names))
            (top / name).parent.mkdir(parents=True, exist_ok=True)
            file.replace(top / name)
