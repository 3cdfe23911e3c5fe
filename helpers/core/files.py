"""Files read and written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path


def replace_file(path: Path, text: str, private: bool = False) -> None:
    """Replace a file in one step, by way of a neighbour that is removed if writing fails.

    What is private can be read by its owner alone, and by nobody else even while it is written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if private:
            temporary.unlink(missing_ok=True)  # a killed process's, of the same number
            temporary.touch(mode=0o600, exist_ok=False)
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def read_file(path: Path) -> bytes:
    """Return a file's content; raises `OSError` at once for a pipe, which may never end."""
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "a pipe or a device"
        raise OSError(errno.EINVAL, f"it is {what}, not a file", str(path))
    return path.read_bytes()


def sha256(path: Path) -> str:
    """Return the sha256 of a file, read a piece at a time."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def utf16(content: bytes) -> str:
    """Return the codec of UTF-16 or UTF-32 text, with its mark or without; empty of other text.

    >>> utf16("ls".encode("utf-16")), utf16("ls -l".encode("utf-16-be")), utf16(b"ls")
    ('utf-16', 'utf-16-be', '')
    """
    if content[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        return "utf-32"
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    low, high = content[:64:2], content[1:64:2]
    if len(content) < 4 or bool(low.strip(b"\0")) == bool(high.strip(b"\0")):
        return ""
    return "utf-16-le" if low.strip(b"\0") else "utf-16-be"
