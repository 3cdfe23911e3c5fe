"""The scoreboard: committed records as a table, in the terminal and in README.md."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpers import paths, records
from helpers.markdown import insert, table
from helpers.rows import replace_file

MARKS = ("<!-- scoreboard: written by `make score` -->", "<!-- scoreboard end -->")
SHOWN = {"mlx": "MLX", "gguf": "llama.cpp"}  # torch is what the course means otherwise
HEAD = ("task", "engine", "rows", "exact %", "95 %", "effective %", "95 %", "ms", "commit")


def line(record: dict[str, Any]) -> tuple[str, ...]:
    """Return one record as the cells of a line."""
    return (
        record["task"],
        engine(record),
        f"{record['n']} {record['split']}",
        f"{100 * record['exact']:.1f}",
        _interval(record["exact_ci"]),
        f"{100 * record['effective']:.1f}",
        _interval(record["effective_ci"]),
        f"{1000 * record['seconds_median']:.1f}",
        (record["commit"] or "")[:12],
    )


def engine(record: dict[str, Any]) -> str:
    """Name what answered: an engine, or a model, whether it was tuned, and how it decoded.

    >>> settings = {"base": "data/tiny_base/2m", "model": "runs/finetune-1", "decode": "grammar"}
    >>> engine({"engine": "torch", "settings": settings}), engine({"engine": "rules"})
    ('2m tuned, grammar', 'rules')
    >>> engine({"engine": "mlx", "settings": settings})
    '2m tuned, grammar, by MLX'
    """
    told = record.get("settings", {})
    if record["engine"] == "api":
        return f"{told['model']} prompted, {told['shots']} examples"
    if "decode" not in told:
        return record["engine"]
    tuned = "untuned" if told["model"] == told["base"] else "tuned"
    by = "" if record["engine"] == "torch" else f", by {SHOWN[record['engine']]}"
    return f"{Path(told['base']).name} {tuned}, {told['decode']}{by}"


def command(record: dict[str, Any]) -> str:
    """Return the command that makes a record's scores again.

    >>> command({"task": "support_label", "engine": "rules", "split": "test"})
    'python -m helpers score --task support_label --engine rules --split test'
    """
    told = record.get("settings", {})
    options = {"task": record["task"], "engine": record["engine"]}
    options |= {name: told[name] for name in ("model", "decode") if name in told}
    options["split"] = record["split"]
    return "python -m helpers score " + " ".join(f"--{n} {value}" for n, value in options.items())


def _interval(bounds: Sequence[float]) -> str:
    return f"{100 * bounds[0]:.1f}–{100 * bounds[1]:.1f}"


def markdown(found: Sequence[dict[str, Any]]) -> str:
    """Render records as a markdown table, with the command behind each line folded away."""
    commands = "\n".join(map(command, found))
    folded = f"<details><summary>The command behind each line</summary>\n\n```sh\n{commands}\n```"
    return f"{table(HEAD, map(line, found))}\n\n{folded}\n\n</details>"


def plain(found: Sequence[dict[str, Any]]) -> str:
    """Render records as aligned text."""
    lines = [HEAD, *map(line, found)]
    widths = [max(len(cells[at]) for cells in lines) for at in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
        for cells in lines
    )


def update() -> Path:
    """Write the committed records' table into README.md."""
    path = paths.root() / "README.md"
    page, text = path.read_text(encoding="utf-8"), markdown(records.committed())
    replace_file(path, insert(page, MARKS, text, paths.shown(path)))
    return path
