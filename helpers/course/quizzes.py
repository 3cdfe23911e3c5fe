"""Quizzes: a Markdown file a page, answers folded, and what the page has to show for them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers.core import paths
from helpers.course import address

QUESTION = re.compile(
    r"## (?P<number>\d+)\. (?P<text>.+)\n\n<details><summary>Answer</summary>\n\n"
    r"(?P<answer>(?:.+\n|\n(?!<!--|</details>))+)\n(?P<shown>(?:<!-- shown: .+ -->\n)*)</details>\n"
)
SHOWN = re.compile(r"<!-- shown: (.+) -->")
CODE = re.compile(r"`[^`]+`")
NUMBER = re.compile(r"(?<![\w.,])(?!100 %)(?:\d[\d,]*\.\d+|\d+,\d{3}|\d+(?= ?(?:%|points)))")
STYLE = """\
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1f2328; background: #fff;
  font: 1.05rem/1.6 system-ui, sans-serif; }
h2 { font-size: 1.15rem; margin-top: 2rem; }
a { color: #0550ae; }
code { background: #f0f1f3; padding: .1em .3em; border-radius: 3px; overflow-wrap: anywhere; }
summary { cursor: pointer; color: #0550ae; }"""
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


@dataclass(frozen=True)
class Question:
    """A question, its answer, and the pieces of the page's outputs that it rests on."""

    text: str
    answer: str
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Quiz:
    """A page's quiz: title and opening in Markdown, and the questions in their order."""

    title: str
    opening: str
    questions: tuple[Question, ...]


def folder() -> Path:
    """Return where the quizzes are kept."""
    return paths.root() / "notebooks" / "quizzes"


def read(file: Path) -> Quiz:
    """Read a quiz; raises `ValueError` that names the question that is not in the form."""
    head, *parts = re.split(r"^(?=## )", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    title, _, opening = head.removeprefix("# ").partition("\n")
    questions = []
    for number, part in enumerate(parts, 1):
        found = QUESTION.fullmatch(part.rstrip("\n") + "\n")
        if not found or int(found["number"]) != number:
            form = "## N. The question?, then <details><summary>Answer</summary> and </details>"
            raise ValueError(f"{file.name} question {number}: not in the form '{form}'")
        shown = tuple(SHOWN.findall(found["shown"]))
        questions.append(Question(found["text"], found["answer"].strip(), shown))
    return Quiz(title, opening.strip(), tuple(questions))


def stale(quiz: Quiz, printed: str) -> list[str]:
    """Return what a quiz rests on and the page's outputs no longer show; runs of spaces are one.

    A number in a question or an answer must stand in one of the pieces that it names.

    >>> one = Question("Why 62.5 %?", "It got 62.5 % of `1.5`.", ("tuned 62.5",))
    >>> stale(Quiz("", "", (one,)), "untuned  1.1\\ntuned   62.5")
    []
    >>> stale(Quiz("", "", (one,)), "untuned  1.1\\ntuned   63.0")
    ['question 1: tuned 62.5']
    >>> stale(Quiz("", "", (Question("Why 62.5 %?", "So.", ()),)), "tuned 62.5")
    ['question 1: 62.5']
    """
    page = " ".join(printed.split())
    found = []
    for number, question in enumerate(quiz.questions, 1):
        missing = [piece for piece in question.shown if not _stands(piece, page)]
        text = CODE.sub("", f"{question.text}\n{question.answer}")
        named = " ".join(question.shown)
        missing += [one for one in NUMBER.findall(text) if not _stands(one, named)]
        found += [f"question {number}: {piece}" for piece in missing]
    return found


def _stands(piece: str, text: str) -> bool:
    """Return whether a piece stands in a text, not as a part of another number or word."""
    return bool(re.search(rf"(?<![\w.]){re.escape(piece)}(?![\w]|[.,]\d)", text))


def render(quiz: Quiz, repository: str) -> str:
    """Return a quiz as a page of HTML that loads nothing; its links lead to the repository."""
    parts = [f"<h1>{_inline(quiz.title)}</h1>", _html(quiz.opening)]
    for number, question in enumerate(quiz.questions, 1):
        parts.append(f"<h2>{number}. {_inline(question.text)}</h2>")
        answer = _html(question.answer)
        parts.append(f"<details><summary>Answer</summary>\n{answer}\n</details>")
    body = "\n".join(parts).replace('href="../', f'href="{repository}/blob/main/notebooks/')
    return PAGE.format(title=html.escape(quiz.title), style=STYLE, body=body)


def _html(text: str) -> str:
    from nbconvert.filters import markdown2html

    return markdown2html(text).strip()


def _inline(text: str) -> str:
    return _html(text).removeprefix("<p>").removesuffix("</p>")


def write(target: Path) -> Iterable[Path]:
    """Write every quiz as HTML into a folder; yield the files."""
    target.mkdir(parents=True, exist_ok=True)
    for file in sorted(folder().glob("*.md")):
        page = target / f"{file.stem}.html"
        page.write_text(render(read(file), address.address()), encoding="utf-8")
        yield page
