"""Tables of words and sentences, kept as text in the folder `tables` beside what reads them.

A line that begins with `# ` names a section, and the lines below it are its entries. Blank lines
count for nothing; what stands before the first section explains the table to its readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def table(package: str, name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lines of each section of `tables/<name>.txt` of a package of `helpers`.

    >>> table("corpora.voice_requests", "nicknames")["3d"]
    ('the 3D app; the 3D program',)
    """
    text = files(f"helpers.{package}").joinpath("tables", f"{name}.txt").read_text("utf-8")
    return MappingProxyType(read_sections(text))


def read_sections(text: str) -> dict[str, tuple[str, ...]]:
    r"""Read sections from a text; raises `ValueError` where two have one name.

    >>> read_sections("Colours.\n\n# warm\nred\n\n# cold\nblue\ngreen\n")
    {'warm': ('red',), 'cold': ('blue', 'green')}
    """
    read: dict[str, list[str]] = {}
    name = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("# "):
            name = line.removeprefix("# ")
            if name in read:
                raise ValueError(f"two sections are named {name!r}; give one of them another name")
            read[name] = []
        elif name:
            read[name].append(line)
    return {section: tuple(lines) for section, lines in read.items()}


def parted(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the entries of lines that part them by semicolons.

    >>> parted(["dark red; blue", "green"]), parted([" "])
    (('dark red', 'blue', 'green'), ())
    """
    entries = (entry.strip() for line in lines for entry in line.split(";"))
    return tuple(filter(None, entries))
