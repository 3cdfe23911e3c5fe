"""Write arrays of MLX: what cannot be written is an `OSError`, as from everybody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def writing() -> Iterator[None]:
    """Turn MLX's `RuntimeError` about a file it cannot write into an `OSError`.

    >>> with writing():
    ...     raise RuntimeError("[write] Unable to write 4096 bytes to file.")
    Traceback (most recent call last):
    OSError: [write] Unable to write 4096 bytes to file.
    """
    try:
        yield
    except RuntimeError as error:
        if not str(error).startswith(("[write]", "[save_safetensors]")):
            raise
        raise OSError(str(error)) from error


def save(file: Path, arrays: Mapping[str, Any], metadata: Mapping[str, str]) -> None:
    """Write arrays by name as safetensors, with what is `metadata` in the file's head."""
    import mlx.core as mx

    with writing():
        mx.save_safetensors(str(file), dict(arrays), dict(metadata))
