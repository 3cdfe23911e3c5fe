"""The front door: README's picture of the records, and where all pages of Markdown lead."""

import json
import re

import pytest

from helpers.core import paths
from helpers.course import front

ROOT = paths.root()
PICTURE = ROOT / front.PICTURE
LINK = re.compile(r"""(?:\]\(|src=")([^)#\s"]+)?(?:#([\w-]+))?[)"]""")
FOLDERS = ("", "data/**/", "helpers/**/", "notebooks/**/")
PAGES = [file for folder in FOLDERS for file in sorted(ROOT.glob(f"{folder}*.md"))]


def texts(svg: str) -> list[str]:
    """The words and numbers that an SVG shows, and what it says to who cannot see it."""
    return re.findall(r">([^<>]*\w[^<>]*)</(?:text|dc:description)>", svg)


def test_the_picture_is_drawn_from_the_records():
    """A picture is kept as it was, while the scores below it move on: `make score` draws it."""
    assert texts(front.svg(front.drawn())) == texts(PICTURE.read_text("utf-8"))


def test_each_number_in_the_picture_is_of_a_record():
    """What is drawn was checked against what draws it, which had mixed up two lines."""
    shown = texts(PICTURE.read_text("utf-8"))
    numbers = sorted(text for text in shown if re.fullmatch(r"\d+\.\d", text))
    folder = ROOT / "data" / "records"
    known = [json.loads(file.read_text("utf-8")) for file in folder.glob("*.json")]
    known += map(json.loads, (folder / "published.jsonl").read_text("utf-8").splitlines())
    scores = {(one["task"], f"{100 * one['exact']:.1f}") for one in known}
    (words,) = (text for text in shown if "%:" in text)
    told = []
    for part in words.partition("%: ")[2].split("; "):
        job, _, listed = part.partition(": ")
        told += [(job, one.rpartition(" ")[2]) for one in listed.split(", ")]
    assert set(told) <= scores and sorted(number for _, number in told) == numbers
    assert len(numbers) >= 10


def test_drawing_again_gives_the_same_file():
    """A date in the file, and every day changed a picture that showed the same."""
    found = front.drawn()
    assert front.svg(found) == front.svg(found) and "<dc:date>" not in front.svg(found)


def test_readme_is_a_door_and_not_the_house():
    """It had grown to seven hundred lines, and nobody reached the last one."""
    text = (ROOT / "README.md").read_text("utf-8")
    assert text.count("\n") < 120
    commands = text.partition("```sh\n")[2].partition("```")[0]
    assert re.findall(r"^make (\w+)", commands, re.MULTILINE) == ["run", "test"]


@pytest.mark.parametrize("page", PAGES, ids=lambda file: str(file.relative_to(ROOT)))
def test_links_of_a_page_lead_somewhere(page):
    """Whole sections moved to other pages, and links to them stayed behind."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for link, anchor in LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        target = page.parent / link if link else page
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            heads = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert anchor in map(slug, heads), f"{link}#{anchor}"


def slug(heading: str) -> str:
    """What GitHub makes of a heading.

    "What `make run` prints" becomes what-make-run-prints.
    """
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
