"""Write the data: `python -m helpers.corpora.voice_requests OUT_DIR [--seed N]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from helpers.core.examples import write_rows
from helpers.core.files import replace_file
from helpers.corpora.refusals import in_one_line
from helpers.corpora.voice_requests import SEED, generate
from helpers.corpora.voice_requests.card import card


def main(arguments: list[str] | None = None) -> None:
    """Write the three splits and their card into a folder."""
    parser = argparse.ArgumentParser(prog="python -m helpers.corpora.voice_requests")
    parser.add_argument("out_dir", type=Path, help="folder for train, valid, test and the card")
    parser.add_argument("--seed", type=int, default=SEED, help=f"the data's seed ({SEED})")
    given = parser.parse_args(arguments)
    with in_one_line(parser, given.out_dir):
        splits = generate(given.seed)
        for split, rows in splits.items():
            write_rows(given.out_dir / f"{split}.jsonl", rows)
            print(f"{given.out_dir / split}.jsonl: {len(rows)} rows")
        replace_file(given.out_dir / "README.md", card(splits, given.seed))


if __name__ == "__main__":
    main()
