"""Checkpoints that can be trusted: whole or not at all, few, and copied where they survive.

A trainer writes a checkpoint file by file, so a kill leaves half of one that looks like one. Each
gets a seal once it is whole: a list of its files with their sizes. What has no seal, or another
size, is as if it were not there. The seal is written last, the copy is renamed last.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from helpers.core.files import replace_file
from helpers.finetune import curves

SEAL = "sealed.json"
ADAPTER = "adapter"
RECORD = "record.json"
KEPT = 2  # the newest; the second is there for a disk that lied about the first
ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")


def folder_of(run: Path, step: int) -> Path:
    """Return where the trainer keeps the checkpoint of a step."""
    return run / f"checkpoint-{step}"


def step_of(checkpoint: Path) -> int:
    """Return the step of a checkpoint's folder.

    >>> step_of(Path("runs/a/checkpoint-200"))
    200
    """
    return int(checkpoint.name.rpartition("-")[2])


def seal(checkpoint: Path) -> None:
    """Put the run's log beside a checkpoint just written, and its seal on both."""
    shutil.copyfile(checkpoint.parent / curves.NAME, checkpoint / curves.NAME)
    for file in checkpoint.iterdir():
        with file.open("rb") as opened:  # on the disk before the seal says so
            os.fsync(opened.fileno())
    replace_file(checkpoint / SEAL, json.dumps(_sizes(checkpoint)))


def _sizes(checkpoint: Path) -> dict[str, int]:
    files = (file for file in checkpoint.iterdir() if file.is_file() and file.name != SEAL)
    return {file.name: file.stat().st_size for file in sorted(files)}


def whole(checkpoint: Path) -> bool:
    """Return whether a checkpoint is there, and as it was when it was sealed."""
    try:
        return json.loads((checkpoint / SEAL).read_text("utf-8")) == _sizes(checkpoint)
    except (OSError, ValueError):
        return False


def sealed(run: Path) -> list[Path]:
    """Return a run's whole checkpoints, oldest first."""
    found = [path for path in run.glob("checkpoint-*") if path.name[11:].isdigit()]
    return sorted(filter(whole, found), key=step_of)


def newest(run: Path) -> Path | None:
    """Return the newest checkpoint to go on from, whose best is there too; None to begin anew."""
    good = sealed(run)
    usable = [path for path in good if folder_of(run, best_step(path)) in good]
    return usable[-1] if usable else None


def best_step(checkpoint: Path) -> int:
    """Return the step of the best checkpoint so far, as this one's log has it."""
    return curves.best(curves.read(checkpoint)).step


def prune(run: Path, kept: int = KEPT) -> None:
    """Remove checkpoints that are broken, or neither among the newest nor any of those's best."""
    good = sealed(run)
    wanted = set(good[-kept:])
    wanted |= {folder_of(run, best_step(path)) for path in wanted}
    for path in run.glob("checkpoint-*"):
        if path not in wanted:
            shutil.rmtree(path, ignore_errors=True)


def resume(run: Path) -> Path | None:
    """Make a run what it was at its newest whole checkpoint, and return that checkpoint.

    What was logged after it is taken off: it will be done again. None means to begin anew.
    """
    found = newest(run)
    if found is None:
        clear(run)
        (run / curves.NAME).unlink(missing_ok=True)
        return None
    curves.write(run, curves.read(found))
    for path in run.glob("checkpoint-*"):
        if step_of(path) > step_of(found) or not whole(path):
            shutil.rmtree(path)
    return found


def clear(run: Path) -> None:
    """Remove all checkpoints: a finished run needs its adapter only."""
    for path in run.glob("checkpoint-*"):
        shutil.rmtree(path)


def forget(run: Path, backup: Path | None = None) -> None:
    """Remove everything of a run, here and where it was copied; its lock stays."""
    for path in run.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != ".lock":
            path.unlink()
    if backup:
        shutil.rmtree(backup / run.name, ignore_errors=True)


def take_adapter(run: Path, step: int) -> Path:
    """Make `adapter/` the adapter of a checkpoint; return it."""
    source, target = folder_of(run, step), run / ADAPTER
    part = run / f".{ADAPTER}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for name in ADAPTER_FILES:
        shutil.copyfile(source / name, part / name)
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)
    return target


def copy_out(run: Path, backup: Path, report: Callable[[str], None] = print) -> None:
    """Copy what a run has finished to `backup/<run>`; a drive that is gone is not fatal."""
    target = backup / run.name
    try:
        target.mkdir(parents=True, exist_ok=True)
        for checkpoint in sealed(run):
            if not whole(target / checkpoint.name):
                _copy(checkpoint, target)
        if (run / RECORD).exists():
            _copy_results(run, target)
        _forget(target, {path.name for path in sealed(run)})
    except OSError as error:
        report(f"{target}: nothing could be copied there ({error.strerror}); training goes on")


def restore(run: Path, backup: Path) -> bool:
    """Fetch a run from `backup/<run>` if there is nothing here; return whether there was any."""
    source = backup / run.name
    if newest(run) or (run / RECORD).exists():
        return False
    for path in sealed(source):
        _copy(path, run)
    finished = (source / RECORD).exists()
    if finished:
        _copy_results(source, run)
    return finished or newest(run) is not None


def _copy(folder: Path, target: Path) -> None:
    """Copy a folder into another, under its name once it is whole."""
    part = target / f".{folder.name}.part"
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(folder, part)
    shutil.rmtree(target / folder.name, ignore_errors=True)
    part.rename(target / folder.name)


def _copy_results(source: Path, target: Path) -> None:
    """Copy adapter, log and, last, the record that says that all is there."""
    _copy(source / ADAPTER, target)
    for name in (curves.NAME, RECORD):
        replace_file(target / name, (source / name).read_text(encoding="utf-8"))


def _forget(target: Path, names: Iterable[str]) -> None:
    for path in target.glob("checkpoint-*"):
        if path.name not in names:
            shutil.rmtree(path)
