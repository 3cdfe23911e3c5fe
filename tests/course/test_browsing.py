"""What a real browser finds wrong with pages; these tests need chromium, npm and playwright."""

import pytest
from PIL import Image

from helpers.course import browsing, quizzes

FINE = quizzes.PAGE.format(title="Fine", style=quizzes.STYLE, body="<h1>Fine</h1><p>Read me.</p>")
BAR = '<img src="a.png" alt="A bar" width="800">'
SHRUNK = '<img src="a.png" alt="A bar" style="max-width: 100%">'
BOXED = f'<div style="overflow-x: auto" tabindex="0">{BAR}</div>'


@pytest.mark.parametrize(
    ("put", "problem"),
    [
        ("", ""),
        ('<img src="b.png">', "image-alt, 1 times"),
        ('<p style="color: #bbb">pale</p>', "color-contrast, 1 times"),
        (BAR, "run off the side of a phone"),
        (SHRUNK, "1 pictures shrink too far"),
        (BOXED, ""),
    ],
)
def test_a_browser_finds_what_is_wrong(tmp_path, put, problem):
    Image.new("RGB", (800, 100)).save(tmp_path / "a.png")
    Image.new("RGB", (90, 90)).save(tmp_path / "b.png")
    (tmp_path / "p.html").write_text(FINE.replace("Read me.", f"Read me.{put}"), "utf-8")
    found = browsing.problems(tmp_path)
    assert len(found) == bool(problem), found
    assert not problem or problem in found[0]


def test_slides_may_be_small_since_a_beamer_is_large(tmp_path):
    Image.new("RGB", (800, 100)).save(tmp_path / "a.png")
    (tmp_path / "p.html").write_text(FINE.replace("Read me.", SHRUNK), "utf-8")
    assert browsing.problems(tmp_path, legible=False) == []
