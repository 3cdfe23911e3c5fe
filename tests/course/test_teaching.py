"""What is made from the pages for teachers: solutions, slides, a site, and what checks them."""

import json
import re

import nbformat
import pytest

from helpers.core import paths
from helpers.course import checks, exercises, site, slides, solutions

PAGES = sorted((paths.root() / "notebooks").glob("*.ipynb"))
each = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
WHOLE = '<html lang="en"><a id="end" href="#end">x</a><img src="a.png" alt="A bar"></html>'


def sections(path) -> list[str]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    text = "\n".join("".join(c["source"]) + "\n" for c in cells if c["cell_type"] == "markdown")
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


@each
def test_a_solution_notebook_solves_every_exercise_of_its_page(path):
    """A solution that had been typed into a notebook by hand failed its own check."""
    made = solutions.solved(path)
    text = path.read_text("utf-8")
    names = set(re.findall(r"# exercises\.check_(\w+)\(", text))
    coded = [cell for cell in made.cells if cell.cell_type == "code" and cell.outputs]
    assert {name for name in names if f"def {name}(" in "\n".join(c.source for c in coded)} == names
    assert [cell.outputs[0].text for cell in coded] == ["correct\n"] * len(names)
    nbformat.validate(made)


def test_a_solution_cell_brings_the_imports_it_needs_and_no_others():
    known = solutions.solutions()
    assert known["hold_out"].startswith("import random\n\n\ndef hold_out(")
    assert known["count_texts"].splitlines()[:2] == [
        "from collections import Counter",
        "from helpers.tasks.dictation.lattice import Lattice",
    ]
    assert {f"check_{name}" for name in known} == set(exercises.__all__)


def test_a_solution_that_is_not_right_is_not_written(monkeypatch):
    wrong = solutions.solutions() | {"ceiling": "def ceiling(pairs):\n    return 1.0"}
    monkeypatch.setattr(solutions, "solutions", lambda: wrong)
    with pytest.raises(ValueError, match="the solution of ceiling is not right: not yet: "):
        solutions.solved(PAGES[0])
    monkeypatch.setattr(solutions, "solutions", dict)
    with pytest.raises(ValueError, match="01_inspect_the_data.ipynb: certainty has no solution"):
        solutions.solved(PAGES[0])


@each
def test_slides_have_each_section_and_no_exercise(path):
    """Whoever projects a page does not want to project its solutions, set-up or badge."""
    cells = slides.deck(path).cells
    kinds = [cell.metadata["slideshow"]["slide_type"] for cell in cells]
    first = [c.source for c, kind in zip(cells, kinds, strict=True) if kind == "slide"]
    wanted = [name for name in sections(path) if name not in slides.LEFT_OUT]
    assert [text.partition("\n")[0].removeprefix("## ") for text in first[1:]] == wanted
    shown = "\n".join(cell.source for cell in cells)
    assert "colab" not in shown and "exercises.check" not in shown and "](" not in shown
    assert kinds.count("subslide") >= 5 and kinds.count("notes") >= 3


def test_a_slide_holds_no_more_than_can_be_read():
    for path in PAGES:
        for cell in slides.deck(path).cells:
            if cell.cell_type == "code":
                texts = [o.get("text") or o.data.get("text/plain", "") for o in cell.outputs]
                assert "".join(texts).count("\n") <= slides.LINES
                assert cell.source.count("\n") <= 22


def stand_in(folder):
    """A folder as reveal.js's package has it."""
    for part in slides.PARTS:
        file = folder / part if "." in part or part == "LICENSE" else folder / part / "notes.js"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("", "utf-8")
    return folder


def test_slides_are_pages_without_dead_links_silent_pictures_or_loads(tmp_path, monkeypatch):
    """nbconvert's own slides fetch four libraries, and a classroom had no network."""
    folder = stand_in(tmp_path / "package")
    monkeypatch.setattr(slides, "reveal", lambda: folder)
    monkeypatch.setattr(paths, "root", lambda: tmp_path)
    (tmp_path / "notebooks").mkdir()
    copy = tmp_path / "notebooks" / PAGES[0].name
    copy.write_bytes(PAGES[0].read_bytes())
    (made,) = slides.write(tmp_path / "slides")
    assert checks.problems(tmp_path / "slides") == []
    page = made.read_text("utf-8")
    assert page.count("<img") >= 4 and page.count("<section") > 20
    assert page.count('<aside class="notes">') >= 5
    coded = [cell for cell in slides.deck(copy).cells if cell.cell_type == "code" and cell.source]
    assert page.count("jp-Cell-inputWrapper") - page.count(".jp-Cell-inputW") >= len(coded)
    assert not re.search(r"<pre>(<span></span>)?\s*</pre>", page)  # no box of code without code


def test_without_its_package_there_are_no_slides(monkeypatch, tmp_path):
    monkeypatch.setattr(slides.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(RuntimeError, match="reveal.js is missing; `make check-course` installs"):
        next(iter(slides.write(tmp_path)))


def test_the_site_is_made_of_all_pages_and_links_to_nothing_outside(tmp_path):
    site.sources(tmp_path)
    index = (tmp_path / "index.md").read_text("utf-8")
    assert [path.stem for path in PAGES if f"\n{path.stem}\n" not in index] == []
    for file in tmp_path.rglob("*.md"):
        for link in re.findall(r"\]\(([^)#\s]+)", file.read_text("utf-8")):
            assert link.startswith("https://") or (file.parent / link).exists(), (file, link)
    for file in tmp_path.glob("*.ipynb"):
        text = file.read_text("utf-8")
        assert "[Open in Colab](https://colab" in text and "colab-badge.svg" not in text
        assert "colab.install" not in text
        nbformat.validate(nbformat.reads(text, as_version=4))


def test_each_picture_of_the_site_has_its_own_words(tmp_path):
    """A cell drew two pictures, and both were told in the words of the second."""
    site.sources(tmp_path)
    cells = json.loads((tmp_path / PAGES[1].name).read_text("utf-8"))["cells"]
    told = [c["metadata"]["mystnb"]["image"]["alt"] for c in cells if "mystnb" in c["metadata"]]
    drawn = [o for c in cells for o in c.get("outputs", []) if "image/png" in o.get("data", {})]
    assert len(told) == len(drawn) == len(set(told)) >= 6


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (WHOLE, None),
        (WHOLE.replace("#end", "b.html"), "links to b.html, which is not there"),
        (WHOLE.replace("#end", "#start"), "links to #start, but no part of that page has this na"),
        (WHOLE.replace(' alt="A bar"', ""), "1 pictures without words"),
        (WHOLE.replace("A bar", "No description has been provided"), "1 pictures without words"),
        (WHOLE.replace("a.png", "https://x.org/a.png"), "loads https://x.org/a.png"),
        (WHOLE.replace("a.png", "//x.org/a.png"), "loads //x.org/a.png"),
        (WHOLE.replace("a.png", "c.png"), "loads c.png, which is not there"),
        (WHOLE + '<script src="https://x.org/y.js"></script>', "loads https://x.org/y.js"),
        (WHOLE + "<style>@import url(https://x.org/y.css);</style>", "loads https://x.org/y.css"),
        (WHOLE + '<link rel="stylesheet" href="//x.org/y.css">', "loads //x.org/y.css"),
        (WHOLE + '<link rel="canonical" href="https://x.org/">', None),
    ],
)
def test_what_is_wrong_with_a_page_is_found(tmp_path, text, problem):
    (tmp_path / "a.png").write_bytes(b"")
    (tmp_path / "a.html").write_text(text, "utf-8")
    found = checks.problems(tmp_path)
    assert len(found) == bool(problem)
    assert not problem or found[0].startswith(f"a.html: {problem}")


def test_a_style_sheet_that_fetches_is_found(tmp_path):
    (tmp_path / "a.png").write_bytes(b"")
    (tmp_path / "a.html").write_text(WHOLE, "utf-8")
    (tmp_path / "a.css").write_text("@import url(https://x.org/f.css);", "utf-8")
    assert checks.problems(tmp_path) == ["a.css: loads https://x.org/f.css"]


def test_no_page_is_no_pass(tmp_path):
    with pytest.raises(ValueError, match="no page to check; make it first"):
        checks.problems(tmp_path)
