"""SQL as sqlglot reads it: what is no whole statement is refused."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import Expression

LONGEST = 5_000  # characters; deep nesting makes a parser slow
STRING = re.compile(r"'(?:[^']|'')*'")
LOST = ("ON", "USING", "AS", "BY")  # words that sqlglot drops if nothing follows them
WITHIN = ("expressions", "query", "unnest", "field")  # where sqlglot keeps what IN looks into


def formatted(texts: Sequence[str]) -> list[str | None]:
    """Return each statement as sqlglot prints it, or None where it is none.

    sqlglot lets some through that a database refuses: no columns at all, a comma before FROM,
    `> >`, a clause with nothing in it. Those are refused here.

    >>> formatted(["SELECT*FROM users", "SELECT * FORM users", "SELECT name, FROM users"])
    ['SELECT * FROM users', None, None]
    >>> formatted(["SELECT * FROM a WHERE b = ',,'", "SELECT * FROM a WHERE b IN ()"])
    ["SELECT * FROM a WHERE b = ',,'", None]
    >>> formatted(["SELECT a FROM b AS", "SELECT a FROM b GROUP BY", "UPDATE a SET"])
    [None, None, None]
    """
    return [_formatted(text) for text in texts]


def _formatted(text: str) -> str | None:
    from sqlglot import ErrorLevel, exp, parse
    from sqlglot.errors import SqlglotError

    logging.getLogger("sqlglot").setLevel(logging.ERROR)  # it warns of what is refused below
    if len(text) > LONGEST or _dangles(text):
        return None
    try:
        trees = parse(text, error_level=ErrorLevel.RAISE)
    except (SqlglotError, RecursionError):
        return None
    changes = (exp.Insert, exp.Update, exp.Delete, exp.TruncateTable)
    kinds = (exp.Query, *changes, exp.Create, exp.Alter, exp.Drop)
    if len(trees) != 1 or not isinstance(trees[0], kinds):
        return None
    if any(not select.expressions for select in trees[0].find_all(exp.Select)):
        return None
    if any(not any(map(one.args.get, WITHIN)) for one in trees[0].find_all(exp.In)):
        return None
    printed = trees[0].sql()
    if any(map(_is_empty, trees[0].walk())) or any(
        _count(word, printed) < _count(word, text) for word in LOST
    ):
        return None
    return printed


def _is_empty(node: Expression) -> bool:
    """Whether a GROUP BY, an UPDATE or an INSERT says nothing behind its first words."""
    from sqlglot import exp

    if isinstance(node, exp.Group):
        return not any(node.args.values())
    if isinstance(node, exp.Update):
        return not node.expressions
    return isinstance(node, exp.Insert) and not (node.expression or node.args.get("default"))


def _count(word: str, text: str) -> int:
    return len(re.findall(rf"\b{word}\b", STRING.sub("''", text), re.IGNORECASE))


def _dangles(text: str) -> bool:
    """Whether a comma has nothing behind it, a sign stands twice, or nothing is selected."""
    text = STRING.sub("''", text)
    squeezed = "".join(text.split()).upper()
    doubled = any(pair in squeezed for pair in (">>", "<<", "==", ",,", ",)", "(,"))
    ended = squeezed.endswith(",") or ", FROM" in " ".join(text.split()).upper()
    return doubled or ended or squeezed.startswith("FROM")


def statement(text: str) -> str:
    """Return what kind of statement a text begins as.

    >>> statement("SELECT * FROM users")
    'SELECT'
    """
    return text.split()[0] if text.split() else ""
