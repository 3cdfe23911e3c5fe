"""Two scorers that look at neighbours only: rules written by hand, and a majority vote.

They are the steps below the n-gram: what one gets without any training rows, and with nothing
but counting.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.tasks.dictation.verbalize import Unspeakable, scan, spelled
from helpers.tasks.dictation.vocabulary import BASH, Vocabulary

BREACH = -1.0  # what going against a rule costs
CAPITAL = -0.1  # spelled letters are written small unless told otherwise
STAGE_ENDS = frozenset({"|", "||", "&&", ";", "&", "(", "{", "!"})
GLUED_TO_FLAGS = frozenset("=-,_:;)]}+%")


@dataclass(frozen=True)
class Written:
    """What the rules remember: the last piece, its role (program or flag), the open quotes."""

    last: str = ""
    role: str = ""
    quotes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rules:
    """A scorer from the vocabulary's `space` column and a few habits of the shell."""

    vocabulary: Vocabulary = BASH
    start: Written = Written()

    def extend(self, state: Written, text: str) -> tuple[float, Written]:
        """Score a gap and a piece after `state`: 0 where the rules agree, less where not."""
        piece = text.lstrip(" ")
        wants_space = bool(state.last) and self.wants_space(state, piece)
        score = BREACH * (wants_space != text.startswith(" "))
        if len(piece) == 1 and piece.isupper():
            score += CAPITAL
        quotes = state.quotes ^ {piece} if self._space(piece) == "pair" else state.quotes
        return score, Written(piece, role_of(state, piece), quotes)

    def finish(self, state: Written) -> float:
        """Score the end: every quote should be closed."""
        return BREACH * len(state.quotes)

    def wants_space(self, state: Written, piece: str) -> bool:
        """Whether a space belongs between what is written and `piece`.

        >>> Rules().wants_space(Written("find", "program"), ".")
        True
        >>> Rules().wants_space(Written("-"), "name"), Rules().wants_space(Written("file"), ".")
        (False, False)
        """
        left, right = self._space(state.last), self._space(piece)
        if state.last in ("-", "--"):
            return False
        if state.role == "program":
            return True
        if right == "pair":
            return piece not in state.quotes and state.last not in ("=", "(", ":")
        if left == "pair":
            return state.last not in state.quotes and piece not in ("/", ".", ",", ";", ":", ")")
        if left in ("around", "after") or right in ("around", "before"):
            return True
        if state.last.isalnum() and piece.isalnum():
            return not (len(state.last) == 1 and len(piece) == 1)
        return state.role == "flag" and piece not in GLUED_TO_FLAGS

    def _space(self, piece: str) -> str:
        symbol = self.vocabulary.by_written.get(piece)
        return symbol.space if symbol else "none"


def role_of(state: Written, piece: str) -> str:
    """Return "program" for the first word of a stage, "flag" for letters after a dash, or ""."""
    if not piece.isalpha():
        return ""
    if not state.last or state.last in STAGE_ENDS:
        return "program"
    spelled_on = state.role == "flag" and len(state.last) == len(piece) == 1
    return "flag" if state.last in ("-", "--") or spelled_on else ""


@dataclass(frozen=True)
class Majority:
    """A scorer that asks how often a gap between two such pieces was a space in the targets."""

    gaps: Counter[tuple[str, str, bool]]
    letters: Counter[str]
    start: str = ""

    def extend(self, state: str, text: str) -> tuple[float, str]:
        """Return the log of the (add-one) share of this gap and this letter's case."""
        piece = text.lstrip(" ")
        right, score = kind(piece), 0.0
        if state:
            space = text.startswith(" ")
            same, other = self.gaps[state, right, space], self.gaps[state, right, not space]
            score += math.log((same + 1) / (same + other + 2))
        if len(piece) == 1 and piece.isalpha():
            same, other = self.letters[piece], self.letters[piece.swapcase()]
            score += math.log((same + 1) / (same + other + 2))
        return score, right

    def finish(self, state: str) -> float:
        """Return 0: the vote has no opinion on ends."""
        return 0.0


def kind(piece: str) -> str:
    """The class under which a piece is counted: a symbol is itself, the rest is lumped.

    >>> kind("find"), kind("-"), kind("x"), kind("80")
    ('word', '-', 'letter', 'digits')
    """
    if piece.isdigit():
        return "digits"
    if piece.isalpha():
        return "letter" if len(piece) == 1 else "word"
    return piece


def fit_majority(targets: Iterable[str], vocabulary: Vocabulary = BASH) -> Majority:
    """Count the gaps and the lone letters of `targets`; unspeakable targets are left out."""
    gaps: Counter[tuple[str, str, bool]] = Counter()
    letters: Counter[str] = Counter()
    for target in targets:
        before = ""
        for token in target.split():
            for number, piece in enumerate(_pieces(token, vocabulary)):
                if before:
                    gaps[before, kind(piece), number == 0] += 1
                if len(piece) == 1:
                    letters[piece] += 1
                before = kind(piece)
    return Majority(gaps, letters)


def _pieces(token: str, vocabulary: Vocabulary = BASH) -> list[str]:
    """Split a token as the lattice writes it: what is said sign by sign comes sign by sign.

    >>> _pieces("-xzf"), _pieces("8080"), _pieces("--n10")
    (['-', 'x', 'z', 'f'], ['8', '0', '8', '0'], ['-', '-', 'n', '10'])
    """
    try:
        pieces = scan(token, vocabulary)
    except Unspeakable:
        return []
    split: list[str] = []
    before = ""
    for piece in pieces:
        if piece.isdigit():
            one_by_one = len(piece) > 2 or piece.startswith("0")
        else:
            one_by_one = piece.isalpha() and spelled(piece, before, vocabulary)
        split += piece if one_by_one else _parts(piece, vocabulary)
        before = piece
    return split


def _parts(piece: str, vocabulary: Vocabulary) -> list[str]:
    """Split a symbol that has no name but its parts' names, such as `--`, "dash dash"."""
    symbol = vocabulary.by_written.get(piece)
    if symbol is None or piece in vocabulary.by_spoken.get(tuple(symbol.spoken.split()), ()):
        return [piece]
    return [*_parts(piece[:-1], vocabulary), piece[-1]]
