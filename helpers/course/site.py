"""The course as a site: Sphinx and myst-nb turn the committed pages into HTML, and run none."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.core import paths
from helpers.course import address, quizzes

CONF = """\
project = "Tiny Specialists"
html_title = project
language = "en"
extensions = ["myst_nb"]
nb_execution_mode = "off"
nb_ipywidgets_js = {}
myst_enable_extensions = []
myst_heading_anchors = 2
html_theme = "sphinx_book_theme"
html_theme_options = {"use_download_button": False, "use_fullscreen_button": False}
html_copy_source = False
html_css_files = ["phone.css"]
html_js_files = [("boxes.js", {"defer": "defer"})]
html_static_path = ["static"]
html_show_copyright = False
exclude_patterns = ["_build"]
suppress_warnings = ["mystnb.unknown_mime_type", "misc.highlighting_failure"]
"""
# A picture keeps a width at which its words can be read; on a phone it scrolls in its own box.
PHONE = """\
@media (max-width: 720px) {
  .cell_output .output img, .cell_output img { min-width: 36rem; max-width: none; }
  .cell_output { overflow-x: auto; }
  code, code span.pre { overflow-wrap: anywhere; white-space: normal; }
}
"""
# What scrolls sideways can be reached by the keyboard, too.
BOXES = """\
for (const box of document.querySelectorAll(".cell_output, pre, table")) {
  if (box.scrollWidth > box.clientWidth) { box.tabIndex = 0; }
}
"""
OUTSIDE = re.compile(r"\]\(\.\./(?=README\.md|data/|helpers/|tests/)")
CONTENTS = """

```{{toctree}}
:hidden:
:caption: {caption}

{names}
```
"""


def sources(target: Path) -> None:
    """Write what the site is made of into a folder: the pages, and what leads through them."""
    notebooks = paths.root() / "notebooks"
    target.mkdir(parents=True, exist_ok=True)
    names = [path.stem for path in sorted(notebooks.glob("*.ipynb"))]
    tested = [f"quizzes/{path.stem}" for path in sorted(quizzes.folder().glob("*.md"))]
    index = (notebooks / "README.md").read_text(encoding="utf-8")
    index = index.replace("](quizzes)", f"]({tested[0]}.md)")
    for caption, listed in (("Pages", names), ("Quizzes", tested), ("Teachers", ["TEACHING"])):
        index += CONTENTS.format(caption=caption, names="\n".join(listed))
    _write(target / "index.md", index)
    for path in (notebooks / "TEACHING.md", *sorted(quizzes.folder().glob("*.md"))):
        _write(target / path.relative_to(notebooks), path.read_text(encoding="utf-8"))
    for path in sorted(notebooks.glob("*.ipynb")):
        (target / path.name).write_text(json.dumps(_page(path)), encoding="utf-8")
    (target / "conf.py").write_text(CONF, encoding="utf-8")
    for name, text in (("phone.css", PHONE), ("boxes.js", BOXES)):
        _write(target / "static" / name, text)


def _linked(text: str) -> str:
    """Return Markdown in which what lies outside of the pages is linked in the repository."""
    return OUTSIDE.sub(f"]({address.address()}/blob/main/", text)


def _write(file: Path, text: str) -> None:
    """Write a page of Markdown."""
    text = _linked(text).replace("](README.md", "](index.md")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _page(notebook: Path) -> dict:
    """Return a notebook for the site: a link for the badge, no set-up cell, words for pictures."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    badge = f"[Open in Colab]({address.badge(address.address(), notebook.name).rpartition('(')[2]}"
    cells, heading = [], ""
    for cell in content["cells"]:
        source = "".join(cell["source"])
        cell["source"] = _linked(address.BADGE.sub(badge, source))
        if cell["cell_type"] == "markdown":
            heading = [heading, *re.findall(r"^#+ (.+)$", source, re.MULTILINE)][-1]
            cells.append(cell)
        elif not address.is_setup(source):
            cells += _apart(cell, heading)
    return content | {"cells": cells}


def _apart(cell: dict, heading: str) -> Iterator[dict]:
    """Yield a cell, then its pictures as cells of their own: alt texts are told cell by cell."""
    pictures = [o for o in cell["outputs"] if "image/png" in o.get("data", {})]
    yield cell | {"outputs": [o for o in cell["outputs"] if o not in pictures]}
    for number, picture in enumerate(pictures):
        said = picture["metadata"].get("image/png", picture["metadata"])
        alt = " ".join(said.get("alt", f"A picture of the section {heading}").split())
        told = {"tags": ["remove-input"], "mystnb": {"image": {"alt": alt}}}
        name = f"{cell['id']}-picture-{number}"
        # myst-nb leaves out a cell without code; this line is not shown.
        code = "# a picture"
        yield cell | {"id": name, "source": code, "outputs": [picture], "metadata": told}


def write(target: Path) -> Iterable[Path]:
    """Build the site into a folder; yield its pages. Raises `RuntimeError` with Sphinx's words."""
    work = target.with_name(f"{target.name}-sources")
    shutil.rmtree(work, ignore_errors=True)
    sources(work)
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
    done = subprocess.run([*command, str(work), str(target)], capture_output=True, text=True)
    if "No module named sphinx" in done.stderr:
        raise RuntimeError("Sphinx is missing; `make check-course` installs it")
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1]
        raise RuntimeError(f"{paths.shown(work)} is no site yet, for Sphinx says: {last}")
    shutil.rmtree(work)
    shutil.rmtree(target.with_name("jupyter_execute"), ignore_errors=True)  # copies of myst-nb's
    yield from sorted(target.rglob("*.html"))
