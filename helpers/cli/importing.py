"""The command that writes other people's rows in the course's form."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from helpers.core.examples import Example, rows_text

SPLIT_OF = {
    "train": "train", "training": "train", "valid": "valid", "validation": "valid", "val": "valid",
    "dev": "valid", "test": "test", "testing": "test", "eval": "test",
}  # fmt: skip


def import_rows(options: argparse.Namespace) -> None:
    """Write a file of rows in another form (Alpaca, ShareGPT, tool calls, CSV, …) as the course's.

    FILE holds one split. OUT is the file to write, such as my_rows/train.jsonl, or a data folder:
    then FILE's own name says the split (validation.csv becomes valid.jsonl). All rows are
    written, or none: each one that cannot be mapped is shown whole, with what is missing.
    """
    from helpers import tasks
    from helpers.core import import_rows
    from helpers.core.examples import write_rows
    from helpers.core.files import replace_file

    out, near = _out(options.file, options.out), options.file.parent
    if not options.task:
        imported, companions = import_rows.import_file(options.file), {}
    else:
        task = tasks.get(options.task, out.parent)
        imported = import_rows.import_file(
            options.file, lambda example, answer: task.imported(example, answer, near)
        )
        companions = task.companions(imported.examples, near)
    _keep_other(out, imported.examples)
    write_rows(out, imported.examples)
    for name, text in companions.items():
        if not (out.parent / name).exists():
            replace_file(out.parent / name, text)
            print(f"{out.parent / name}: written beside the rows")
    for note, count in imported.notes.items():
        print(f"{count} rows: {note}", file=sys.stderr)
    print(f"{len(imported.examples)} rows in {out}")


def _out(file: Path, out: Path) -> Path:
    """Return the file to write; raises `ValueError` where nothing says which split it is."""
    if out.suffix == ".jsonl" and not out.is_dir():
        split, named = out.stem, out
    else:
        split = SPLIT_OF.get(file.stem.lower(), "")
        named = out / f"{split}.jsonl"
        if not split:
            raise ValueError(
                f"{file.name} does not say which split it is; write OUT as {out}/train.jsonl, "
                f"{out}/valid.jsonl or {out}/test.jsonl"
            )
    if split not in SPLIT_OF.values():
        raise ValueError(f"{out}: a data folder's files are train.jsonl, valid.jsonl, test.jsonl")
    if named.exists() and file.exists() and named.samefile(file):
        raise ValueError(f"{out}: is FILE itself; name a folder of its own for the rows")
    return named


def _keep_other(out: Path, examples: Sequence[Example]) -> None:
    """Raise `ValueError` rather than write over other rows."""
    if out.exists() and out.read_text(encoding="utf-8") != rows_text(examples):
        raise ValueError(f"{out}: holds other rows; remove it first, or name another file")
