"""Ends a command that writes data with one line where what it was given cannot be."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def in_one_line(parser: ArgumentParser, folder: Path) -> Iterator[None]:
    """Tell what cannot be written or made, instead of a traceback; ask of the folder first."""
    try:
        if folder.exists() and not folder.is_dir():
            raise NotADirectoryError(f"{folder} is a file; name a folder")
        yield
    except (OSError, ValueError) as error:
        parser.error(str(error))
