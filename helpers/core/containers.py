"""Files of rows in the containers that others use: JSON in any arrangement, CSV, tabs, UTF-16."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.core.examples import DataError
from helpers.core.files import read_file, utf16
from helpers.core.forms import rows_inside
from helpers.core.json_text import unique

BETWEEN = re.compile(r"[\s,\ufeff]*")  # what may stand between two rows
PACKED = {  # what a file that is no text begins with
    b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip, as a workbook is", b"PAR1": "Parquet",
    b"ARROW1": "Arrow", b"SQLite format 3": "SQLite", b"BZh": "bzip2", b"\x28\xb5\x2f\xfd": "zstd",
    b"\xfd7zXZ": "xz",
}  # fmt: skip
TABLES = {".csv": ",", ".tsv": "\t", ".tab": "\t"}


@dataclass(frozen=True)
class Raw:
    """A row as it stands in a file: its line, its text, and its value or what is wrong with it."""

    line: int
    text: str
    value: Any = None
    problem: str = ""


def read(path: Path) -> list[Raw]:
    """Return the rows of a file, whatever holds them; raises `DataError` if nothing can be read."""
    try:
        content = read_file(path)
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); name a file") from error
    if packed := next((name for begin, name in PACKED.items() if content.startswith(begin)), ""):
        raise DataError(f"{path}: is packed ({packed}); write its rows as JSON Lines or CSV first")
    try:
        text = content.decode(utf16(content) or "utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path}: is neither UTF-8 nor UTF-16 at byte {error.start}; save it as UTF-8"
        ) from error
    begin = text.lstrip()[:1]
    if begin in ("{", "[") and path.suffix.lower() not in TABLES:
        found = _unwrapped(path, list(json_rows(text)))
    elif path.suffix.lower() in TABLES or begin:
        found = list(table_rows(path, text))
    else:
        found = []
    if not found:
        raise DataError(f"{path}: holds no rows; name a file that has some")
    return found


def json_rows(text: str) -> Iterator[Raw]:
    """Read values of JSON one after another: a line each, over several lines, or in an array.

    >>> [(row.line, row.value) for row in json_rows('[{"a": 1},\\n{"a":\\n 2},]')]
    [(1, {'a': 1}), (2, {'a': 2})]
    """
    decoder = json.JSONDecoder(object_pairs_hook=unique)
    at, line, last = 0, 1, 0
    array = text.lstrip().startswith("[") and text.lstrip()[1:].lstrip()[:1] in ("{", "]")
    if array:
        at = text.index("[") + 1
    while (at := BETWEEN.match(text, at).end()) < len(text):
        line, last = line + text.count("\n", last, at), at
        if array and text[at] == "]":
            at += 1
            array = False
            continue
        try:
            value, end = decoder.raw_decode(text, at)
            json.dumps(value, ensure_ascii=False).encode("utf-8")
            yield Raw(line, text[at:end], value)
        except (ValueError, RecursionError) as error:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            reason = getattr(error, "msg", "") or str(error).splitlines()[0]
            yield Raw(line, text[at:end], problem=f"is not whole JSON ({reason}); mend it")
        at = end


def _unwrapped(path: Path, rows: list[Raw]) -> list[Raw]:
    """Return the rows of a file that is one object around a list of them; else as they are."""
    lists = rows_inside(rows[0].value) if len(rows) == 1 else {}
    if not lists:
        return rows
    if len(lists) > 1:
        raise DataError(
            f"{path}: holds the lists {', '.join(lists)}; write each into a file of its own"
        )
    (values,) = lists.values()
    plain = [one["row"] if isinstance(one.get("row"), dict) else one for one in values]
    return [Raw(1, json.dumps(one, ensure_ascii=False), one) for one in plain]


def table_rows(path: Path, text: str) -> Iterator[Raw]:
    """Read a table whose first line names its columns; an empty cell is absent."""
    mark = TABLES.get(path.suffix.lower()) or ("\t" if "\t" in text.partition("\n")[0] else ",")
    header = text.partition("\n")[0]
    if mark == "," and ";" in header and "," not in header:
        mark = ";"
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        columns = [name.strip() for name in next(reader, [])]
        if len(set(columns)) != len(columns):
            raise DataError(f"{path} line 1: names a column twice; give each a name of its own")
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if cells:
                yield _cells(line, columns, cells)
    except csv.Error as error:
        raise DataError(f"{path} line {reader.line_num}: is no table ({error}); mend it") from error


def _cells(line: int, columns: list[str], cells: list[str]) -> Raw:
    text = " | ".join(cells)
    if len(cells) > len(columns):
        much = f"has {len(cells)} cells, and the first line names {len(columns)} columns"
        return Raw(line, text, problem=f"{much}; put a text with commas in quotes")
    value = {name: cell for name, cell in zip(columns, cells, strict=False) if cell.strip()}
    return Raw(line, text, value)
