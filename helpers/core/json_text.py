"""A line of JSON, read strictly: what a lenient reader would lose or break on is named."""

from __future__ import annotations

import json
from typing import Any

MARK = b"\xef\xbb\xbf"  # the byte order mark that Windows writes before UTF-8


class RepeatedKey(ValueError):
    """An object of JSON with a key twice, of which a reader would take the last in silence."""


def decode(line: bytes) -> Any:
    """Decode a line of JSON; raises `ValueError` that says what is wrong and how to mend it."""
    try:
        text = line.removeprefix(MARK).decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    if not text:
        raise ValueError("is empty; delete the line")
    try:
        row = json.loads(text, object_pairs_hook=unique)
        json.dumps(row, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON ({error.msg} at column {error.colno}); mend it") from error
    except UnicodeEncodeError as error:
        half = error.object[error.start]
        raise ValueError(f"holds half a character ({half!r}); write it whole") from error
    except RecursionError as error:
        raise ValueError("is nested too deeply to read; flatten it") from error
    except RepeatedKey:
        raise
    except ValueError as error:
        raise ValueError(f"holds a number too long to read ({error}); quote it") from error
    return row


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object's pairs as a dict; raises `RepeatedKey`."""
    value = dict(pairs)
    if len(value) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))
        raise RepeatedKey(f"has the key {twice!r} twice; write it once")
    return value
