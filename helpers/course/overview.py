"""The table of all pages in notebooks/README.md, read from the pages' own openings."""

from __future__ import annotations

import json
import re
from pathlib import Path

from helpers.core.files import replace_file
from helpers.core.markdown import insert, table

MARKS = ("<!-- pages: written by `python -m helpers course write` -->", "<!-- pages end -->")
HEAD = ("page", "what you do there", "the machine takes", "you take")
PROSE, CELL, STAR = 150, 1.0, 6.0  # words a minute; minutes a cell of code; a star's minutes


def opening(notebook: Path) -> dict[str, str]:
    """Return what the first cell says: title, `Takes`, `Needs`, `What you'll do`, and so on.

    Raises `ValueError` if the page has no such opening.
    """
    first = "".join(_cells(notebook)[0]["source"])
    facts = re.findall(r"\*\*([A-Z][\w' ]+?)\.?\*\* (.+?)(?=\s·\s\*\*|\n\n|\Z)", first, re.DOTALL)
    found = {name: " ".join(text.split()) for name, text in facts}
    found["title"] = first.splitlines()[0].removeprefix("# ")
    if missing := [name for name in ("Takes", "What you'll do") if name not in found]:
        raise ValueError(f"{notebook.name}: its opening lacks **{missing[0]}**; write it")
    return found


def minutes(notebook: Path) -> int:
    """Return about how long a reader takes with the exercises, in quarters of an hour."""
    texts = {"markdown": "", "code": ""}
    cells = _cells(notebook)
    for cell in cells:
        texts[cell["cell_type"]] += "".join(cell["source"]) + "\n"
    stars = sum(map(len, re.findall(r"^\d\. (★+) ", texts["markdown"], re.MULTILINE)))
    coded = sum(cell["cell_type"] == "code" for cell in cells)
    prose = re.sub(r"^\|.*$", "", texts["markdown"], flags=re.MULTILINE)  # tables are looked up
    taken = len(prose.split()) / PROSE + CELL * coded + STAR * stars
    return 15 * round(taken / 15)


def pages(notebooks: Path) -> str:
    """Return the table of a folder's notebooks."""
    lines = []
    for notebook in sorted(notebooks.glob("*.ipynb")):
        said = opening(notebook)
        page = f"[{said['title']}]({notebook.name})"
        lines.append((page, said["What you'll do"], said["Takes"], _time(minutes(notebook))))
    return table(HEAD, lines)


def write(readme: Path) -> None:
    """Write the table between its marks; raises `ValueError` if they are missing."""
    page = readme.read_text(encoding="utf-8")
    replace_file(readme, insert(page, MARKS, pages(readme.parent), readme.name))


def _cells(notebook: Path) -> list[dict]:
    return json.loads(notebook.read_text(encoding="utf-8"))["cells"]


def _time(taken: int) -> str:
    """Write minutes as people say them.

    >>> _time(45), _time(60), _time(90)
    ('45 min', '1 h', '1½ h')
    """
    hours, rest = divmod(taken, 60)
    return f"{hours}{['', '¼', '½', '¾'][rest // 15]} h" if hours else f"{taken} min"
