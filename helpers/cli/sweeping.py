"""The commands of many runs: a sweep of scores and trainings, a batch of notebooks."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

Command = Callable[[str, Callable], argparse.ArgumentParser]


def add(command: Command, count: Callable[[str], int]) -> None:
    """Add `sweep` and `batch`."""
    for action, what in ((sweep, "a grid, such as in data/sweeps"), (batch, "a CSV, a row a run")):
        sub = command(action.__name__, action)
        sub.add_argument("file", type=Path, metavar="FILE", help=what)
        sub.add_argument("--jobs", type=count, metavar="N", help="cells at a time; else one")
        where = "ray://HOST:10001; else local"
        sub.add_argument("--cluster", default="local", metavar="ADDRESS", help=where)
        sub.add_argument("--cpus-per-cell", type=count, metavar="N", help="of a cluster's; else 1")
        sub.add_argument("--gpus-per-cell", type=float, metavar="N", help="of a cluster's; else 0")
        if action is batch:
            sub.add_argument("--fresh", action="store_true", help="run what is finished, too")
        else:
            sub.add_argument("--list", action="store_true", help="only name the cells")
            published = "write it to data/records/sweeps"
            sub.add_argument("--publish", action="store_true", help=published)


def sweep(options: argparse.Namespace) -> None:
    """Carry out what is not finished of a sweep, and print the table of all its cells."""
    from helpers import sweep
    from helpers.core import paths, runs
    from helpers.sweep import published, table

    carry = _carry(options)
    if options.list and (options.jobs or options.publish):
        raise ValueError("--list runs nothing; leave --jobs and --publish out, or --list")
    if options.list:
        for cell in sweep.read(options.file):
            print("finished" if cell.finished else "to do", cell.folder.name, cell.label, sep="\t")
        return
    if options.publish and not all(cell.finished for cell in sweep.read(options.file)):
        runs.check_committed()
    folder = sweep.run(options.file, options.jobs, carry)
    rows = table.read(folder)
    print(sweep.shown(rows))
    print("table: ", paths.shown(folder / "table.csv"))
    if failed := sum("error" in row for row in rows):
        raise RuntimeError(f"{failed} cells failed; mend what their lines name and start again")
    if options.publish:
        print("published:", paths.shown(published.publish(options.file)))


def _carry(options: argparse.Namespace) -> Any:
    """Return what carries a sweep's cells out, if it is not this machine."""
    from helpers.sweep import cluster

    needs = {"cpus": options.cpus_per_cell, "gpus": options.gpus_per_cell}
    given = {name: number for name, number in needs.items() if number is not None}
    if options.cluster == "local":
        if given:
            what = f"--{next(iter(given))}-per-cell"
            raise ValueError(f"{what} is for a cluster; leave it out, or name one with --cluster")
        return None
    if options.jobs:
        raise ValueError("--jobs are this machine's; leave it out: the cluster has its own size")
    return cluster.carry(options.cluster, **given)


def batch(options: argparse.Namespace) -> int:
    """Run notebooks with a CSV's parameters, a row a run, and write a page that lists the outputs.

    For a schedule: it ends with 0 if all runs are finished, 1 if some failed, 2 if none began.
    """
    from helpers import sweep
    from helpers.core import paths
    from helpers.sweep import batch, table

    carry = _carry(options)
    cells = sweep.read(options.file)
    if named := [cell.label for cell in cells if "notebook" not in cell.values]:
        raise ValueError(f"{options.file}: {named[0]} is no notebook; run it with sweep")
    if options.fresh:
        for cell in cells:
            cell.forget()
    folder = sweep.run(options.file, options.jobs, carry)
    print("page:", paths.shown(batch.write_page(folder, options.file.name, cells)))
    return int(any("error" in row for row in table.read(folder)))
