"""A job: what is trained there, said with notebook 04's parameters, and what follows."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from helpers import profiles, tasks
from helpers.core import bundle, fingerprints, paths
from helpers.core.bundle import Bundle
from helpers.course import notebooks
from helpers.finetune import selection
from helpers.finetune.config import FinetuneConfig
from helpers.models import folders
from helpers.profiles import Profile
from helpers.remote.there import NAME
from helpers.tasks.base import Task

HERE_ONLY = ("BACKUP_DIR", "MINUTES")  # parameters that say nothing to another machine
STEPS = ("eval", "gguf")  # what may follow the training


@dataclass(frozen=True)
class Job:
    """What a run there is. Another value of any of these is another run, but for `then`."""

    values: Mapping[str, Any]  # all of notebook 04's parameters but its folders
    code: str  # a bundle's name
    data: str  # a bundle's name; empty takes the bundled rows
    base: str  # a bundle's name; empty where `values` or the profile name the base
    rows: Mapping[str, int]  # of each split, as counted here
    then: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """A name that equal jobs share."""
        rest = {key: value for key, value in asdict(self).items() if key != "then"}
        return f"{self.values['TASK']}-{fingerprints.digest(rest)[:8]}"


@dataclass(frozen=True)
class Order:
    """A job with the bundles that it needs."""

    job: Job
    name: str
    code: Bundle
    inputs: tuple[Bundle, ...]


def parameters(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return all of notebook 04's parameters, some with other values.

    Raises `ParameterError`, which lists them, for one it does not have.
    """
    page = notebooks.resolve("04")
    known = notebooks.parameters(page)
    whole = {name: ast.literal_eval(one.default) for name, one in known.items()}
    return whole | notebooks.check(page, values)


def elsewhere(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of a run on another machine, whose profile has a say in its base.

    Raises `ValueError` for one that is for this machine alone, and as `parameters` does.

    >>> elsewhere({})["BASE"], parameters({})["BASE"]
    ('', 'smollm2-135m')
    """
    whole = parameters({"BASE": ""} | dict(values))
    if named := [name for name in HERE_ONLY if whole[name]]:
        raise ValueError(f"{named[0]} is for this machine; leave it out of a remote run")
    return {name: value for name, value in whole.items() if name not in HERE_ONLY}


def prepare(values: Mapping[str, Any], name: str = "", then: Sequence[str] = ()) -> Order:
    """Check everything that can be checked here, and return what is to be sent.

    Raises `DataError` for a row that cannot be trained on, `ValueError` for other wrong input.
    """
    whole = elsewhere(values)
    task = tasks.get(whole["TASK"], whole["DATA_DIR"] or None, whole["VARIANT"])
    counts = {split: len(task.load(split)) for split in dict.fromkeys(splits_of(whole))}
    data = bundle.rows(Path(whole["DATA_DIR"])) if whole["DATA_DIR"] else None
    base = _own_base(whole["BASE"])
    code = bundle.code(paths.root())
    whole["DATA_DIR"] = ""
    whole["BASE"] = "" if base else whole["BASE"]
    digests = ["" if one is None else one.digest for one in (data, base)]
    job = Job(whole, code.digest, *digests, counts, tuple(sorted(then)))
    name = name or job.name
    if not NAME.fullmatch(name):
        raise ValueError(f"--name {name!r}: take up to 64 letters, digits, dashes, underscores")
    return Order(job, name, code, tuple(one for one in (data, base) if one))


def splits_of(values: Mapping[str, Any]) -> list[str]:
    """Return the splits a run reads; raises `ValueError` where one both chooses and grades."""
    if values["SPLIT"] == values["CHOOSE_ON"]:
        raise ValueError(f"{values['SPLIT']} cannot both choose and grade; set CHOOSE_ON to fold")
    chosen = [] if values["CHOOSE_ON"] == "fold" else [values["CHOOSE_ON"]]
    return ["train", *chosen, values["SPLIT"]]


def _own_base(name: str) -> Bundle | None:
    """Return a base of the reader's own; what is tracked, or known by name, needs no sending."""
    folder = folders.local(name) if name else None
    if folder is None or folder.resolve().is_relative_to(paths.root() / "data"):
        return None
    if (folder / "record.json").exists() and not (folder / "config.json").exists():
        raise ValueError(f"BASE {name} is a run; fuse it first (notebook 06), then name the folder")
    folders.check(folder)
    return bundle.model(folder)


def read(record: Mapping[str, Any]) -> Job:
    """Return a job from what `job.json` holds."""
    return Job(**{**record, "then": tuple(record["then"])})


def training(job: Job, home: Path) -> tuple[Task, Profile, FinetuneConfig]:
    """Return what notebook 04 would train with these parameters; inputs lie in `home`."""
    values = job.values
    data = str(home / "inputs" / job.data) if job.data else values["DATA_DIR"] or None
    base = str(home / "inputs" / job.base) if job.base else values["BASE"]
    task = tasks.get(values["TASK"], data, values["VARIANT"])
    rank = values["RANK"]
    wishes = {"base": base, "rank": rank, "alpha": values["ALPHA"] or 2 * rank}
    for name in ("BATCH", "LEARNING_RATE", "STEPS", "BACKEND"):
        wishes[name.lower()] = values[name]
    wishes = {name: value for name, value in wishes.items() if value}
    profile = profiles.resolve(values["PROFILE"], task.name, backends=profiles.TORCH, **wishes)
    config = FinetuneConfig(
        choose_on=values["CHOOSE_ON"],
        rows=values["TRAIN_ROWS"],
        eval_rows=values["EVAL_ROWS"] or selection.exam_rows(profile.base),
        seed=values["SEED"],
        backup_dir=values.get("BACKUP_DIR", ""),  # of a run here alone, as are its minutes
        minutes=values.get("MINUTES", 0),
    )
    return task, profile, config


def shown(text: str) -> str:
    """Return a text of another machine on one line, without what moves a terminal's cursor."""
    return re.sub(r"[^\x20-\x7e\u00a0-\uffff]", " ", text)
