"""A space or none between two pieces of heard speech: what is open, and what it costs."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from helpers.tasks.dictation.hearing.costs import Costs
from helpers.tasks.dictation.lattice import Gap

# What the next gap depends on: what the written text ends in.
WORD, LETTER, FLAG, DIGIT, NUMBER = "word", "letter", "flag", "digit", "number"
RANGE = "range"  # the "z" of "a-z", which another may follow: "a-zA-Z"
DASH, HYPHEN, OPEN, CLOSED, SYMBOL = "dash", "hyphen", "open", "closed", "symbol"
COLON, SCHEME = "colon", "scheme"  # ":", and ":/", which with one more "/" begins an address
BAR = "bar"  # "|", which stands apart even where somebody says all other spaces
LETTERS, DIGITS = (WORD, LETTER, FLAG, RANGE), (DIGIT, NUMBER)

ADDRESS = frozenset("./:-_")  # the signs inside an address

# How the piece after a gap came: by a space that was said, or without one in the transcript.
APART, SAID, GLUED = "apart", "said", "glued"


class Tail(NamedTuple):
    """What a written text ends in, the quotes that are open there, and what its last token is like.

    `separator` is what parts the words of a name, "_" or "-", once one does.
    """

    kind: str = ""
    quotes: str = ""
    address: bool = False
    separator: str = ""


class Marks(NamedTuple):
    """What is special: the marks that open and close, and the words known as flags."""

    pairs: Set[str] = frozenset()
    flags: Set[str] = frozenset()


def gaps(
    tail: Tail, text: str, how: str, spaces_said: bool, costs: Costs, marks: Marks
) -> list[Gap]:
    """List the gaps between a text that ends in `tail` and `text`.

    >>> marks = Marks(frozenset({'"'}))
    >>> [gap.separator for gap in gaps(Tail("word"), "push", APART, False, Costs(), marks)]
    [' ']
    >>> [gap.separator for gap in gaps(Tail("word"), "-", APART, False, Costs(), marks)]
    ['', ' ']
    >>> [gap.separator for gap in gaps(Tail("word"), "-", SAID, True, Costs(), marks)]
    [' ']
    """
    pairs = marks.pairs
    alone = tail_of(Tail("", tail.quotes), text, pairs)
    if not tail.kind:
        return [Gap("", alone)]
    if how == SAID:
        return [Gap(" ", alone)]
    joined, apart = _quoted(tail, text, costs, pairs) or _costs(tail.kind, text, how, costs)
    if tail.kind == DASH and len(text) > 1 and text.isalpha() and text not in marks.flags:
        joined += costs.flag
    if tail.address and (text in ADDRESS or (text.isalnum() and joined is not None)):
        apart += costs.address
    if text in ("_", "-") and tail.separator not in ("", text) and joined is not None:
        joined += costs.mixed
    if spaces_said and tail.kind != BAR:
        apart += costs.unsaid_space
    space = Gap(" ", alone, apart)
    if joined is None:
        if not tail.address:
            return [space]
        hyphen = tail_of(tail._replace(kind=HYPHEN), text, pairs)
        return [Gap("-", hyphen, costs.unsaid_hyphen), space]
    return [Gap("", tail_of(tail, text, pairs), joined), space]


Pair = tuple[float | None, float]
"""What it costs to join, or None where that cannot be, and to leave a space."""


def _quoted(tail: Tail, text: str, costs: Costs, pairs: Set[str]) -> Pair | None:
    """Return the costs beside a quote: it stands close to what it holds."""
    touches = costs.quote if tail.kind in (*LETTERS, *DIGITS) else 0.0
    if text in pairs and text in tail.quotes:
        return 0.0, costs.quote
    if tail.kind == OPEN:
        return 0.0, costs.quote
    if text in pairs:
        return touches, 0.0
    if tail.kind == CLOSED:
        return (costs.quote if text[0].isalnum() else 0.0), 0.0
    return None


def _costs(kind: str, text: str, how: str, costs: Costs) -> Pair:
    glued = how == GLUED
    split = costs.split if glued and text not in ("-", "--") else 0.0
    if kind == HYPHEN:
        return 0.0, split + costs.hyphen
    if text[0].isalpha() and kind in LETTERS:
        spelled_on = len(text) == 1 and kind in (FLAG, RANGE)
        return (0.0 if spelled_on else None), 0.0
    if text[0].isdigit() and kind in DIGITS:
        one_by_one = len(text) == 1 and kind == DIGIT
        return (0.0 if one_by_one else costs.number), 0.0
    if text[0].isalnum() and kind in LETTERS + DIGITS:
        return (0.0 if glued else costs.digit_word), split
    return 0.0, split


def tail_of(tail: Tail, text: str, pairs: Set[str]) -> Tail:
    """Return what a text ends in once `text` stands straight after `tail`.

    >>> quotes = frozenset({'"'})
    >>> [tail_of(Tail("dash"), text, quotes).kind for text in ("x", "name", '"', "9")]
    ['flag', 'word', 'open', 'digit']
    >>> tail_of(Tail("word", '"'), '"', quotes).quotes
    ''
    >>> tail_of(tail_of(Tail("colon"), "/", quotes), "/", quotes).address
    True
    """
    if text in pairs:
        if text in tail.quotes:
            return Tail(CLOSED, tail.quotes.replace(text, ""))
        return Tail(OPEN, tail.quotes + text)
    begins = text == "@" and tail.kind in LETTERS or text == "/" and tail.kind == SCHEME
    parts = text in ("_", "-") and tail.kind in (*LETTERS, *DIGITS)
    separator = text if parts else tail.separator if text.isalnum() else ""
    return Tail(_kind(tail.kind, text), tail.quotes, tail.address or begins, separator)


def _kind(before: str, text: str) -> str:
    last = text[-1]
    if last.isalpha():
        if len(text) > 1:
            return WORD
        return RANGE if before == HYPHEN else FLAG if before in (DASH, FLAG) else LETTER
    if last.isdigit():
        return DIGIT if len(text) == 1 and before != NUMBER else NUMBER
    if text == ":":
        return COLON
    if text == "/" and before == COLON:
        return SCHEME
    if text == "-" and before != DASH:
        return DASH if before in ("", SYMBOL, OPEN, COLON, BAR) else HYPHEN
    return BAR if text == "|" else SYMBOL
