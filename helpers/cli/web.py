"""The command of the page without a server."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path


def export_web(options: argparse.Namespace) -> None:
    """Write a page that needs no server: a folder for any host of plain files.

    Python runs in the visitor's browser, and with a RUN its model does, too.
    """
    from dataclasses import asdict

    from helpers.core import paths
    from helpers.export.steps import ExportError
    from helpers.export.web import build, knowledge, model, packages

    if bool(options.run) == options.no_model:
        raise ExportError("web: name a RUN before OUT, or say --no-model, and not both")
    if options.no_model and options.mix is not None:
        raise ExportError("web: --mix is a model's weight, and --no-model says there is none")
    packages.ready()
    learned = knowledge.learn()
    with tempfile.TemporaryDirectory() as work:
        ranker = model.of_run(options.run, Path(work), options.mix) if options.run else None
        site = build.build(options.out, learned.table, ranker)
    costs = [learned.cost(split) for split in options.cost]
    for part in site.parts:
        print(f"{part['bytes'] / 1e6:6.2f} MB  {part['about']}")
    print(f"{site.bytes / 1e6:6.2f} MB  in all, on any host")
    print(*costs, sep="\n")
    folder = paths.shown(options.out)
    print(f"try it: python -m http.server 8000 --bind 127.0.0.1 --directory {folder}")
    record = {"out": folder, "bytes": site.bytes, "model": ranker.options if ranker else None}
    print(json.dumps(record | {"cost": [asdict(cost) for cost in costs]}, ensure_ascii=False))


def add(command: Callable[[str, Callable], argparse.ArgumentParser]) -> None:
    """Add the command."""
    sub = command("export-web", export_web)
    sub.add_argument("run", nargs="?", type=Path, metavar="RUN", help="a run, or a model's folder")
    sub.add_argument("out", type=Path, metavar="OUT", help="the folder to write")
    sub.add_argument("--no-model", action="store_true", help="the lattice and the n-gram alone")
    sub.add_argument("--mix", type=float, metavar="W", help="the model's weight; else the run's")
    splits, about = ("train", "valid", "test"), "rows to say on what pruning costs"
    sub.add_argument("--cost", nargs="*", default=["valid", "test"], choices=splits, help=about)
