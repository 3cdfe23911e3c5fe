"""What may be written straight after what: the gaps of a lattice that need no space."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.verbalize import Unspeakable, scan, speak_piece, spelled

# Stand-ins for the end of a token, as far as it decides what may be written straight after it.
WORD = "word"  # a run of letters said as one word
RUN = "000"  # digits said one by one: more may follow
CLOSED = "10"  # a number said as one: no digit may follow
PENDING = "??"  # two digits said one by one: a third must follow


@dataclass
class Joins:
    """Which texts may be written straight after each other, remembered as they are met."""

    domain: Domain
    known: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def after(self, tail: str, text: str) -> str | None:
        """Return the tail once `text` stands straight after `tail`, or None if it cannot.

        It cannot where the two together would be said in other words than one after the other.

        >>> from helpers.tasks.dictation.bash import BASH
        >>> joins = Joins(BASH)
        >>> joins.after("-i", "h"), joins.after("word", "h"), joins.after(">", ">")
        ('-ih', None, None)
        """
        key = (tail, text)
        if key not in self.known:
            if len(self.known) > 100_000:  # odd input must not grow this for ever
                self.known.clear()
            self.known[key] = self._after(tail, text)
        return self.known[key]

    def _after(self, tail: str, text: str) -> str | None:
        if _is_digits(text) and tail in _DIGIT_TAILS:
            return _after_digit(tail, text)
        if tail == PENDING:
            return None
        try:
            together, alone = self._speak(tail + text), self._speak(text)
        except Unspeakable:  # text from outside the convention touches symbols, not words
            return None if tail[-1:].isalnum() and text[0].isalnum() else WORD
        if together != self._speak(tail) + alone:
            return None
        return self._tail(tail + text)

    def _speak(self, token: str) -> list[str]:
        words, before = [], ""
        for piece in scan(token, self.domain):
            words += speak_piece(piece, before, self.domain)
            before = piece
        return words

    def _tail(self, token: str) -> str:
        *_, before, last = ["", *scan(token, self.domain)]
        if last.isalpha():
            return before + last if spelled(last, before, self.domain) else WORD
        if _is_digits(last) and len(last) > 1:
            return CLOSED
        return last


_DIGIT_TAILS = frozenset("0123456789") | {RUN, CLOSED, PENDING}


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _after_digit(tail: str, text: str) -> str | None:
    if len(text) > 1 or tail == CLOSED:
        return None
    return PENDING if len(tail) == 1 and tail != "0" else RUN
