"""Two scorers that look at neighbours only: rules written by hand, and a majority vote.

They are the steps below the n-gram: what one gets without any training rows, and with nothing
but counting.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.tasks.dictation.domain import Domain, Spacing
from helpers.tasks.dictation.verbalize import Unspeakable, scan, spelled

BREACH = -1.0  # what going against a rule costs
CAPITAL = -0.1  # spelled letters are written small unless told otherwise


@dataclass(frozen=True)
class Written:
    """What the rules remember: the last piece, its role (head or flag), the open quotes."""

    last: str = ""
    role: str = ""
    quotes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rules:
    """A scorer from the symbols' `space` and the other habits of spacing in a domain's table."""

    domain: Domain
    start: Written = Written()

    def extend(self, state: Written, text: str) -> tuple[float, Written]:
        """Score a gap and a piece after `state`: 0 where the rules agree, less where not."""
        piece = text.lstrip(" ")
        wants_space = bool(state.last) and self.wants_space(state, piece)
        score = BREACH * (wants_space != text.startswith(" "))
        if len(piece) == 1 and piece.isupper():
            score += CAPITAL
        quotes = state.quotes ^ {piece} if self._space(piece) == "pair" else state.quotes
        return score, Written(piece, role_of(state, piece, self.domain.spacing), quotes)

    def finish(self, state: Written) -> float:
        """Score the end: every quote should be closed."""
        return BREACH * len(state.quotes)

    def wants_space(self, state: Written, piece: str) -> bool:
        """Whether a space belongs between what is written and `piece`.

        >>> from helpers.tasks.dictation.bash import BASH
        >>> rules = Rules(BASH)
        >>> rules.wants_space(Written("find", "head"), ".")
        True
        >>> rules.wants_space(Written("-"), "name"), rules.wants_space(Written("file"), ".")
        (False, False)
        """
        left, right, habits = self._space(state.last), self._space(piece), self.domain.spacing
        if state.last in habits.flag_marks:
            return False
        if state.role == "head":
            return True
        if right == "pair":
            return piece not in state.quotes and state.last not in habits.before_pairs
        if left == "pair":
            return state.last not in state.quotes and piece not in habits.after_pairs
        if left in ("around", "after") or right in ("around", "before"):
            return True
        if state.last.isalnum() and piece.isalnum():
            return not (len(state.last) == 1 and len(piece) == 1)
        return state.role == "flag" and piece not in habits.after_flags

    def _space(self, piece: str) -> str:
        symbol = self.domain.by_written.get(piece)
        return symbol.space if symbol else "none"


def role_of(state: Written, piece: str, habits: Spacing) -> str:
    """Return "head" for the first word of a stage, "flag" for letters after its mark, or ""."""
    if not piece.isalpha():
        return ""
    if habits.heads_after and (not state.last or state.last in habits.heads_after):
        return "head"
    spelled_on = state.role == "flag" and len(state.last) == len(piece) == 1
    return "flag" if state.last in habits.flag_marks or spelled_on else ""


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


def fit_majority(targets: Iterable[str], domain: Domain) -> Majority:
    """Count the gaps and the lone letters of `targets`; unspeakable targets are left out."""
    gaps: Counter[tuple[str, str, bool]] = Counter()
    letters: Counter[str] = Counter()
    for target in targets:
        before = ""
        for token in target.split():
            for number, piece in enumerate(_pieces(token, domain)):
                if before:
                    gaps[before, kind(piece), number == 0] += 1
                if len(piece) == 1:
                    letters[piece] += 1
                before = kind(piece)
    return Majority(gaps, letters)


def _pieces(token: str, domain: Domain) -> list[str]:
    """Split a token as the lattice writes it: what is said sign by sign comes sign by sign.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> _pieces("-xzf", BASH), _pieces("8080", BASH), _pieces("--n10", BASH)
    (['-', 'x', 'z', 'f'], ['8', '0', '8', '0'], ['-', '-', 'n', '10'])
    """
    try:
        pieces = scan(token, domain)
    except Unspeakable:
        return []
    split: list[str] = []
    before = ""
    for piece in pieces:
        if piece.isdigit():
            one_by_one = len(piece) > 2 or piece.startswith("0")
        else:
            one_by_one = piece.isalpha() and spelled(piece, before, domain)
        split += piece if one_by_one else _parts(piece, domain)
        before = piece
    return split


def _parts(piece: str, domain: Domain) -> list[str]:
    """Split a symbol that has no name but its parts' names, such as `--`, "dash dash"."""
    symbol = domain.by_written.get(piece)
    if symbol is None or piece in domain.by_spoken.get(tuple(symbol.spoken.split()), ()):
        return [piece]
    return [*_parts(piece[:-1], domain), piece[-1]]
