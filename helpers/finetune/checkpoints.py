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


def finished(run: Path) -> bool:
    """Return whether a run has its record, and the adapter that this tells of."""
    needed = (RECORD, *(f"{ADAPTER}/{name}" for name in ADAPTER_FILES))
    return all((run / name).is_file() for name in needed)


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

    What was logged after it is taken off: it will be done again. So is the record of a run whose
    adapter was lost. None means to begin anew.
    """
    (run / RECORD).unlink(missing_ok=True)
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
            if not _same(checkpoint, target / checkpoint.name):
                _copy(checkpoint, target)
        if finished(run):
            _copy_results(run, target)
        _forget(target, _wanted(run, target))
    except OSError as error:
        report(f"{target}: nothing could be copied there ({error.strerror}); training goes on")


def restore(run: Path, backup: Path) -> bool:
    """Fetch a run from `backup/<run>` if it is further on there; return whether it was.

    What was here goes then: another machine's checkpoints are not mixed with this one's.
    """
    source = backup / run.name
    done = finished(source)
    if finished(run) or not (done or _reached(source) > _reached(run)):
        return False
    fetched = sealed(source)
    for path in fetched:
        _copy(path, run)
    if done:
        _copy_results(source, run)
    _forget(run, {path.name for path in fetched})
    return True


def _reached(run: Path) -> int:
    """Return the step that a run would go on from."""
    found = newest(run)
    return step_of(found) if found else 0


def _same(checkpoint: Path, copy: Path) -> bool:
    """Return whether a copy is of this very checkpoint: no other machine's log has its seconds."""
    logs = (folder / curves.NAME for folder in (checkpoint, copy))
    return whole(copy) and len({log.read_bytes() for log in logs}) == 1


def _copy(folder: Path, target: Path) -> None:
    """Copy a folder into another, under its name once it is whole."""
    part = target / f".{folder.name}.part"
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(folder, part)
    shutil.rmtree(target / folder.name, ignore_errors=True)
    part.rename(target / folder.name)


def _copy_results(source: Path, target: Path) -> None:
    """Copy adapter, log and, last, the record that says that all is there."""
    (target / RECORD).unlink(missing_ok=True)  # of another adapter than the one that comes
    _copy(source / ADAPTER, target)
    for name in (curves.NAME, RECORD):
        replace_file(target / name, (source / name).read_text(encoding="utf-8"))


def _wanted(run: Path, target: Path) -> set[str]:
    """Return the names of the copies to keep: of what is here, and what is further on.

    Another machine wrote that meanwhile, and its best. From a finished run nobody goes on.
    """
    kept = sealed(run)
    if not finished(run):
        last = step_of(kept[-1]) if kept else 0
        kept += [path for path in sealed(target) if step_of(path) > last]
    return {path.name for path in kept} | {folder_of(run, best_step(p)).name for p in kept}


def _forget(target: Path, names: Iterable[str]) -> None:
    for path in target.glob("checkpoint-*"):
        if path.name not in names:
            shutil.rmtree(path)
