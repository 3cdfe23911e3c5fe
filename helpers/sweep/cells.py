"""The cells of a sweep: what each is called with and rests on, and which training it waits for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers import engines, tasks
from helpers.core import fingerprints, paths, runs
from helpers.core.examples import SPLITS
from helpers.course import notebooks
from helpers.finetune.config import FinetuneConfig
from helpers.models import folders, hub
from helpers.profiles import Profile
from helpers.sweep import content, grid
from helpers.sweep.grid import SweepError, Values, section
from helpers.tasks import noise
from helpers.tasks.base import Task
from helpers.tasks.splits import CHOOSE_ON, choose_rows

Settings = tuple[Profile, FinetuneConfig]
DEFAULTS = {"score.decode": "free", "score.split": "test"}
RIGHT = {"engine": engines.SPECS, "decode": engines.DECODINGS, "split": SPLITS}


@dataclass(frozen=True)
class Cell:
    """One run of a grid: a notebook, a training, or a score, perhaps after its training."""

    values: Values
    rests_on: Mapping[str, Any] = field(repr=False)
    label: str = ""
    training: Cell | None = None
    settings: Settings | None = None  # of a training, whatever machine it is carried out on

    @property
    def folder(self) -> Path:
        """The cell's folder, named by its content: another sweep's same cell is this one."""
        return paths.runs() / f"cell-{fingerprints.digest(self.rests_on)}"

    @property
    def finished(self) -> bool:
        """Whether the cell's record is there, and of the base that is there now."""
        return (self.folder / "record.json").exists() and not self.outdated

    @property
    def outdated(self) -> bool:
        """Whether a finished cell, or its training, rests on a base that the hub has changed."""
        if not self.training:
            return content.base_changed(self.record())
        if not (self.training.folder / "record.json").exists():
            return False
        run, scored = self.training.record()["run"], self.record()["settings"]["model"]
        return self.training.outdated or Path(scored).name != run

    def forget(self) -> None:
        """Remove an outdated record, so that the cell can be carried out anew."""
        (self.folder / "record.json").unlink(missing_ok=True)

    def record(self) -> dict[str, Any]:
        """Read a finished cell's record."""
        return runs.read(self.folder)

    def span(self) -> dict[str, Any]:
        """Return when a cell's last try began and ended, and on which node; "" is this machine."""
        return json.loads((self.folder / "span.json").read_text(encoding="utf-8"))


def read(file: str | Path) -> list[Cell]:
    """Return the cells of a file's grids, in order, each once; raises `SweepError`.

    Everything is checked that can be without loading a model.
    """
    content.of_files.cache_clear()  # files may have changed since an earlier call
    cells: dict[Path, Cell] = {}
    for one in _grids(Path(file)):
        try:
            make = _notebook if "notebook" in one else _score
            expanded = grid.expand(one)
            for values in expanded:
                cell = make(values, expanded)
                cells.setdefault(cell.folder, cell)
        except (ValueError, OSError) as error:
            raise SweepError(f"{file}: {error}") from error
    return list(cells.values())


def _grids(file: Path) -> list[dict[str, Any]]:
    from helpers.sweep import batch

    return batch.grids(file) if file.suffix == ".csv" else grid.read(file)


def task_of(values: Values) -> Task:
    """Return the task of a cell, on the rows that its data section names.

    Where no variant is named a run that is scored is asked as it was trained.
    """
    data, model = section(values, "data"), values.get("score.model")
    variant = values.get("variant", "")
    engine = engines.SPECS.get(str(values.get("score.engine")))
    if not variant and model and engine and engine.reads in ("folder", "file"):
        variant = engines.variant_of(model)
    task = tasks.get(values["task"], data.pop("folder", None), variant)
    return noise.prepared(task, **data) if data else task


def _notebook(values: Values, others: Sequence[Values]) -> Cell:
    source = notebooks.resolve(values["notebook"])
    checked = notebooks.check(source, section(values, "parameters"))
    return Cell(values, content.of_notebook(source, checked), grid.label(values, others))


def _score(values: Values, others: Sequence[Values]) -> Cell:
    """Return the cell that scores, after its training if it has one, or the training alone."""
    if "task" not in values:
        raise ValueError(f"a grid names a task ({', '.join(tasks.names())}), or a notebook")
    task, training, label = task_of(values), None, grid.label(values, others)
    if trained := section(values, "train"):
        kept = {name: value for name, value in values.items() if not name.startswith("score.")}
        profile, config = content.training(task, trained)
        _check_training(task, profile, config)
        rests_on = content.of_training(task, profile, config)
        training = Cell(kept, rests_on, grid.label(kept, others), None, (profile, config))
        if kept == values:
            return training
        if "score.model" in values:
            raise ValueError("score names a model, and train makes one; leave one of them out")
    defaults = {"score.engine": "torch" if training else None} | DEFAULTS
    values = values | {n: v for n, v in defaults.items() if n not in values}
    for name, right in RIGHT.items():
        if values[f"score.{name}"] not in tuple(right):
            value = values[f"score.{name}"]
            raise ValueError(f"score.{name} is {value!r}; choose one of {', '.join(right)}")
    _check_score(task, values, training is not None)
    after = training.rests_on if training else None
    rests_on = content.of_score(task, section(values, "score"), after)
    return Cell(values, rests_on, label, training)


def _check_training(task: Task, profile: Profile, config: FinetuneConfig) -> None:
    """Raise `ValueError` for rows or a base that are not there; of the hub none is fetched."""
    if not _has(task, "train", "valid"):
        choose_rows(task, config.choose_on)  # it says what is wrong
    if not hub.is_name(profile.base):
        folders.resolve(profile.base)


def _check_score(task: Task, values: Values, trained: bool) -> None:
    """Raise `ValueError` for what an engine could only refuse when its turn has come."""
    engine, mix, limit, decode, split = (
        values.get(f"score.{name}") for name in ("engine", "mix", "limit", "decode", "split")
    )
    spec = engines.spec_of(engine)
    reads = spec.reads
    if trained and reads != "folder":
        raise ValueError(f"score.engine is {engine!r}; what train makes is for torch or mlx")
    if reads and not trained and not values.get("score.model"):
        raise ValueError(f"score.engine {engine!r} needs a model; name it as score.model")
    if not reads and values.get("score.model"):
        raise ValueError(f"score.engine {engine!r} has no model; leave score.model out")
    if decode != "free" and decode not in spec.decodings:
        raise ValueError(f"score.engine {engine!r} has no means to decode {decode!r}; decode free")
    if mix is not None and not 0 <= mix <= 1:
        raise ValueError(f"score.mix is {mix}; give the model a weight from 0 to 1")
    if mix is not None and decode != "rescore":
        raise ValueError("score.mix is the model's weight in rescoring; leave it out, or rescore")
    chooses = values.get("train.choose_on", CHOOSE_ON[0])
    if decode == "rescore" and mix is None and split == chooses:
        raise ValueError(
            f"score.split is {split!r}, whose rows choose the weight in rescoring; grade on "
            "others, or name score.mix"
        )
    if limit is not None and limit < 1:
        raise ValueError(f"score.limit is {limit}; it must be 1 or more")
    fitted = spec.fitted or spec.reads == "name" or decode == "rescore"
    for needed in (split, "train") if fitted else (split,):
        if not _has(task, needed):
            task.load(needed)  # it says what is missing


def _has(task: Task, *splits: str) -> bool:
    return all((task.data_dir / f"{split}.jsonl").exists() for split in splits)
