"""The card of the tiny bases: its tables are rendered from the records beside the weights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpers import paths, records
from helpers.rows import replace_file

BEGIN, END = "<!-- bases: written by `python -m helpers grow` -->", "<!-- bases end -->"
HEAD = (
    "size", "weights", "MB", "tokens read", "minutes", "CPUs", "copying %", "casing %",
    "capitals %", "commit",
)  # fmt: skip


def folder() -> Path:
    """Return the folder of the committed bases, a folder each, and their card."""
    return paths.root() / "data" / "tiny_base"


def committed() -> list[dict[str, Any]]:
    """Read the records of the bases, the smallest first."""
    found = [records.read(path) for path in sorted(folder().glob("*/record.json"))]
    return sorted(found, key=lambda record: record["weights"])


def line(record: dict[str, Any]) -> tuple[str, ...]:
    """Return what a base is and what growing it took, as the cells of a line."""
    hardware = record["hardware"]
    return (
        record["size"],
        f"{record['weights']:,}",
        f"{record['bytes'] / 1e6:.1f}",
        f"{record['tokens'] / 1e6:.1f} million",
        f"{record['seconds'] / 60:.0f}",
        f"{hardware['cpus']} ({hardware['machine']})",
        *(_share(record["probes"].get(name)) for name in ("copying", "casing", "capitals")),
        record["commit"] or "",
    )


def _share(scores: dict[str, Any] | None) -> str:
    if scores is None:  # grown before there was this probe
        return "–"
    low, high = (100 * end for end in scores["ci"])
    return f"{100 * scores['exact']:.1f} [{low:.1f}–{high:.1f}] of {scores['n']}"


def bits_lines(found: Sequence[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Return a line for each kind of text: the n-gram's bits per byte, and each base's."""
    order = found[0]["n_gram"]["order"]
    head = ("held-out text", "texts", f"{order}-gram", *(record["size"] for record in found))
    lines = [head, tuple("---" for _ in head)]
    for kind, bits in found[0]["bits_per_byte"].items():
        models = (f"{record['bits_per_byte'][kind]['model']:.2f}" for record in found)
        lines.append((kind, f"{bits['texts']:,}", f"{bits['n_gram']:.2f}", *models))
    return lines


def markdown(found: Sequence[dict[str, Any]]) -> str:
    """Render records as the card's two tables, with a line on what they hold."""
    if not found:
        return "No base has been grown yet."
    figures = [HEAD, tuple("---" for _ in HEAD), *map(line, found)]
    read = found[0]["n_gram"]["bytes"] / 1e6
    return "\n\n".join(
        (
            _table(figures),
            f"Bits per byte, lower is better; the n-gram was fitted on {read:g} MB of the same "
            "stream of documents:",
            _table(bits_lines(found)),
        )
    )


def _table(lines: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def insert(card: str, text: str) -> str:
    """Return the card with `text` between its marks; raises `ValueError` without them."""
    before, begin, rest = card.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the bases' card lacks the marks {BEGIN} and {END}; put them back")
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


def update() -> Path:
    """Write the tables of the committed bases into their card."""
    path = folder() / "README.md"
    replace_file(path, insert(path.read_text(encoding="utf-8"), markdown(committed())))
    return path
