"""Notebooks in batches: a CSV of parameters, a row a run, and a page that lists what came out.

A row is a cell of a sweep, so a batch is resumed, carried out in parallel, and put in a table as
sweeps are.
"""

from __future__ import annotations

import csv
import html
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from helpers.core import paths
from helpers.core.files import read_file, replace_file
from helpers.sweep import table
from helpers.sweep.cells import Cell
from helpers.sweep.grid import SweepError, section

NOTEBOOK = "notebook"
HEAD = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2rem; }}
table {{ border-collapse: collapse; }}
th, td {{ border-bottom: 1px solid #ccc; padding: .3rem .8rem; text-align: left; }}
.failed {{ color: #a00; }}
</style>
<h1>{title}</h1>
<p>{count}</p>
"""


def grids(file: Path) -> list[dict[str, Any]]:
    """Return the rows of a CSV as grids of a cell each; raises `SweepError`.

    A column is named `notebook`, the others are parameters; where a row has nothing the notebook's
    own value stays.
    """
    try:
        text = read_file(file).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SweepError(f"{file}: cannot be read ({error}); save it as UTF-8 text") from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        names = [name.strip() for name in rows.fieldnames or []]
        if NOTEBOOK not in names or len(set(names)) < len(names) or "" in names:
            raise SweepError(f"{file} line 1: name each column once, one of them {NOTEBOOK!r}")
        rows.fieldnames = names
        found = [_grid(row, f"{file} line {rows.line_num}") for row in rows]
    except csv.Error as error:
        where = f"{file} line {rows.line_num + 1}"
        raise SweepError(f"{where}: is no table ({error}); mend it") from error
    if not found:
        raise SweepError(f"{file}: has no rows; write one for each run")
    return found


def _grid(row: Mapping[Any, Any], where: str) -> dict[str, Any]:
    if None in row or None in row.values():
        raise SweepError(f"{where}: has not as many values as there are columns; mend it")
    values = {name: value.strip() for name, value in row.items() if value.strip()}
    if NOTEBOOK not in values:
        raise SweepError(f"{where}: names no notebook; fill it in, or take the row out")
    notebook = values.pop(NOTEBOOK)
    return {NOTEBOOK: notebook} | ({"parameters": values} if values else {})


def write_page(folder: Path, title: str, cells: Sequence[Cell]) -> Path:
    """Write `index.html` into a batch's folder: each run, its parameters, its outputs or error."""
    rows = {row["folder"]: row for row in table.read(folder)}
    failed = sum("error" in rows[cell.folder.name] for cell in cells)
    names = list(dict.fromkeys(n for cell in cells for n in section(cell.values, "parameters")))
    titles = ["notebook", *names, "seconds", "outputs"]
    lines = [HEAD.format(title=html.escape(title), count=_count(len(cells), failed)), "<table>\n"]
    lines.append(_line("th", titles))
    for cell in cells:
        row, given = rows[cell.folder.name], section(cell.values, "parameters")
        parts = [cell.values[NOTEBOOK], *(given.get(name, "") for name in names)]
        texts = [html.escape(str(part)) for part in (*parts, row.get("seconds", ""))]
        lines.append(_line("td", [*texts, _outputs(folder, cell, row)]))
    lines.append("</table>\n")
    page = folder / "index.html"
    replace_file(page, "".join(lines))
    return page


def _count(count: int, failed: int) -> str:
    return f"{count - failed} of {count} runs finished" + (f", {failed} failed." if failed else ".")


def _line(tag: str, parts: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{part}</{tag}>' for part in parts)}</tr>\n"


def _outputs(folder: Path, cell: Cell, row: Mapping[str, Any]) -> str:
    """Return a link to what ran, and to the log of what failed, with the reason."""
    if "error" in row:
        log = _link(folder, cell.folder / "log.txt", "log")
        return f'<span class="failed">{html.escape(row["error"])}</span> {log}'
    executed = paths.root() / cell.record()["executed"]
    return _link(folder, executed, executed.name)


def _link(folder: Path, file: Path, text: str) -> str:
    target = Path(os.path.relpath(file.resolve(), folder.resolve())).as_posix()
    return f'<a href="{html.escape(target, quote=True)}">{html.escape(text)}</a>'
