"""Write the data: `python -m helpers.corpora.support_messages OUT_DIR [--seed N]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from helpers.corpora.refusals import in_one_line
from helpers.corpora.support_messages.dataset import SEED, write_data


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, write the folder and say what it holds."""
    parser = argparse.ArgumentParser(prog="python -m helpers.corpora.support_messages")
    parser.add_argument("folder", type=Path, help="where to write, e.g. data/support_label")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, other rows")
    given = parser.parse_args(arguments)
    with in_one_line(parser, given.folder):
        written = write_data(given.folder, given.seed)
    for split, rows in written.items():
        groups = len({row.group for row in rows})
        print(f"{given.folder / split}.jsonl: {len(rows)} rows in {groups} shapes")


if __name__ == "__main__":
    main()
