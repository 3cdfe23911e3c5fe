"""Write the data folder: `python -m helpers.corpora.spoken_commands OUT_DIR [--seed N]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from helpers.core.examples import write_rows
from helpers.core.files import replace_file
from helpers.corpora.refusals import in_one_line
from helpers.corpora.spoken_commands import audio, wider
from helpers.corpora.spoken_commands.card import card
from helpers.corpora.spoken_commands.dataset import SEED, make


def write(folder: Path, seed: int = SEED) -> None:
    """Write the three splits and the card into `folder`."""
    splits = make(seed)
    for name, rows in splits.items():
        write_rows(folder / f"{name}.jsonl", rows)
    replace_file(folder / "README.md", card(splits, seed))


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and write the data."""
    parser = argparse.ArgumentParser(prog="spoken_commands", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="OUT_DIR")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--pairs", type=Path, help="first take what was heard anew, from a file of pairs"
    )
    parser.add_argument("--wide", action="store_true", help="more rows of talk to train on")
    options = parser.parse_args(arguments)
    with in_one_line(parser, options.folder):
        if options.wide:
            wider.write(options.folder)
            return
        if options.pairs:
            print(f"{audio.publish(options.pairs)} texts in {audio.file()}")
        write(options.folder, options.seed)


if __name__ == "__main__":
    main()
