"""Write data folders: `python -m helpers.corpora.dictated_domains [NAME …] [--out data]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from helpers import tasks
from helpers.core import paths
from helpers.core.examples import write_rows
from helpers.core.files import replace_file
from helpers.corpora.dictated_domains.card import card
from helpers.corpora.dictated_domains.dataset import LEAST, ROWS, SEED, make
from helpers.corpora.refusals import in_one_line
from helpers.tasks.domains import registry


def write(name: str, folder: Path, seed: int = SEED, rows: int = ROWS) -> None:
    """Write a domain's three splits and their card into `folder`."""
    splits = make(name, seed, rows)
    for part, examples in splits.items():
        write_rows(folder / f"{part}.jsonl", examples)
    replace_file(folder / "README.md", card(name, splits, seed))


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and write the data."""
    parser = argparse.ArgumentParser(prog="dictated_domains", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="such as dictated_sql; else all")
    parser.add_argument("--out", type=Path, default=paths.root() / "data", help="else data")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--rows", type=int, default=ROWS, help=f"rows of train, else {ROWS:,}")
    options = parser.parse_args(arguments)
    names = options.names or tasks.domain_names()
    with in_one_line(parser, options.out):
        for name in names:
            registry.task_of(name)  # all of them, before any is written
        if options.rows < LEAST:
            raise ValueError(f"--rows {options.rows} leaves none to grade on; take {LEAST} or more")
        for name in names:
            write(name, options.out / name, options.seed, options.rows)


if __name__ == "__main__":
    main()
