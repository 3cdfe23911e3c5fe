"""Sweeps of cheap cells, and what of their tables must be the same wherever they ran."""

from pathlib import Path
from typing import Any

from helpers.core.examples import Example, write_rows
from helpers.sweep import table
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.verbalize import verbalize

TWELVE = """\
task: dictated_bash
data: {folder: FOLDER}
score: {engine: [rules, baseline], limit: [1, 2, 3, 4, 5, 6]}
"""
TRAINED = """\
task: dictated_bash
data: {folder: FOLDER}
train: {profile: cpu, base: BASE, backend: transformers, steps: 2, batch: 4}
score: {decode: [free, rescore], limit: 6}
"""
TIMES = ("seconds", "training.seconds", "seconds_median")


def data_folder(folder: Path, commands: list[str]) -> Path:
    """Write a data folder of dictated commands, with a file in it that is nobody's business."""
    rows = [Example(f"{n:02d}", verbalize(c, BASH), c) for n, c in enumerate(commands)]
    for split, part in (("train", rows[:16]), ("valid", rows[16:20]), ("test", rows[20:])):
        write_rows(folder / f"{split}.jsonl", part)
    (folder / "customers.csv").write_text("private")
    return folder


def write(file: Path, text: str, folder: Path, base: Path | str = "") -> Path:
    """Write a sweep's file; FOLDER in it is the data folder, BASE the base."""
    text = text.replace("FOLDER", str(folder)).replace("BASE", str(base))
    file.write_text(text, encoding="utf-8")
    return file


def comparable(folder: Path) -> list[dict[str, Any]]:
    """Return a sweep's table without its times."""
    return [
        {name: value for name, value in row.items() if name not in TIMES}
        for row in table.read(folder)
    ]
