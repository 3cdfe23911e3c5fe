"""What parses a domain's texts can say no: to what is broken, and to what others forgive."""

from __future__ import annotations

from importlib import import_module
from itertools import product

import pytest

from helpers import tasks
from helpers.evaluation.grading import grade
from helpers.tasks.dictation.report import function

REFUSED = {
    "sql": [
        "SELECT", "FROM users", "SELECT FROM users", "SELECT * FORM users", "SELECT a b c FROM t",
        "SELECT name, FROM users", "SELECT * FROM users WHERE", "SELECT * FROM t WHERE age > > 3",
        "SELECT a FROM t WHERE b IN ()", "SELECT COUNT(* FROM t", "SELECT a FROM t GROUP a",
        "SELECT a FROM t WHERE a = 'oslo", "SELECT a FROM t LIMIT", "INSERT INTO t (a) VALUES (1",
        "SELECT 1; DROP TABLE t", "users", "name AS n", "EXPLAIN SELECT 1", "DELETE users WHERE",
    ],
    "regex": [
        "(a|b", "a)", "[z-a]", "[a", "a**", "*a", r"\y", "a{3,1}", "(?P<a>b)(?P<a>c)", "(?<=a+)b",
        r"(\d)\2", "(?x", "[[a]", "(?P<1>a)",
    ],
    "path": [
        "my notes", "a\0b", "-rf", "src/-rf", "a/~b", "$/x", "${HOME/x", "...", "a/.../b", "a:b",
        "naïve", "~Bob/x", "x" * 256, "a/" * 2049, "a|b", "*.txt",
    ],
    "url": [
        "example.com", "https:/example.com", "https//example.com", "http://", "http://exa mple.com",
        "https://example.com/a b", "http://1.2.3.456/", "https://example.com:99999",
        "https://example..com", "https://ex_ample.com", "https://-a.com", "https://example.com/%zz",
        "mailto:a@example.com", "https://[::1", "gopher://example.com", "https://example.com/<a>",
    ],
    "math": [
        r"\frac{a}", r"\frac{a}{b", "a}", "x^", "x_", "x^^2", "x^2^3", "x_1_2", r"\alphax", r"\foo",
        r"\left( x", r"\binom{n}", "x_{i", "$x$", "50%", "a & b", "x^{2_}", "}{",
    ],
}  # fmt: skip
ALIKE = [
    ("sql", "SELECT*FROM users", "SELECT * FROM users", True),
    ("sql", "select name from users", "SELECT name FROM users", True),
    ("sql", "SELECT name FROM user", "SELECT name FROM users", False),
    ("regex", "a|b", "b|a", False),
    ("path", "/usr//bin/.", "/usr/bin", True),
    ("path", "a/../b", "b", False),  # where a is a link, they are two places
    ("url", "HTTPS://Example.com:443/a", "https://example.com/a", True),
    ("url", "https://example.com/A", "https://example.com/a", False),
    ("math", r"x^2+1", "x^2 + 1", True),
    ("math", r"\alpha x", r"\alpha  x", True),
    ("math", r"\frac{x+1}{2}", r"x + \frac{1}{2}", False),
]
ODD = [
    "", " ", "x" * 100_000, "(" * 4000, "[" * 900, "{" * 1900, "\ud800a", "\0", "naïve 🙂",
    "\\" * 999, "http://" + "a." * 900, "SELECT " + "(" * 2000, "SELECT " + "NOT " * 1000 + "1",
    "(?i" * 300, "^{" * 900 + "}" * 900, r"\frac{" * 300,
]  # fmt: skip


def formatted(name: str, text: str) -> str | None:
    """What a domain's parser makes of one text."""
    return import_module(f"helpers.tasks.domains.{name}.check").formatted([text])[0]


def test_every_domain_is_tried() -> None:
    assert {f"dictated_{name}" for name in REFUSED} == set(tasks.domain_names())


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in REFUSED.items() for text in texts]
)
def test_what_is_broken_is_refused(name: str, text: str) -> None:
    assert formatted(name, text) is None


@pytest.mark.parametrize(("name", "answer", "target", "same"), ALIKE)
def test_one_thing_in_two_spellings_is_equivalent(
    name: str, answer: str, target: str, same: bool
) -> None:
    parser = function(tasks.get(f"dictated_{name}").domain.formatter)
    assert grade(answer, target, parser).equivalent is same


@pytest.mark.parametrize(("name", "text"), list(product(REFUSED, ODD)))
def test_odd_answers_are_judged_and_raise_nothing(name: str, text: str) -> None:
    """A model that decodes freely may write anything, and one row must not stop a score."""
    found = formatted(name, text)
    assert found is None or isinstance(found, str)
    assert found is None or formatted(name, found) == found  # printed once more, it is the same
