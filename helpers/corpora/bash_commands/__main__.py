"""Write the data folder: `python -m helpers.corpora.bash_commands OUT_DIR [--seed N]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from helpers.core.examples import write_rows
from helpers.core.files import replace_file
from helpers.corpora.bash_commands.card import card
from helpers.corpora.bash_commands.catalog import PROGRAMS
from helpers.corpora.bash_commands.dataset import SEED, make
from helpers.corpora.refusals import in_one_line


def write(folder: Path, seed: int = SEED) -> None:
    """Write the three splits and the card into `folder`."""
    splits = make(seed)
    for name, rows in splits.items():
        write_rows(folder / f"{name}.jsonl", rows)
    replace_file(folder / "README.md", card(splits, seed, len(PROGRAMS)))


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and write the data."""
    parser = argparse.ArgumentParser(prog="bash_commands", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="OUT_DIR")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    with in_one_line(parser, options.folder):
        write(options.folder, options.seed)


if __name__ == "__main__":
    main()
