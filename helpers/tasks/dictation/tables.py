"""Domains read from their tables: a TOML file each, which a reader can write by hand."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from helpers.tasks.dictation.domain import Domain, Heard, Spacing, Symbol

KEYS = {one.name for one in fields(Domain)}
ROW_KEYS = {"written", "spoken", "space"}
KINDS = {"symbols": list, "keywords": list, "spell_at_most": int} | dict.fromkeys(
    ("cases", "numbers", "spacing", "heard", "facts", "classes", "remedies"), dict
)  # of the values; the others are texts
NAMED = {str: "text", list: "list", int: "number", dict: "table"}


def read(path: str | Path) -> Domain:
    """Read a domain's table; raises `ValueError` that names the file, the row and the fix.

    Symbols are rows such as `{ written = "+", spoken = ["plus", "and"], space = "around" }`: how it
    is dictated, then other ways to say it. A keyword is a row too, or its word alone where that is
    what is said (`"SELECT"`).
    """
    path = Path(path)
    try:
        return parse(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: is not UTF-8; save it as such") from error
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def parse(text: str) -> Domain:
    """Return the domain of a table's text; raises `ValueError` that names the row and the fix.

    >>> parse('name = "sums"\\nkeywords = ["SUM"]\\nsymbols = []').by_spoken
    {('sum',): ('SUM',)}
    >>> parse('name = "sums"\\nsymbols = [["+", "plus"]]')
    Traceback (most recent call last):
    ...
    ValueError: ['+', 'plus'] is no row of symbols; write { written = "+", ... }
    """
    table = tomllib.loads(text)
    if odd := sorted(table.keys() - KEYS):
        raise ValueError(f"{odd[0]!r} is no part of a table; use {', '.join(sorted(KEYS))}")
    for key, value in table.items():
        kind = KINDS.get(key, str)
        if not isinstance(value, kind):
            raise ValueError(f"{key!r} is {value!r}; write a {NAMED[kind]}")
    for needed in ("name", "symbols"):
        if needed not in table:
            raise ValueError(f"{needed!r} is missing; add it")
    for part in ("symbols", "keywords"):
        table[part] = tuple(_symbol(row, part) for row in table.get(part, []))
    table["spacing"] = _spacing(table.get("spacing", {}))
    table["heard"] = _heard(table.get("heard", {}))
    return Domain(**table)


def _symbol(row: Any, part: str) -> Symbol:
    if part == "keywords" and isinstance(row, str):
        row = {"written": row, "spoken": row.lower()}
    if not isinstance(row, dict) or not {"written", "spoken"} <= row.keys() <= ROW_KEYS:
        raise _no_row(row, part)
    phrases = row["spoken"] if isinstance(row["spoken"], list) else [row["spoken"]]
    spoken, *synonyms = phrases or [""]
    texts = [row["written"], spoken, *synonyms, row.get("space", "none")]
    if not all(isinstance(text, str) for text in texts):
        raise _no_row(row, part)
    return Symbol(row["written"], spoken, tuple(synonyms), row.get("space", "none"))


def _no_row(row: Any, part: str) -> ValueError:
    return ValueError(
        f'{row} is no row of {part}; write {{ written = "+", spoken = ["plus", "and"] }}'
    )


def _spacing(table: dict[str, Any]) -> Spacing:
    known = [one.name for one in fields(Spacing)]
    if odd := sorted(table.keys() - set(known)):
        raise ValueError(f"{odd[0]!r} is no habit of spacing; use {', '.join(known)}")
    for name, symbols in table.items():
        if not isinstance(symbols, list) or not all(isinstance(s, str) for s in symbols):
            raise ValueError(f"spacing.{name} is {symbols!r}; list symbols: [\"&&\"]")
    return Spacing(**{name: tuple(symbols) for name, symbols in table.items()})


def _heard(table: dict[str, Any]) -> Heard:
    if odd := sorted(table.keys() - {"words", "symbols"}):
        raise ValueError(f"{odd[0]!r} is no part of what is heard; use words or symbols")
    parts = {name: _phrases(part, name) for name, part in table.items()}
    return Heard(**parts)


def _phrases(part: Any, name: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(part, dict):
        raise ValueError(f"heard.{name} is {part!r}; write a table of what is heard")
    for written, phrases in part.items():
        if not isinstance(phrases, list) or not all(isinstance(p, str) and p for p in phrases):
            raise ValueError(
                f'heard.{name}: {written!r} is {phrases!r}; list what is heard: ["cube control"]'
            )
    return {written: tuple(phrases) for written, phrases in part.items()}
