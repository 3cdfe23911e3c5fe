"""Quizzes: eight questions a page, and no number that the page does not show."""

import json
import re

import pytest

from helpers.core import paths
from helpers.course import quizzes
from helpers.course.quizzes import Question, Quiz

PAGES = sorted((paths.root() / "notebooks").glob("*.ipynb"))
FILES = sorted(quizzes.folder().glob("*.md"))
WITHOUT: set[str] = set()  # pages whose quiz is still to be written
each = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)

ONE = """\
# Quiz 12: Rest

On [Rest](../12_rest.ipynb).

## 1. Why *rest* with `a < b`?

<details><summary>Answer</summary>

To get 62.5 % right.

Then go on.

<!-- shown: tuned 62.5 -->
</details>
"""


def printed(path) -> str:
    """What a page's cells print, tables too, without what stands for a picture."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    texts = [o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs]
    return "\n".join(map("".join, texts))


def test_every_page_has_a_quiz_and_every_quiz_a_page():
    """A quiz outlived its page, and a new page had none."""
    numbers = {path.stem.partition("_")[0] for path in PAGES}
    assert numbers - WITHOUT <= {file.stem for file in FILES} <= numbers


@each
def test_a_quiz_has_eight_questions_with_an_answer_each(file):
    quiz = quizzes.read(file)
    assert len(quiz.questions) == 8
    assert re.match(rf"Quiz {file.stem}: [A-Z]", quiz.title)
    for question in quiz.questions:
        assert "?" in question.text
        assert 15 <= len(question.answer.split()) <= 90
    (link,) = re.findall(r"\]\(\.\./([^)]+)\)", quiz.opening)
    assert link.startswith(f"{file.stem}_") and (file.parents[1] / link).exists()


@each
def test_what_a_quiz_rests_on_stands_in_the_outputs_of_its_page(file):
    """A page was refreshed, and its quiz went on asking for the numbers of the old one."""
    (page,) = (path for path in PAGES if path.stem.startswith(f"{file.stem}_"))
    assert quizzes.stale(quizzes.read(file), printed(page)) == []


def test_quizzes_of_pages_of_records_do_rest_on_outputs():
    """A gate without anything to look for lets everything pass."""
    resting = {file.stem: sum(len(q.shown) for q in quizzes.read(file).questions) for file in FILES}
    assert all(resting[number] >= 4 for number in ("01", "02", "08", "A1"))


@pytest.mark.parametrize(
    ("text", "answer", "shown", "missing"),
    [
        ("Why 2,048 paths?", "So it is.", ["2,048 commands"], []),
        ("Why 2,048 paths?", "So it is.", ["1,024 commands"], ["1,024 commands", "2,048"]),
        ("Why 48 points?", "So it is.", [], ["48"]),
        ("Is 100 % right?", "In 2 minutes, on `0.25`.", [], []),
        ("Why?", "It fell by −1.4 points.", ["-1.4 to +1.2"], []),
    ],
)
def test_a_number_that_the_page_no_longer_shows_is_found(text, answer, shown, missing):
    quiz = Quiz("", "", (Question(text, answer, tuple(shown)),))
    page = "12,048 x\n2,048   commands\n ci  -1.4 to +1.2"
    assert quizzes.stale(quiz, page) == [f"question 1: {piece}" for piece in missing]


def test_a_quiz_is_read_as_it_is_written(tmp_path):
    (tmp_path / "12.md").write_text(ONE, "utf-8")
    quiz = quizzes.read(tmp_path / "12.md")
    assert (quiz.title, quiz.opening) == ("Quiz 12: Rest", "On [Rest](../12_rest.ipynb).")
    (question,) = quiz.questions
    assert question.answer == "To get 62.5 % right.\n\nThen go on."
    assert question.shown == ("tuned 62.5",)


@pytest.mark.parametrize(
    ("old", "new"),
    [("</details>", ""), ("## 1.", "## 2."), ("summary>A", "summary>Our a"), ("<details>", "")],
)
def test_a_question_out_of_form_is_named(tmp_path, old, new):
    """A fold that was not closed hid all questions after it."""
    (tmp_path / "12.md").write_text(ONE.replace(old, new), "utf-8")
    with pytest.raises(ValueError, match="12.md question 1: not in the form"):
        quizzes.read(tmp_path / "12.md")


def test_a_rendered_quiz_folds_its_answers_and_loads_nothing(tmp_path):
    (tmp_path / "12.md").write_text(ONE, "utf-8")
    page = quizzes.render(quizzes.read(tmp_path / "12.md"), "https://example.org/a/b")
    assert "<h2>1. Why <em>rest</em> with <code>a &lt; b</code>?</h2>" in page
    assert "<details><summary>Answer</summary>\n<p>To get 62.5 % right.</p>" in page
    assert 'href="https://example.org/a/b/blob/main/notebooks/12_rest.ipynb"' in page
    assert "shown:" not in page and not re.search(r"<(script|link|img|iframe)\b", page)


def test_all_quizzes_are_written(tmp_path):
    made = list(quizzes.write(tmp_path / "quizzes"))
    assert [page.stem for page in made] == [file.stem for file in FILES]
    for page in made:
        text = page.read_text("utf-8")
        assert text.count("<details>") == text.count("</details>") == 8
        assert '<html lang="en">' in text and text.count("<h1>") == 1
