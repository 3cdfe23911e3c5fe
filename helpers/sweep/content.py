"""What a cell rests on beside its parameters: rows, weights and code, by their content."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache as remembered
from pathlib import Path
from typing import Any

from helpers import profiles
from helpers.core import fingerprints, paths
from helpers.core.examples import SPLITS
from helpers.core.files import sha256
from helpers.core.source import read, source_below, source_of
from helpers.course import notebooks
from helpers.engines.spec import SPECS
from helpers.finetune.config import FinetuneConfig, name_parts
from helpers.models import digests, folders, hub
from helpers.profiles import Profile
from helpers.tasks.base import Task

# What has a say in every score, beside the engine and the task.
ANSWERING = ("helpers.scoring", "helpers.tasks.splits", "helpers.engines.repair")
# These alone: they import whatever a cell may do.
CHOOSING = ("helpers.sweep.work", "helpers.finetune.selection")
MADE = ("records", "sweeps")  # in data/, and not read by what makes them


def of_notebook(source: Path, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a notebook's run rests on: its code, its parameters, helpers, all data.

    Nobody can see from outside which helpers and data it uses.
    """
    texts = [str(value) for value in values.values() if value != ""]
    named = [text for text in texts if os.path.exists(text)]  # noqa: PTH110 - of any length
    data = paths.root() / "data"
    places = [data, *(data / name for name in MADE), data / "records" / "sweeps"]
    return {
        "notebook": [source.name, notebooks.code_hash(source)],
        "parameters": dict(values),
        "code": source_below("helpers"),
        "data": [*map(of_files, places), *map(of_files, map(Path, named))],
    }


def of_training(task: Task, profile: Profile, config: FinetuneConfig) -> dict[str, Any]:
    """Return what a training rests on: rows, base and settings.

    As in the name of its run the trainer's code is left out: a finished run stays finished.
    """
    return {
        "train": name_parts(profile, config),
        "task": task.fingerprint(),
        "rows": of_rows(task),
        "base": of_model(profile.base),
    }


def training(task: Task, arguments: Mapping[str, Any]) -> tuple[Profile, FinetuneConfig]:
    """Return the profile and the settings that a training's arguments come to.

    Raises `ValueError` for what cannot be trained with.
    """
    of_config = FinetuneConfig.__dataclass_fields__.keys() & arguments.keys()
    config = FinetuneConfig(**{name: arguments[name] for name in of_config})
    others = {name: value for name, value in arguments.items() if name not in of_config}
    profile, size = others.pop("profile", ""), others.pop("size", "")
    return profiles.resolve(profile, task.name, size, **others), config


def of_score(
    task: Task, arguments: Mapping[str, Any], training: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return what a score rests on: rows, what answers, and the code that asks and grades."""
    modules = (*ANSWERING, SPECS[arguments["engine"]].module, type(task).__module__)
    return {
        "score": dict(arguments),
        "endpoint": os.environ.get("OPENAI_BASE_URL") if arguments["engine"] == "api" else None,
        "training": training,
        "model": of_model(arguments.get("model") or ""),
        "pipeline": of_pipeline(task.name) if arguments["engine"] == "pipeline" else None,
        "task": task.fingerprint(),
        "rows": of_rows(task),
        "code": [source_of(*modules), *(read(name).digest for name in CHOOSING)],
    }


def of_pipeline(task: str) -> list[str | None]:
    """Return the digests of a committed pipeline's file, of its rows, and of what is misheard."""
    file = paths.data("pipeline") / f"{task}.json"
    rows = json.loads(file.read_text(encoding="utf-8"))["rows"] if file.is_file() else []
    places = [file, paths.data("speech"), *map(file.parent.joinpath, rows)]
    return [of_files(place.resolve()) for place in places]


def of_rows(task: Task) -> list[str | None]:
    """Return the digests of a task's own files: its splits and labels."""
    files = [*(f"{split}.jsonl" for split in SPLITS), "labels.json"]
    return [of_files(task.data_dir / name) for name in files]


def of_model(name: str) -> str | None:
    """Return the digest of a model's file or folder, by whatever name, if it is one here.

    A run's answers rest on its base too.
    """
    if not name:
        return None
    places = [folders.local(name), Path(name).expanduser(), paths.root() / name]
    place = next((place for place in places if place and place.exists()), None)
    if place is None:
        return None
    if not (place / "adapter").is_dir():
        return of_files(place)
    return fingerprints.digest([of_files(place), folders.locate(place).digest])


def base_changed(record: Mapping[str, Any]) -> bool:
    """Return whether a base of the hub is another by now than when a cell's record was written.

    Of the hub only a name is known before a cell runs, so its base is not in the cell's name. What
    this machine has fetched since tells; a commit that leaves all content as it was does not count.
    """
    of_base = record.get("settings", record)
    commit, digest = of_base.get("base_revision"), of_base.get("base_digest")
    if not commit or of_base.get("model", of_base["base"]) != of_base["base"]:
        return False  # a folder is in the cell's name, and a run keeps the commit it was trained on
    folder = hub.cached(of_base["base"])
    if folder is None or folder.name == commit:
        return False
    found = digests.contents(folder)
    if digest:
        return fingerprints.digest(found) != digest
    return fingerprints.digest([found]) != of_base["model_digest"]


@remembered
def of_files(place: Path) -> str | None:
    """Return the digest of a file, or of a folder's files; None if there is none.

    What sweeps and scores write themselves is passed over, and hidden files.
    """
    if place.is_file():
        return sha256(place)
    inside = [file for file in sorted(place.rglob("*")) if file.is_file()]
    names = [file.relative_to(place).parts for file in inside]
    found = [
        ["/".join(parts), sha256(file)]
        for file, parts in zip(inside, names, strict=True)
        if parts[0] not in MADE and not any(part.startswith(".") for part in parts)
    ]
    return fingerprints.digest(found) if found else None
