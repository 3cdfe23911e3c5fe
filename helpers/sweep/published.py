"""A finished sweep as one small file, to be committed: `data/records/sweeps/<name>.jsonl`.

The first line numbers the groups of the graded rows; then comes a line a score, with a 1 or a 0 for
each row. Whoever has the file can pair any two of its scores row by row, without a model, without
data, and without running anything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import prod
from pathlib import Path
from typing import Any

from helpers import tasks
from helpers.core import fingerprints, paths, records, runs
from helpers.core.examples import Example, parse_row
from helpers.core.files import replace_file
from helpers.models import folders
from helpers.sweep import cells
from helpers.sweep.cells import Cell
from helpers.sweep.grid import SweepError

SCORED = (
    "task", "engine", "split", "content", "n", "exact", "exact_ci", "effective", "effective_ci",
    "validation",
    "seconds_median", "seconds_p95", "peak_memory_mb", "commit", "created", "versions", "hardware",
    "graded_commit", "resumed",
)  # fmt: skip
TRAINED = (
    "profile", "backend", "base", "precision", "trainable_weights", "total_weights", "train_rows",
    "tokens", "best_step", "steps_taken", "seconds", "seconds_training", "peak_memory_mb", "run",
    "commit",
)  # fmt: skip


def publish(file: str | Path) -> Path:
    """Write a sweep's scores to `data/records/sweeps/`; return the file.

    Raises `SweepError` for a cell that is not finished, and for one made with code or data that
    no commit holds: nobody could make it again.
    """
    found = cells.read(file)
    for cell in found:
        if not cell.finished:
            raise SweepError(f"{file}: {cell.label} is not finished; run the sweep, then publish")
    made = {one.folder: one for cell in found for one in (cell.training, cell) if one}
    if loose := [one for one in made.values() if records.uncommitted(one.record())]:
        kept = [one for cell in loose for one in (cell.folder.name, cell.record().get("run"))]
        what = f"{'; '.join(cell.label for cell in loose)}: made with uncommitted changes"
        gone = " ".join(filter(None, kept))
        raise SweepError(f"{file}: {what}; commit them, remove {gone} and run the sweep again")
    groups: dict[str, list[int]] = {}
    lines = [line(cell, groups) for cell in found if "score.engine" in cell.values]
    if not lines:
        raise SweepError(f"{file}: scores nothing that could be published; add a score section")
    head = {"sweep": paths.shown(Path(file)), "groups": groups}
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in (head, *lines))
    path = folder() / f"{Path(file).stem}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, text)
    return path


def line(cell: Cell, groups: dict[str, list[int]]) -> dict[str, Any]:
    """Return what is published of a cell: its values, its record, and which rows were right.

    `groups` gets the number of each row's group, under the digest of the rows.
    """
    record, task = cell.record(), cells.task_of(cell.values)
    rows = task.load(record["split"])[: record["n"]]
    answers = runs.finished(paths.runs() / record["run"])
    if record["content"] not in groups:
        numbers = {group: at for at, group in enumerate(dict.fromkeys(row.group for row in rows))}
        groups[record["content"]] = [numbers[row.group] for row in rows]
    if any(row.id not in answers for row in rows):
        what = f"{cell.label}: its answers in {record['run']} are gone"
        raise SweepError(f"{what}; remove {cell.folder.name} and run the sweep again")
    grades = task.grade([answers[row.id].text for row in rows], rows)
    metadata = {"label": cell.label, "values": cell.values}
    metadata |= {name: record[name] for name in SCORED if name in record}
    if "mix" in record["settings"]:
        metadata["mix"] = record["settings"]["mix"]
    if "score.model" in cell.values:
        metadata |= _weights(record["engine"], record["settings"])
    if cell.training:
        training = cell.training.record()
        metadata["training"] = {name: training[name] for name in TRAINED if name in training}
    return metadata | {"right": "".join("01"[grade.exact] for grade in grades)}


def _weights(engine: str, settings: Mapping[str, Any]) -> dict[str, int]:
    """Return, as "weights", how many a score's model has; nothing for one behind an endpoint."""
    if engine == "api":
        return {}
    if engine == "gguf":
        from helpers.engines.gguf.loading import find
        from helpers.engines.gguf.server import LlamaServer

        server = LlamaServer(find(settings["model"]))
        return {"weights": server.ask("/v1/models")["data"][0]["meta"]["n_params"]}
    place = folders.resolve(settings["base"], settings.get("base_revision", ""))
    return {"weights": weights_in(place.folder)}


def weights_in(folder: Path) -> int:
    """Return how many weights a model's folder holds, quantized by MLX or not.

    >>> weights_in(paths.root() / "data" / "tiny_base" / "2m")
    2067840
    """
    from safetensors import safe_open

    sizes: dict[str, int] = {}
    for file in folder.glob("*.safetensors"):
        with safe_open(file, "np") as tensors:
            shapes = {n: tensors.get_slice(n).get_shape() for n in tensors.offset_keys()}
        sizes |= {name: prod(shape) for name, shape in shapes.items()}
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    group = config.get("quantization", {}).get("group_size", 1)  # weights that share a scale
    total = 0
    for name, size in sizes.items():
        layer, _, kind = name.rpartition(".")
        packed = {"scales": group, "weight": 0, "biases": 0} if f"{layer}.scales" in sizes else {}
        total += size * packed.get(kind, 1)
    return total


def earlier_rows(task: str, split: str) -> list[Example]:
    """Return a split's bundled rows as they stood before some were mended; none if none were.

    `earlier_rows.json` beside the sweeps keeps those rows whole, so what a sweep was graded on can
    still be checked.
    """
    file = folder() / "earlier_rows.json"
    kept = json.loads(file.read_text(encoding="utf-8")).get(task, []) if file.exists() else []
    earlier = {row["id"]: parse_row(row, 0) for row in kept}
    rows = tasks.get(task).load(split)
    some = earlier.keys() & {row.id for row in rows}
    return [earlier.get(row.id, row) for row in rows] if some else []


def mended_since(line: Mapping[str, Any]) -> int:
    """Return how many of a published score's rows were mended after they had graded it."""
    now = tasks.get(line["task"]).load(line["split"])[: line["n"]]
    then = earlier_rows(line["task"], line["split"])[: line["n"]]
    if not then or line["content"] != fingerprints.digest([row.row() for row in then]):
        return 0
    return sum(one != other for one, other in zip(now, then, strict=True))


def folder() -> Path:
    """Return the folder of the published sweeps."""
    return paths.root() / "data" / "records" / "sweeps"


def baselines(file: Path, lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the scores beside a sweep that nothing was trained for: those of the same rows.

    They stand in `<name>-baselines.jsonl`. What the sweep has itself is left out.
    """
    beside = file.with_name(f"{file.stem}-baselines.jsonl")
    known = {(line["content"], _untrained(line)) for line in lines if "training" not in line}
    return [
        line
        for line in (read(beside) if beside.exists() else [])
        if line["content"] == lines[0]["content"]
        and (line["content"], _untrained(line)) not in known
    ]


def _untrained(line: dict[str, Any]) -> tuple[Any, ...]:
    values = line["values"]
    return line["engine"], values.get("score.model"), values.get("score.decode")


def read(path: str | Path) -> list[dict[str, Any]]:
    """Read a published sweep's scores, `groups` in each; raises `SweepError` for another file."""
    file = Path(path)
    if not file.exists():
        raise SweepError(f"{file}: is not there; make it by 'helpers sweep … --publish'")
    try:
        head, *lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        found = [one | {"groups": head["groups"][one["content"]]} for one in lines]
        whole = found and all({"values", "right"} <= one.keys() for one in found)
    except (ValueError, LookupError, TypeError, OSError):
        whole = False
    if not whole:
        what = f"{file}: is not a published sweep"
        raise SweepError(f"{what}; name a .jsonl of {paths.shown(folder())}")
    return found
