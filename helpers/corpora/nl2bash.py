"""NL2Bash's commands as the published dictated-bash benchmark, from a reader's own `all.cm`.

The rules (which commands, how dictated, how shuffled and split) are those of the published
5,044/630/630 split, so that scores on it can be compared.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.core.examples import DataError, Example, write_rows
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.verbalize import Unspeakable, verbalize

UNWANTED = re.compile(
    r"""` | \$\( | \\[nt"'()] | \\\\ | awk\s+' | sed\s+' | sed\s+- | \{\d | << | \[\[
    | \b(?:if|for|while|case)\s | \b(?:do|done|then|fi|esac|function)\b
    | \(\) | printf\s | \$\{ | [^\x00-\x7f]""",
    re.VERBOSE,
)
SEED = 42
HELD_OUT = 630  # rows of validation and of test
KNOWN_PAIRS = 6304  # what the published corpus gives


def wanted(command: str) -> bool:
    """Whether the benchmark's filter keeps a command.

    >>> wanted("find . -name '*.c'"), wanted("echo `date`"), wanted("ls")
    (True, False, False)
    """
    return (
        5 <= len(command) <= 60 and command.count("|") <= 2 and not UNWANTED.search(command)
    )


def pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (dictation, command) for the commands that the benchmark keeps, in their order."""
    seen = set()
    for line in lines:
        command = line.strip()
        if command in seen or not wanted(command):
            continue
        seen.add(command)
        try:
            dictation = verbalize(command, BASH)
        except Unspeakable:  # the benchmark leaves out what has no spoken form
            continue
        if 3 <= len(dictation.split()) <= 40:
            yield dictation, command


def split(found: list[tuple[str, str]]) -> dict[str, list[Example]]:
    """Shuffle with the published seed and split: the last 630 are test, 630 before them valid."""
    shuffled = list(found)
    random.seed(SEED)
    random.shuffle(shuffled)
    parts = {
        "train": shuffled[: -2 * HELD_OUT],
        "valid": shuffled[-2 * HELD_OUT : -HELD_OUT],
        "test": shuffled[-HELD_OUT:],
    }
    return {
        name: [Example(f"{i:05d}", *pair, BASH.system) for i, pair in enumerate(part)]
        for name, part in parts.items()
    }


def import_corpus(source: Path, folder: Path) -> dict[str, int]:
    """Write the benchmark's three splits to `folder`; return how many rows each has.

    Raises `DataError` if `source` cannot be read or holds too few commands to split.
    """
    try:
        lines = source.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError as error:
        reason = error.strerror
        raise DataError(f"{source}: cannot be read ({reason}); name NL2Bash's all.cm") from error
    found = list(pairs(lines))
    if len(found) <= 2 * HELD_OUT:
        raise DataError(
            f"{source}: gives {len(found)} usable commands, and {2 * HELD_OUT} are held out; "
            "use NL2Bash's whole all.cm"
        )
    splits = split(found)
    for name, examples in splits.items():
        write_rows(folder / f"{name}.jsonl", examples)
    return {name: len(examples) for name, examples in splits.items()}
