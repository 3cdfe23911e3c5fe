"""A dictation to everything it may mean: readings of words, letter case, a space or none.

Synonyms aside, the lattice is the exact inverse of the plain convention. A path is a choice for
every word and every gap, and a choice is open only where the written text would have been dictated
in the same words: "dash I H" may be `-ih` or `-i H` but "A B" is never `ab`, which is one word;
"one two seven" may be `127` or `1 2 7` but not `1 27`, which is said "one twenty seven".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from helpers.tasks.dictation.verbalize import Unspeakable, scan, speak_piece, spelled
from helpers.tasks.dictation.vocabulary import (
    BASH,
    DIGITS,
    NUMBER_WORDS,
    TENS,
    Vocabulary,
)

# Stand-ins for the end of a token, as far as it decides what may be written straight after it.
WORD = "word"  # a run of letters said as one word
RUN = "000"  # digits said one by one: more may follow
CLOSED = "10"  # a number said as one: no digit may follow
PENDING = "??"  # two digits said one by one: a third must follow


class Arc(NamedTuple):
    """One reading of some words: the text they write, and the word after the last of them."""

    text: str
    end: int


@dataclass
class Joins:
    """Which texts may be written straight after each other, remembered as they are met."""

    vocabulary: Vocabulary = BASH
    known: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def after(self, tail: str, text: str) -> str | None:
        """Return the tail once `text` stands straight after `tail`, or None if it cannot.

        It cannot where the two together would be said in other words than one after the other.

        >>> joins = Joins()
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
        for piece in scan(token, self.vocabulary):
            words += speak_piece(piece, before, self.vocabulary)
            before = piece
        return words

    def _tail(self, token: str) -> str:
        *_, before, last = ["", *scan(token, self.vocabulary)]
        if last.isalpha():
            return before + last if spelled(last, before, self.vocabulary) else WORD
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


@dataclass(frozen=True)
class Lattice:
    """Everything a dictation may mean: `arcs[i]` are the readings that begin at word `i`."""

    words: tuple[str, ...]
    arcs: tuple[tuple[Arc, ...], ...]
    joins: Joins

    def gaps(self, tail: str, arc: Arc) -> list[tuple[str, str]]:
        """List the (separator, new tail) with which `arc` may follow a text ending in `tail`."""
        found = []
        if tail:
            joined = self.joins.after(tail, arc.text)
            if joined is not None and (joined != PENDING or self._digit_follows(arc.end)):
                found.append(("", joined))
            if tail == PENDING:
                return found
        apart = self.joins.after("", arc.text)
        if apart is not None:
            found.append((" " if tail else "", apart))
        return found

    def _digit_follows(self, at: int) -> bool:
        return at < len(self.words) and self.words[at] in DIGITS

    def paths(self) -> Iterator[str]:
        """Yield the lattice's texts, depth first; there may be very many.

        >>> list(build("wc dash L").paths())
        ['wc-l', 'wc- l', 'wc-L', 'wc- L', 'wc -l', 'wc - l', 'wc -L', 'wc - L']
        """
        stack = [(0, "", "")]
        while stack:
            at, tail, text = stack.pop()
            if at == len(self.words):
                yield text
            else:
                stack += reversed(
                    [
                        (arc.end, after, text + gap + arc.text)
                        for arc in self.arcs[at]
                        for gap, after in self.gaps(tail, arc)
                    ]
                )

    def path_of(self, text: str) -> list[Step] | None:
        """Return the choices that write `text` (white space collapsed), or None if none do.

        >>> [(step.gap, step.arc.text) for step in build("wc dash L").path_of("wc -l")]
        [('', 'wc'), (' ', '-'), ('', 'l')]
        """
        text = " ".join(text.split())
        reached: list[tuple[int, str, int, tuple | None]] = [(0, "", 0, None)]
        seen = set()
        while reached:
            at, tail, used, path = reached.pop()
            if at == len(self.words):
                if used == len(text):
                    return _unroll(path)
                continue
            if (at, tail, used) in seen:
                continue
            seen.add((at, tail, used))
            for arc in self.arcs[at]:
                gaps = self.gaps(tail, arc)
                for gap, after in gaps:
                    if text.startswith(gap + arc.text, used):
                        step = Step(at, arc, gap, len(gaps) > 1)
                        length = len(gap) + len(arc.text)
                        reached.append((arc.end, after, used + length, (path, step)))
        return None

    def __contains__(self, text: str) -> bool:
        """Whether `text`, its white space collapsed, is one of the lattice's texts."""
        return self.path_of(text) is not None


class Step(NamedTuple):
    """One choice on a path: which words, what they write, the gap before, was it a choice."""

    start: int
    arc: Arc
    gap: str
    gap_open: bool


def _unroll(path: tuple | None) -> list[Step]:
    steps = []
    while path:
        path, step = path
        steps.append(step)
    return steps[::-1]


def readings(
    words: tuple[str, ...], at: int, vocabulary: Vocabulary, literals: frozenset[str]
) -> tuple[Arc, ...]:
    """List what the words from `at` on may write: symbols, numbers, letters, or the word itself.

    >>> readings(("forty", "two"), 0, BASH, frozenset())
    (Arc(text='42', end=2), Arc(text='40', end=1))
    >>> readings(("at",), 0, BASH, frozenset({"at"}))
    (Arc(text='@', end=1), Arc(text='at', end=1))
    """
    word, found = words[at], []
    for end in range(at + 1, min(at + vocabulary.longest, len(words)) + 1):
        found += [Arc(text, end) for text in vocabulary.by_spoken.get(words[at:end], ())]
    if word in NUMBER_WORDS:
        value, following = NUMBER_WORDS[word], words[at + 1 : at + 2]
        if word in TENS and following and int(DIGITS.get(following[0], 0)) > 0:
            found.append(Arc(str(value + int(DIGITS[following[0]])), at + 2))
        found.append(Arc(str(value), at + 1))
    elif len(word) == 1 and word.isascii() and word.isalpha():
        return (Arc(word.lower(), at + 1), Arc(word.upper(), at + 1))
    if not found or word in literals:
        found.append(Arc(word, at + 1))
    return tuple(found)


def build(
    dictation: str,
    vocabulary: Vocabulary = BASH,
    literals: Iterable[str] = (),
    joins: Joins | None = None,
) -> Lattice:
    """Build the lattice of a dictation; `literals` as `literals_in` finds them in targets.

    Pass one `Joins` for many dictations and what was worked out for one serves the next.

    >>> "find . -name *.txt" in build("find dot dash name star dot txt")
    True
    """
    words, chosen = tuple(dictation.split()), frozenset(literals)
    arcs = tuple(readings(words, at, vocabulary, chosen) for at in range(len(words)))
    return Lattice(words, arcs, joins or Joins(vocabulary))


def expand(dictation: str, vocabulary: Vocabulary = BASH) -> str:
    """Write symbols and digits for what has one meaning; leave spaces and letters open.

    Digits said one by one are joined, as they are in all but a few commands.

    >>> expand("cut dash D comma dash F one two seven")
    'cut - D , - F 127'
    """
    lattice, pieces, at = build(dictation, vocabulary), [], 0
    while at < len(lattice.words):
        arc = lattice.arcs[at][0]
        one_digit = lattice.words[at] in DIGITS and arc.end == at + 1
        if one_digit and pieces and at and lattice.words[at - 1] in DIGITS:
            pieces[-1] += arc.text
        else:
            pieces.append(lattice.words[at] if len(lattice.words[at]) == 1 else arc.text)
        at = arc.end
    return " ".join(pieces)


def literals_in(targets: Iterable[str], vocabulary: Vocabulary = BASH) -> frozenset[str]:
    """Reserved words that stand for themselves somewhere in `targets`.

    >>> sorted(literals_in(["at noon", "echo five"]))
    ['at', 'five']
    """
    return frozenset(
        word
        for target in targets
        for word in vocabulary.letters.findall(target)
        if word in vocabulary.reserved
    )
