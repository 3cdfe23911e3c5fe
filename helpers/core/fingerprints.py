"""Results remembered by the content they were made from."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from helpers.core import paths
from helpers.core.files import replace_file


def digest(*parts: Any) -> str:
    """Return a short name for JSON-like values: equal content, equal name.

    >>> digest(["a", 1]) == digest(["a", 1]), digest("a") == digest("b")
    (True, False)
    """
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def remember(kind: str, key: str, make: Callable[[], Any], keep: bool = True) -> Any:
    """Return the JSON value kept under `key`, or make and keep it; a broken file is made again.

    `keep` off, and it is made, and nothing is written: what people say is theirs. What is kept only
    its owner can read, since rows and words of one's own may be in it.
    Where it cannot be kept (a full or read-only disk) a warning says so, and work goes on.
    """
    if not keep:
        return make()
    path = _kept(kind, key)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        value = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, json.dumps(value), private=True)
    except OSError as error:
        warnings.warn(f"{path} cannot be kept ({error.strerror}); it is made again", stacklevel=2)
    return value


def forget(kind: str, key: str) -> None:
    """Forget what is kept under `key`, if anything is."""
    _kept(kind, key).unlink(missing_ok=True)


def keep_newest(kind: str, count: int) -> None:
    """Remove what is kept of a kind, but for the newest files; on a read-only disk all stay."""
    with suppress(OSError):
        files = (paths.runs() / "cache").glob(f"{kind}-*.json")
        for file in sorted(files, key=lambda file: file.stat().st_mtime)[:-count]:
            file.unlink(missing_ok=True)


def _kept(kind: str, key: str) -> Path:
    return paths.runs() / "cache" / f"{kind}-{key}.json"
