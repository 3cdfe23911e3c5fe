"""Data folders: `train.jsonl`, `valid.jsonl`, `test.jsonl`, one chat row a line.

A row is `{"id", "messages": [system, user, assistant], "group"?, "context"?}`, the form that
TRL, Unsloth and mlx-lm read. `{"instruction", "response"}` rows are read as well, and null is
absent. A row whose right answer is nothing says `"no_answer": true`, and its answer is empty. A bad
row is never skipped: reading fails and lists every bad line with its mending. Rows in other
people's forms are named, with the command that imports them.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from helpers.core import refusals
from helpers.core.files import read_file, replace_file, utf16
from helpers.core.json_text import MARK, decode
from helpers.core.turns import NO_ANSWER, turns_of

SPLITS = ("train", "valid", "test")
TURN_KEYS = {"id", "messages", "group", "context"}
ASKED_KEYS = {"id", "instruction", "response", "group", "context"}
OURS = TURN_KEYS | ASKED_KEYS
Read = TypeVar("Read")  # what is made of a line


class DataError(ValueError):
    """A data folder that cannot be used; the message names the file, the line and the fix."""


class EngineError(ValueError):
    """An engine that cannot be had as asked for; the message names what, and the fix."""


class RowError(EngineError):
    """One row that an engine cannot answer; it says nothing about the others."""


@dataclass(frozen=True)
class Example:
    """One row: what goes in (`system`, `prompt`, `context`) and what shall come out (`target`).

    Rows of one `group` never cross splits; it defaults to `id`. `extra` keeps other keys.
    """

    id: str
    prompt: str
    target: str
    system: str = ""
    group: str = ""
    context: Any = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def no_answer(self) -> bool:
        """Whether nothing is the right answer: the row says so, and its target is empty."""
        return self.extra.get(NO_ANSWER) is True

    def row(self) -> dict[str, Any]:
        """Return the example as a chat row.

        >>> Example("7", "wc dash L", "wc -l").row()["messages"][1]
        {'role': 'assistant', 'content': 'wc -l'}
        """
        turns = [("system", self.system)] if self.system else []
        turns += [("user", self.prompt), ("assistant", self.target)]
        row: dict[str, Any] = {
            "id": self.id,
            "messages": [{"role": role, "content": content} for role, content in turns],
        }
        if self.group and self.group != self.id:
            row["group"] = self.group
        if self.context is not None:
            row["context"] = self.context
        return row | self.extra


@dataclass(frozen=True)
class Prediction:
    """An engine's answer to one example, the seconds it took, and what the engine adds.

    `margin` says how far the answer was ahead of the next best, in nats: infinite where there was
    nothing to choose between, None where the engine does not say.
    """

    id: str
    text: str
    seconds: float
    margin: float | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def row(self) -> dict[str, Any]:
        """What a file of answers keeps beside text and id; an infinite margin is null in JSON.

        >>> Prediction("7", "ls", 0.1, math.inf, {"tokens": 2}).row
        {'seconds': 0.1, 'margin': None, 'tokens': 2}
        """
        margin = None if self.margin == math.inf else self.margin
        known = {} if self.margin is None else {"margin": margin}
        return {"seconds": self.seconds} | known | self.details


def margin_in(row: Mapping[str, Any]) -> float | None:
    """Return the margin that a row of answers keeps, as `Prediction.row` writes it.

    >>> margin_in({"margin": 2.5}), margin_in({"margin": None}), margin_in({})
    (2.5, inf, None)
    """
    if "margin" not in row:
        return None
    return math.inf if row["margin"] is None else float(row["margin"])


class Candidate(NamedTuple):
    """A possible answer and its score (natural log)."""

    score: float
    text: str


def parse_row(row: Any, number: int) -> Example:
    """Turn a decoded row into an `Example`; `number` counts from 0 and stands in for an id.

    Raises `ValueError` that says what is wrong and how to mend it.

    >>> parse_row({"instruction": "say hi", "response": "hi"}, 3)
    Example(id='00003', prompt='say hi', target='hi', system='', group='00003', ...)
    """
    if not isinstance(row, dict):
        raise ValueError("is not a JSON object; write one object {...} a line")
    row = {key: value for key, value in row.items() if value is not None or key not in OURS}
    system, prompt, target = turns_of(row)
    id_ = row.get("id", f"{number:05d}")
    if isinstance(id_, int) and not isinstance(id_, bool):
        id_ = str(id_)
    if not isinstance(id_, str) or not id_:
        raise ValueError("'id' is not a text; give the row an id of its own or leave the key out")
    group = row.get("group", id_)
    if not isinstance(group, str) or not group:
        raise ValueError("'group' is not a text; name the row's group or leave the key out")
    used = TURN_KEYS if "messages" in row else ASKED_KEYS
    extra = {key: value for key, value in row.items() if key not in used}
    return Example(id_, prompt, target, system, group, row.get("context"), extra)


def read_rows(
    path: str | os.PathLike[str], check: Callable[[Example], None] = lambda example: None
) -> list[Example]:
    """Read a file of rows; raises `DataError` that lists its bad lines (20 in full, then a count).

    Blank and broken lines, rows of another form and repeated ids are all bad, and so is a row for
    which `check` raises `ValueError`. What is wrong with the whole file is one line: its encoding,
    its container, a form that all its rows have, and a `DataError` of `check`.
    """
    first_seen: dict[str, int] = {}

    def read(line: bytes, number: int) -> Example:
        example = parse_row(decode(line), number)
        earlier = first_seen.setdefault(example.id, number)
        if earlier != number:
            raise ValueError(f"repeats id {example.id!r} of line {earlier + 1}; rename one")
        check(example)
        return example

    return read_each(Path(path), read, "holds no rows; write one JSON object a line")


def read_each(path: Path, read: Callable[[bytes, int], Read], nothing: str) -> list[Read]:
    """Return what `read` makes of each line of a file; it is given the line, and a number from 0.

    Raises `DataError` that lists the lines for which `read` raises `ValueError`, as `read_rows`
    says; `nothing` is what is said of a file without a line.
    """
    made: list[Read] = []
    problems: list[ValueError] = []
    places: list[int] = []
    lines = _lines(path)
    for number, line in enumerate(lines):
        try:
            made.append(read(line, number))
        except DataError:
            raise
        except ValueError as error:
            problems.append(error)
            places.append(number + 1)
    if problems:
        raise DataError(refusals.of_rows(path, lines, problems, places))
    if not made:
        raise DataError(f"{path}: {nothing}")
    return made


def _lines(path: Path) -> list[bytes]:
    try:
        content = read_file(path)
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    if utf16(content):
        raise DataError(f"{path}: is UTF-16, and rows are UTF-8; {refusals.command(path)}")
    lines = content.split(b"\n")
    return lines if lines[-1].removeprefix(MARK) else lines[:-1]


def read_split(
    folder: str | os.PathLike[str],
    split: str,
    check: Callable[[Example], None] = lambda example: None,
) -> list[Example]:
    """Read one split of a data folder; raises `DataError` if it is missing or has bad rows."""
    if split not in SPLITS:
        raise DataError(f"there is no split {split!r}; choose one of {', '.join(SPLITS)}")
    folder = Path(folder)
    if folder.is_file():
        raise DataError(f"{folder}: is a file; name the data folder that it lies in")
    if not folder.is_dir():
        raise DataError(f"{folder}: there is no such data folder; check the path")
    path = folder / f"{split}.jsonl"
    if not path.exists():
        raise DataError(f"{path}: is missing; {refusals.instead(folder, split, SPLITS)}")
    return read_rows(path, check)


def write_rows(path: str | os.PathLike[str], examples: Iterable[Example]) -> None:
    """Write rows so that a killed process leaves the old file or the new one, never a half."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, rows_text(examples))


def rows_text(examples: Iterable[Example]) -> str:
    """Return the text of a file of rows: a chat row a line."""
    return "".join(json.dumps(e.row(), ensure_ascii=False) + "\n" for e in examples)
