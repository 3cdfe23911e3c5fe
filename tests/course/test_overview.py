"""The glossary, and the page that leads through all others: written from one source each."""

import json
import re

import pytest

from helpers.cli.main import main
from helpers.core import paths
from helpers.course import glossary, notebooks, overview

PAGES = paths.root() / "notebooks"
FIRST = PAGES / "01_inspect_the_data.ipynb"
README = PAGES / "README.md"
WRITTEN = "run: python -m helpers course write"
# A link to a page, then the name of one of its sections.
SECTION = re.compile(r"\]\((\w+\.ipynb)\),(?: from)? \*([A-Z][^*]+)\*")


def prose(path) -> str:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def page(number: str):
    (found,) = PAGES.glob(f"{number}_*.ipynb")
    return found


def test_the_glossary_of_the_first_page_is_that_of_the_list():
    """A word was explained in two places, each time in another way."""
    assert glossary.section(PAGES) in prose(FIRST), WRITTEN


@pytest.mark.parametrize("word", glossary.words(), ids=lambda word: word.name)
def test_a_word_is_used_where_the_glossary_says(word):
    """Whoever followed the link searched in vain; and a meaning is one breath long."""
    assert re.search(rf"\b{re.escape(word.name)}", prose(page(word.page)), re.IGNORECASE)
    assert 10 < len(word.meaning) < 200 and not word.meaning.endswith(".")


def test_no_word_stands_twice():
    names = [word.name.lower() for word in glossary.words()]
    assert len(names) == len(set(names)) > 40


def test_writing_changes_the_glossary_alone(tmp_path):
    """Outputs cost hours: a mended word may not cost one of them."""
    copies = [tmp_path / path.name for path in PAGES.glob("*.ipynb")]
    for copy in copies:
        copy.write_bytes((PAGES / copy.name).read_bytes())
    path = tmp_path / FIRST.name
    before = json.loads(path.read_text("utf-8"))
    (at,) = (n for n, cell in enumerate(before["cells"]) if "## Gloss" in "".join(cell["source"]))
    before["cells"][at]["source"] = [glossary.HEADING]
    path.write_text(json.dumps(before), "utf-8")
    glossary.write(path)
    assert path.read_bytes() == FIRST.read_bytes()
    assert notebooks.code_hash(path) == notebooks.code_hash(FIRST)


def test_a_page_without_a_glossary_is_named(tmp_path):
    (tmp_path / "x.ipynb").write_text('{"cells": []}', "utf-8")
    with pytest.raises(ValueError, match="x.ipynb: 0 cells begin with .*; keep one"):
        glossary.write(tmp_path / "x.ipynb")


def test_the_table_of_pages_says_what_their_openings_say():
    """A page that had grown to an hour was still announced with ten minutes."""
    text = README.read_text("utf-8")
    assert overview.pages(PAGES) in text, WRITTEN
    assert text.count(".ipynb) |") == len(list(PAGES.glob("*.ipynb")))


@pytest.mark.parametrize("between", [" · ", " ·\n", "\n· "])
def test_a_fact_of_an_opening_ends_where_the_next_begins(tmp_path, between):
    """A line broke beside the dot, and the table told what a page needs as the time it takes."""
    told = (
        f"# 12 · Rest\n\n**Takes** a day{between}**Needs** a bed\n\n**What you'll do.** You rest."
    )
    cell = {"cell_type": "markdown", "source": [told]}
    (tmp_path / "12.ipynb").write_text(json.dumps({"cells": [cell]}), "utf-8")
    assert overview.opening(tmp_path / "12.ipynb")["Takes"] == "a day"


def test_the_command_writes_both(clone, capsys):
    for path in (README, *PAGES.glob("*.ipynb")):
        (clone / "notebooks" / path.name).parent.mkdir(exist_ok=True)
        (clone / "notebooks" / path.name).write_bytes(path.read_bytes())
    listed = paths.root() / "data" / "course" / "glossary.toml"
    listed.parent.mkdir(parents=True)
    listed.write_text('[01]\nrow = "one example, as it stands in a file"\n', "utf-8")
    readme = clone / "notebooks" / "README.md"
    readme.write_text(readme.read_text("utf-8").replace("under a minute", "a year"), "utf-8")
    assert main(["course", "write"]) == 0
    assert "| row | one example, as it stands in a file | 01 |" in prose(readme.parent / FIRST.name)
    assert readme.read_bytes() == README.read_bytes()


def test_an_opening_that_lacks_a_line_is_named(tmp_path):
    cell = {"cell_type": "markdown", "source": ["# 12 · Rest\n", "\n", "**Takes** a day"]}
    (tmp_path / "12.ipynb").write_text(json.dumps({"cells": [cell]}), "utf-8")
    with pytest.raises(ValueError, match=r"12.ipynb: its opening lacks \*\*What you'll do\*\*"):
        overview.pages(tmp_path)


def test_a_path_of_ninety_minutes_takes_ninety_minutes():
    """A lesson that was planned for an hour and a half had two hours of work in it."""
    parts = re.split(r"\| minutes \|.*\n", README.read_text("utf-8"))[1:]
    sums = [sum(map(int, re.findall(r"^\| (\d+) \|", part, re.MULTILINE))) for part in parts]
    assert sums == [90] * 5


def test_links_and_names_of_sections_lead_somewhere():
    """A section was renamed, and the path sent its readers to one that was gone."""
    text = README.read_text("utf-8")
    for link, anchor in re.findall(r"\]\(([^)#\s]+)(?:#([\w-]+))?\)", text):
        target = PAGES / link
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            heads = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert anchor in [head.lower().replace(" ", "-") for head in heads], link
    named = SECTION.findall(text)
    assert len(named) >= 8
    for link, section in named:
        assert re.search(rf"^##+ {re.escape(section)}$", prose(PAGES / link), re.MULTILINE), section


def test_the_teachers_page_knows_every_exercise():
    """A new exercise came, and nobody told the teachers where its readers stumble."""
    from helpers.course import exercises

    page = (PAGES / "TEACHING.md").read_text("utf-8")
    names = {name.removeprefix("check_") for name in exercises.__all__}
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == names


def test_points_of_the_project_add_up():
    page = (PAGES / "TEACHING.md").read_text("utf-8")
    assert sum(map(int, re.findall(r"^\| (\d) \| the", page, re.MULTILINE))) == 16
    assert "Sixteen points" in page
