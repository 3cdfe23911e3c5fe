"""The card of the tiny bases: its tables are rendered from the records beside the weights."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpers.core import paths, runs
from helpers.core.files import replace_file
from helpers.core.markdown import insert, table

MARKS = ("<!-- bases: written by `python -m helpers grow` -->", "<!-- bases end -->")
HEAD = (
    "size", "weights", "MB", "tokens read", "minutes", "CPUs", "copying %", "casing %",
    "capitals %", "commit",
)  # fmt: skip


def folder() -> Path:
    """Return the folder of the committed bases, a folder each, and their card."""
    return paths.root() / "data" / "tiny_base"


def committed() -> list[dict[str, Any]]:
    """Read the records of the bases, the smallest first."""
    found = [runs.read(path) for path in sorted(folder().glob("*/record.json"))]
    return sorted(found, key=lambda record: record["weights"])


def beside() -> list[dict[str, Any]]:
    """Read the records of others' bases, which were measured on the same texts."""
    found = sorted(folder().glob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in found]


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
        *(_share(record["probes"][name]) for name in ("copying", "casing", "capitals")),
        record["commit"] or "",
    )


def _share(scores: dict[str, Any]) -> str:
    low, high = (100 * end for end in scores["ci"])
    return f"{100 * scores['exact']:.1f} [{low:.1f}–{high:.1f}] of {scores['n']}"


def bits_table(found: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]] = ()) -> str:
    """Render a line for each kind of text: the n-gram's bits per byte, and each base's."""
    order, bases = found[0]["n_gram"]["order"], [*found, *others]
    head = ("held-out text", "texts", f"{order}-gram", *(record["size"] for record in bases))
    lines = []
    for kind, bits in found[0]["bits_per_byte"].items():
        models = (f"{record['bits_per_byte'][kind]['model']:.2f}" for record in bases)
        lines.append((kind, f"{bits['texts']:,}", f"{bits['n_gram']:.2f}", *models))
    return table(head, lines)


def markdown(found: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]] = ()) -> str:
    """Render records as the card's two tables, with a line on what they hold."""
    if not found:
        return "No base has been grown yet."
    read = found[0]["n_gram"]["bytes"] / 1e6
    return "\n\n".join(
        (
            table(HEAD, map(line, found)),
            f"Bits per byte, lower is better; the n-gram was fitted on {read:g} MB of the same "
            "stream of documents:",
            bits_table(found, others),
        )
    )


def update() -> Path:
    """Write the tables of the committed bases into their card."""
    path = folder() / "README.md"
    page, text = path.read_text(encoding="utf-8"), markdown(committed(), beside())
    replace_file(path, insert(page, MARKS, text, paths.shown(path)))
    return path
