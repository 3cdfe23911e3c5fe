"""Weights in files, without loading them: their names and shapes, and whether a file is whole."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from safetensors import SafetensorError, safe_open

from helpers.core.examples import EngineError

Shapes = dict[str, tuple[int, ...]]


def shapes(folder: Path) -> Shapes:
    """Return the shape of every weight in a folder's safetensors files, by name.

    Raises `EngineError` that names the file, for one that is empty or was copied by half.
    """
    found: Shapes = {}
    for file in sorted(folder.glob("*.safetensors")):
        found |= shapes_in(file)
    return found


def shapes_in(file: Path) -> Shapes:
    """Return the shape of every weight in a file, by name; raises `EngineError`."""
    state = file.stat()
    return dict(_shapes(file, state.st_size, state.st_mtime_ns))


@lru_cache(maxsize=64)
def _shapes(file: Path, size: int, changed: int) -> Shapes:
    try:
        with safe_open(file, framework="numpy") as opened:
            names = list(opened.keys())
            return {name: tuple(opened.get_slice(name).get_shape()) for name in names}
    except (SafetensorError, OSError, ValueError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise EngineError(
            f"{file}: is damaged or not whole ({size:,} bytes; {reason}); copy it again"
        ) from error
