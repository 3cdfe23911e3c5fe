"""Slides of a page: a slide a section, a slide an output, and the rest as the speaker's notes."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from helpers.core import paths
from helpers.course import address, overview

LEFT_OUT = ("Exercises", "Glossary")
BARE = "remove-input"  # the tag of a cell that shows its output alone
LINES = 16  # of code, or of what it prints, that can be read from the last row
PARTS = (  # of reveal.js: its other themes fetch their fonts
    "LICENSE", "dist/reveal.css", "dist/reveal.js", "dist/theme/white.css",
    "dist/theme/fonts/source-sans-pro", "plugin/notes",
)  # fmt: skip
LIST = re.compile(r"[-*] |\d\. |\|")
ANCHOR = re.compile(r'<a name="[^"]*"></a>\n')
# nbconvert's own page fetches jQuery, RequireJS, MathJax and Mermaid, which nothing here needs, and
# leaves out what pictures say in words.
TEMPLATE = """\
{%- extends 'index.html.j2' -%}
{%- block html_head_js -%}{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_css -%}
<style>
.reveal { font-size: 30px; }
.reveal .slide-number { right: auto; left: 8px; }
.reveal section { text-align: left; }
.reveal h1, .reveal h2 { text-transform: none !important; }
.reveal h1 { font-size: 1.9em; }
.reveal .jp-RenderedMarkdown { font-size: 26px; overflow: visible; }
.reveal .jp-Cell-inputWrapper .jp-InputPrompt, .reveal .jp-OutputPrompt { display: none; }
.reveal .jp-RenderedImage img {
  display: block; margin: 0 auto; width: 940px; max-height: 580px; object-fit: contain;
}
.reveal pre { box-shadow: none; width: auto; }
.reveal .jp-OutputArea-output pre, .reveal .highlight pre { font-size: 18px; line-height: 1.35; }
</style>
{%- endblock -%}
{%- block data_png scoped -%}
<div class="jp-RenderedImage jp-OutputArea-output">
<img src="data:image/png;base64,{{ output.data['image/png'] | replace('\n', '') }}"
  alt="{{ output | get_metadata('alt', 'image/png') | escape }}">
</div>
{%- endblock -%}
{%- block footer_js -%}
<script src="reveal/dist/reveal.js"></script>
<script src="reveal/plugin/notes/notes.js"></script>
<script>
Reveal.initialize({ hash: true, slideNumber: "c/t", width: 1100, height: 700,
  plugins: typeof RevealNotes === "undefined" ? [] : [RevealNotes] });
</script>
{%- endblock -%}
"""


def deck(notebook: Path) -> Any:
    """Return a notebook as slides: its sections' first words, its pictures, its short outputs."""
    import nbformat
    from nbformat.v4 import new_notebook

    content = nbformat.read(str(notebook), as_version=4)
    cells = [*_opening(notebook)]
    heading, shown = "", False
    for cell in content.cells[1:]:
        if cell.cell_type == "markdown":
            for part in re.split(r"^(?=## )", ANCHOR.sub("", cell.source), flags=re.MULTILINE):
                if part.startswith("## "):
                    heading = part.partition("\n")[0].removeprefix("## ")
                    shown = heading not in LEFT_OUT
                if shown and part.strip():
                    cells += _section(part)
        elif shown and cell.outputs:
            cells += _outputs(cell, heading)
    return new_notebook(cells=cells, metadata=content.metadata)


def _opening(notebook: Path) -> Iterator[Any]:
    said = overview.opening(notebook)
    aim = _linkless(said["What you'll do"])
    yield _slide("slide", f"# {said['title']}\n\n{aim}")


def _section(text: str) -> Iterator[Any]:
    """Yield a section's heading with its first words; what else it says is for the speaker."""
    blocks = re.split(r"\n\n+", _linkless(text.strip()))
    if text.startswith("## "):
        first = 3 if len(blocks) > 2 and LIST.match(blocks[2]) else 2  # a list belongs to its words
        yield _slide("slide", "\n\n".join(blocks[:first]))
        blocks = blocks[first:]
    if blocks:
        yield _slide("notes", "\n\n".join(blocks))


def _outputs(cell: Any, heading: str) -> Iterator[Any]:
    """Yield a slide of a cell's code and what it printed, if both are short, and one a picture."""
    pictures = [o for o in cell.outputs if "image/png" in o.get("data", {})]
    texts = [o for o in cell.outputs if o not in pictures]
    printed = "".join(o.get("text", "") or o.data.get("text/plain", "") for o in texts)
    lines = printed.count("\n") + cell.source.count("\n")
    if printed.strip() and printed.count("\n") <= LINES:
        yield _code(cell.source if lines <= LINES + 6 else "", texts)
    for picture in pictures:
        said = picture.metadata.get("image/png", picture.metadata)
        said.setdefault("alt", f"A picture of the section {heading}")
        yield _code("", [picture])


def _code(source: str, outputs: list[Any]) -> Any:
    """Return a slide of outputs, with the code above them if there is any."""
    from nbformat.v4 import new_code_cell

    told = _kind("subslide") | ({} if source else {"tags": [BARE]})
    return new_code_cell(source, outputs=outputs, metadata=told)


def _slide(kind: str, source: str) -> Any:
    from nbformat.v4 import new_markdown_cell

    return new_markdown_cell(source, metadata=_kind(kind))


def _kind(kind: str) -> dict[str, Any]:
    return {"slideshow": {"slide_type": kind}}


def _linkless(text: str) -> str:
    """Return Markdown without its links: a slide has nobody who could follow them.

    >>> _linkless("See notebook [04](04_fine.ipynb), or [the glossary](#glossary).")
    'See notebook 04, or the glossary.'
    """
    return re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", address.BADGE.sub("", text))


def render(notebook: Path) -> str:
    """Return a notebook's slides as HTML, which loads reveal.js from the folder beside it."""
    from nbconvert import SlidesExporter
    from traitlets.config import Config

    bare = {"TagRemovePreprocessor": {"enabled": True, "remove_input_tags": {BARE}}}
    exporter = SlidesExporter(raw_template=TEMPLATE, config=Config(bare))
    exporter.reveal_url_prefix, exporter.reveal_theme = "reveal", "white"
    exporter.exclude_input_prompt = exporter.exclude_output_prompt = True
    page, _ = exporter.from_notebook_node(deck(notebook), {"metadata": {"name": notebook.stem}})
    return page


def reveal() -> Path:
    """Return where reveal.js lies; raises `RuntimeError` if its package is missing."""
    found = importlib.util.find_spec("sphinx_revealjs")
    if not found or not found.origin:
        raise RuntimeError("reveal.js is missing; `make check-course` installs what it is in")
    return Path(found.origin).parent / "_static" / "revealjs"


def write(target: Path) -> Iterable[Path]:
    """Write the slides of every page into a folder, reveal.js with them; yield the files."""
    source = reveal()
    target.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        for file in (source / part).rglob("*") if (source / part).is_dir() else [source / part]:
            copy = target / "reveal" / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
    for notebook in sorted((paths.root() / "notebooks").glob("*.ipynb")):
        file = target / f"{notebook.stem}.html"
        file.write_text(render(notebook), encoding="utf-8")
        yield file
