"""The tables of the corpora: text in the folder `tables` beside what reads it."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.core.tables import parted, read_sections, table

__all__ = ["parted", "read_sections", "sections"]


def sections(room: str, name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lines of each section of `tables/<name>.txt` of a package of `corpora`.

    >>> sections("voice_requests", "nicknames")["3d"]
    ('the 3D app; the 3D program',)
    """
    return table(f"corpora.{room}", name)
