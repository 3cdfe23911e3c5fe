"""A domain is a table: what is said of its texts is heard back, and no code knows which it is."""

from __future__ import annotations

import ast
import re
import tomllib
from fnmatch import fnmatch
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import tasks
from helpers.core import source
from helpers.core.examples import Example
from helpers.corpora.dictated_domains import content
from helpers.corpora.dictated_domains.content import Content
from helpers.evaluation import grading
from helpers.tasks import reach
from helpers.tasks.dictation import writer
from helpers.tasks.dictation.lattice import build, literals_in
from helpers.tasks.dictation.report import function
from helpers.tasks.dictation.verbalize import verbalize
from helpers.tasks.dictation.writer import Writer
from helpers.tasks.domains import registry

NAMES = tasks.domain_names()
HELPERS = Path(tasks.__file__).parents[1]
# As somebody says it who has read no table of ours, and what is meant.
SAID = [
    ("sql", "select star from users where age greater than thirty",
     "SELECT * FROM users WHERE age > 30"),
    ("sql", "select name comma count open paren star close paren from users group by name",
     "SELECT name, COUNT(*) FROM users GROUP BY name"),
    ("regex", "caret open paren question colon get pipe set close paren backslash W plus dollar",
     r"^(?:get|set)\w+$"),
    ("regex", "open bracket capital A to Z close bracket digit plus", r"[A-Z]\d+"),
    ("path", "slash user slash local slash bin slash apollo", "/usr/local/bin/apollo"),
    ("path", "tilde slash documents slash report dot text", "~/Documents/report.txt"),
    ("url", "H T T P S colon slash slash api dot beacon dot com slash V two slash orders",
     "https://api.beacon.com/v2/orders"),
    ("url", "H T T P colon slash slash local host colon eight zero eight zero",
     "http://localhost:8080"),
    ("math", "fraction X squared plus one over two end", r"\frac{x^2 + 1}{2}"),
    ("math", "sum from I equals one to N X sub I", r"\sum_{i=1}^n x_i"),
    ("math", "capital A equals pi R squared", r"A = \pi r^2"),
]  # fmt: skip

# What a parser took for none, or for another.
ALIKE = [
    ("math", r"a \rightarrow b", r"a\rightarrow b"), ("math", r"\text{if x}<2", r"\text{if x} < 2"),
    ("sql", "SELECT * FROM a WHERE b = 'a, from b'", "select * from a where b='a, from b'"),
    ("sql", "SELECT * FROM a WHERE b IN UNNEST(c)", "select * from a where b in unnest(c)"),
    ("path", "//usr/local", "/usr/local/"),
]  # fmt: skip
UNLIKE = [
    ("math", r"\text{if x}", r"\text{ifx}"), ("math", r"a\ 2", r"a 2"),
    ("sql", "SELECT * FROM a WHERE b = 'a, b'", "SELECT * FROM a WHERE b = 'a,b'"),
]  # fmt: skip
REFUSED = [
    ("math", r"\right) x \left("), ("math", r"\left( x \rightarrow y"),
    ("sql", "SELECT a,, b FROM c"), ("sql", "SELECT a FROM t GROUP BY"), ("sql", "UPDATE t SET"),
    ("sql", "SELECT a FROM t GROUP BY HAVING a > 2"), ("sql", "UPDATE t SET WHERE a = 1"),
    ("sql", "INSERT INTO t"), ("sql", "INSERT INTO t (a)"), ("sql", "SELECT a FROM t JOIN u ON"),
    ("sql", "SELECT a FROM t JOIN u USING"), ("sql", "SELECT a FROM t AS"),
    ("sql", "SELECT COUNT(*) OVER (PARTITION BY) FROM t"),
]  # fmt: skip

each = pytest.mark.parametrize("name", NAMES)


def checked(name: str, texts: list[str]) -> list[str | None]:
    """Return what a domain's parser makes of texts."""
    return function(tasks.get(f"dictated_{name}").domain.formatter)(texts)


@pytest.mark.parametrize("text", [
    r"a \ne b", r"\dfrac{a}{b} + \tfrac{1}{2}", r"\operatorname{rank} A", r"a \equiv b \pmod{n}",
    r"a \bmod n", r"\overset{!}{=} x", r"\underset{x}{\max} f", r"a \stackrel{d}{=} b",
    r"\Re z + \Im z", r"\arg z = \cot x + \sec x - \csc x", r"\deg p < \dim V - \dim \ker A",
    r"\Pr(A)",
])  # fmt: skip
def test_what_latex_and_amsmath_have_is_a_formula(text: str) -> None:
    assert checked("math", [text]) != [None]
    assert checked("math", [r"\dfrac{a}", r"\operatornam{x}"]) == [None, None]


def test_a_parser_knows_what_means_the_same_and_what_does_not():
    for name, one, other in ALIKE:
        first, second = checked(name, [one, other])
        assert first == second is not None, (one, other)
    for name, one, other in UNLIKE:
        first, second = checked(name, [one, other])
        assert None not in (first, second) and first != second, (one, other)
    for name, text in REFUSED:
        assert checked(name, [text]) == [None], text


@cache
def drawer(name: str) -> Content:
    return content.read(registry.folder_of(name))


@cache
def fitted(name: str) -> Writer:
    """The n-gram on all training rows, at its plain settings."""
    task = tasks.get(name)
    return writer.fit([row.target for row in task.load("train")], task.domain)


@each
@settings(max_examples=60)
@given(data=st.data())
def test_what_is_said_of_a_drawn_text_is_heard_back(name: str, data: st.DataObject) -> None:
    template = data.draw(st.sampled_from(drawer(name).templates))
    seed = data.draw(st.integers(0, 10**6))
    check_heard(name, content.draw(drawer(name), template, Random(seed)).text)


@each
@settings(max_examples=60)
@given(data=st.data())
def test_so_is_any_text_of_its_signs_letters_and_numbers(name: str, data: st.DataObject) -> None:
    """Whether it means anything or not: no two rows of a table may fall over each other."""
    domain = tasks.get(name).domain
    pieces = [*domain.by_written, "user", "a", "q", "7", "42", "05", "127", " ", " "]
    text = "".join(data.draw(st.lists(st.sampled_from(pieces), min_size=1, max_size=8)))
    # "71-9" is seventy-one and a nine, of which "70 1-9" is no other way to speak but another text.
    if text.strip() and not re.search(r"\d\d-\d", text):
        check_heard(name, " ".join(text.split()))


def check_heard(name: str, text: str) -> None:
    """The lattice of what is said has the text, and every text of it is said in the same words."""
    domain = tasks.get(name).domain
    said = verbalize(text, domain)
    heard = build(said, domain, literals_in([text], domain))
    assert text in heard
    assert all(verbalize(other, domain) == said for other in islice(heard.paths(), 30))


@each
def test_every_target_parses_and_is_what_its_dictation_may_mean(name: str) -> None:
    task = tasks.get(name)
    rows = [row for split in ("train", "valid", "test") for row in task.load(split)]
    assert len(rows) == 1900
    assert None not in function(task.domain.formatter)([row.target for row in rows])
    assert not reach.unreachable(task, rows[::30])
    assert all(verbalize(row.target, task.domain) == row.prompt for row in rows)
    literals = literals_in([row.target for row in rows[:1500]], task.domain)
    held = literals_in([row.target for row in rows[1500:]], task.domain)
    assert held <= literals  # no word is met first in a test


@pytest.mark.parametrize(("name", "said", "written"), SAID)
def test_what_people_say_is_written(name: str, said: str, written: str) -> None:
    assert fitted(f"dictated_{name}").candidates(said)[0].text == written


@each
def test_counting_alone_gets_most_rows_right(name: str) -> None:
    """The rows to choose on are of other templates than those to learn from."""
    task = tasks.get(name)
    rows = task.load("valid")
    answers = [fitted(name).candidates(row.prompt)[0].text for row in rows]
    score = grading.summary(task.grade(answers, rows))
    assert score["exact"] >= 0.6, score


@each
def test_pages_have_facts_shapes_and_classes_of_every_domain(name: str) -> None:
    task = tasks.get(name)
    rows = task.load("valid")[:40]
    facts = {str(task.report.measures(row)) for row in rows}
    shapes = {task.report.shape(row.target) for row in rows}
    assert len(facts) > 10 and 3 < len(shapes) <= 40
    assert task.report.error_classes["equivalent"]
    assert task.variants == ("raw", "expanded")


def test_what_only_some_say_is_no_order_of_its_own() -> None:
    """"capital A" names a letter in a formula; to take it as an order would leave spaces out."""
    task = tasks.get("dictated_math")
    row = Example("1", "capital A equals capital B", "")
    assert "A = B" in build(row.prompt, task.domain)
    assert task.answerer(fitted(task.name))(row).details["convention"] == "plain"


def test_no_code_names_a_domain() -> None:
    """What a domain needs differently stands in its folder: nothing else knows that there are any.

    A doctest may show one; docstrings are left out.
    """
    folders = [registry.folder_of(name) for name in NAMES]
    texts = {*NAMES, *(f"helpers.tasks.domains.{folder.name}" for folder in folders)}
    for file in HELPERS.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        named = [one for one in texts if one in text and file.parent not in folders]
        assert not [one for one in named if repr(one) in source.plain(text)], file
    folder_files = {file.name for folder in folders for file in folder.glob("*.*")}
    assert folder_files == {"__init__.py", "check.py", "table.toml", "templates.txt", "values.txt"}


def test_an_installed_package_brings_what_a_domain_is_made_of() -> None:
    """What is not declared stays behind when the package is installed, and Colab installs it."""
    config = tomllib.loads((HELPERS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = config["tool"]["setuptools"]["package-data"]["helpers.tasks"]
    for folder in map(registry.folder_of, NAMES):
        assert (folder / "__init__.py").exists()  # without it setuptools finds no package
        for file in (*folder.glob("*.toml"), *folder.glob("*.txt")):
            path = str(file.relative_to(HELPERS / "tasks"))
            assert any(fnmatch(path, pattern) for pattern in patterns), path


def test_importing_a_check_loads_no_parser() -> None:
    """sqlglot and pylatexenc are read where they are used."""
    for name in NAMES:
        tree = ast.parse((registry.folder_of(name) / "check.py").read_text(encoding="utf-8"))
        top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        modules = {getattr(node, "module", None) or node.names[0].name for node in top}
        assert not {module.partition(".")[0] for module in modules} & {
            "sqlglot", "pylatexenc", "pydantic"
        }  # fmt: skip
