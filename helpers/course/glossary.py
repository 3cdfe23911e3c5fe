"""The course's words: one list in data/course, from which notebook 01's glossary is written."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from helpers.core import paths
from helpers.core.files import replace_file
from helpers.core.markdown import table

HEADING = '<a name="glossary"></a>\n## Glossary'


@dataclass(frozen=True)
class Word:
    """A word, what it means in this course, and the page that explains it first."""

    name: str
    meaning: str
    page: str


def words() -> list[Word]:
    """Return the course's words, in the order of the alphabet.

    >>> [word.page for word in words() if word.name == "lattice"]
    ['02']
    """
    listed = tomllib.loads((paths.root() / "data/course/glossary.toml").read_text("utf-8"))
    found = [
        Word(name, meaning, page)
        for page, meanings in listed.items()
        for name, meaning in meanings.items()
    ]
    return sorted(found, key=lambda word: word.name.lower())


def section(notebooks: Path) -> str:
    """Return the glossary as Markdown; a page of `notebooks` is a link, but for the first."""
    files = {file.name.partition("_")[0]: file.name for file in notebooks.glob("*.ipynb")}
    links = {page: f"[{page}]({name})" for page, name in files.items()} | {"01": "01"}
    lines = [(word.name, word.meaning, links[word.page]) for word in words()]
    return f"{HEADING}\n\n{table(('word', 'meaning here', 'page'), lines)}"


def write(notebook: Path) -> None:
    """Write the glossary into notebook 01; raises `ValueError` if it has no place for it."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    cells = [cell for cell in content["cells"] if "".join(cell["source"]).startswith(HEADING)]
    if len(cells) != 1:
        raise ValueError(f"{notebook.name}: {len(cells)} cells begin with {HEADING!r}; keep one")
    cells[0]["source"] = section(notebook.parent).splitlines(keepends=True)
    replace_file(notebook, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
