"""Carry out a sweep's cells, trainings before the scores that wait for them."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from helpers.core import paths, runs
from helpers.core.files import replace_file
from helpers.sweep import node, table
from helpers.sweep.cells import Cell, read

DIED = "its process died (signal {}), most likely for want of memory; take fewer jobs"


Carry = Callable[[Sequence[Cell]], Iterator[tuple[Cell, str]]]  # yields each cell as it ends


def run(file: str | Path, jobs: int | None = None, carry: Carry | None = None) -> Path:
    """Carry out what is not finished of a sweep; return its folder: `sweep.json`, `table.csv`.

    `jobs` cells run at once; None leaves it to joblib's `parallel_config`, else one. `carry` does
    it elsewhere, as `cluster.carry` does. A cell that fails is reported in one line, the others go
    on, and the next call tries it again. Raises `SweepError` before anything runs.
    """
    cells = read(file)
    carry = carry or partial(_carried_out, jobs=jobs)
    first = {cell.training.folder: cell.training for cell in cells if cell.training}
    first |= {cell.folder: cell for cell in cells if not cell.training}
    then = [cell for cell in cells if cell.training]
    failed: dict[Path, str] = {}
    with _bar([*first.values(), *then]) as bar:
        for stage in (list(first.values()), then):
            lost = {c.folder for c in stage if c.training and c.training.folder in failed}
            failed |= dict.fromkeys(lost, "its training failed")
            bar.update(len(lost))
            ready = [cell for cell in stage if not cell.finished and cell.folder not in lost]
            for cell in ready:
                cell.forget()
            for cell, error in carry(ready):
                if error:
                    failed[cell.folder] = error
                    bar.write(f"failed: {cell.label}: {error}", file=sys.stderr)
                bar.update(1)
    return _write(Path(file), cells, failed)


def _carried_out(cells: Sequence[Cell], jobs: int | None) -> Iterator[tuple[Cell, str]]:
    """Carry out cells; yield each with its error as it ends."""
    from joblib import Parallel, cpu_count, delayed, effective_n_jobs

    # Each job only waits for a process of its own, so threads do unless somebody says otherwise.
    parallel = Parallel(n_jobs=jobs, return_as="generator_unordered", prefer="threads")
    threads = max(1, cpu_count() // effective_n_jobs(jobs))
    by_folder = {str(cell.folder): cell for cell in cells}
    for folder, error in parallel(delayed(carry_out)(order(c), threads) for c in cells):
        yield by_folder[folder], error


def order(cell: Cell) -> dict[str, Any]:
    """Return what a cell's process is given: nothing of it depends on the machine it runs on."""
    training = cell.training.record() if cell.training else None
    profile, config = map(asdict, cell.settings) if cell.settings else (None, None)
    settings = {"profile": profile, "config": config}
    return {"folder": str(cell.folder), "values": cell.values, "training": training} | settings


def carry_out(order: dict[str, Any], threads: int) -> tuple[str, str]:
    """Carry out a cell in a process of its own; return its folder and what went wrong, or ""."""
    folder = Path(order["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    status = node.work(order, folder, threads)
    if not status:
        return order["folder"], ""
    return order["folder"], failure(folder, status)


def failure(folder: Path, status: int) -> str:
    """Return why a cell's process failed, and where more is told."""
    reason = DIED.format(-status) if status < 0 else last_line(folder).removeprefix("error: ")
    return f"{reason} (see {paths.shown(folder / 'log.txt')})"


def last_line(folder: Path) -> str:
    """Return the last line of a cell's log, a progress bar's newest state counting as one."""
    text = (folder / "log.txt").read_text(encoding="utf-8", errors="replace")
    return next((line for line in reversed(text.splitlines()) if line.strip()), "").strip()


@contextmanager
def _bar(cells: Sequence[Cell]) -> Iterator[Any]:
    """Draw a bar of cells, with the newest line that a cell at work has to say."""
    from tqdm import tqdm

    left = [cell for cell in cells if not cell.finished]
    bar = tqdm(total=len(cells), initial=len(cells) - len(left), desc="cells", file=sys.stderr)
    over, pause = threading.Event(), 1 if sys.stderr.isatty() else 15

    def tell() -> None:
        while not over.wait(pause):
            logs = [cell for cell in left if (cell.folder / "log.txt").exists()]
            if logs := [cell for cell in logs if not cell.finished]:
                newest = max(logs, key=lambda cell: (cell.folder / "log.txt").stat().st_mtime)
                bar.set_postfix_str(f"{newest.label}: {last_line(newest.folder)[:60]}")

    with bar:
        telling = threading.Thread(target=tell, daemon=True)
        telling.start()
        try:
            yield bar
        finally:
            over.set()
            telling.join()
            bar.set_postfix_str("")


def _write(file: Path, cells: Sequence[Cell], failed: dict[Path, str]) -> Path:
    """Write a sweep's table and record; return its folder."""
    import pandas as pd

    named = [cell.rests_on for cell in cells]
    folder = runs.run_folder(f"sweep-{file.stem}", cells=named)
    rows = table.rows(cells, failed)
    record = {"sweep": paths.shown(file), "cells": rows, **runs.environment()}
    replace_file(folder / "table.csv", pd.DataFrame(rows).convert_dtypes().to_csv(index=False))
    replace_file(folder / "sweep.json", json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    return folder
