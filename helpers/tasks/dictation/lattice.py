"""A dictation to everything it may mean: readings of words, letter case, a space or none.

Synonyms aside, the lattice is the exact inverse of the plain convention. A path is a choice for
every word and every gap, and a choice is open only where the written text would have been dictated
in the same words: "dash I H" may be `-ih` or `-i H` but "A B" is never `ab`, which is one word;
"one two seven" may be `127` or `1 2 7` but not `1 27`, which is said "one twenty seven".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.joins import PENDING, Joins


class Arc(NamedTuple):
    """One reading of some words: the text they write, and the word after the last of them.

    `cost` is how unlikely the reading is, in nats, beside what a scorer says of its text.
    """

    text: str
    end: int
    cost: float = 0.0


class Gap(NamedTuple):
    """What may stand before an arc's text: a space or nothing, the new tail, and its cost."""

    separator: str
    tail: str
    cost: float = 0.0


@dataclass(frozen=True)
class Lattice:
    """Everything a dictation may mean: `arcs[i]` are the readings that begin at word `i`."""

    words: tuple[str, ...]
    arcs: tuple[tuple[Arc, ...], ...]
    joins: Joins

    def gaps(self, tail: str, arc: Arc) -> list[Gap]:
        """List the gaps with which `arc` may follow a text ending in `tail`."""
        gaps = []
        if tail:
            joined = self.joins.after(tail, arc.text)
            if joined is not None and (joined != PENDING or self._digit_follows(arc.end)):
                gaps.append(Gap("", joined))
            if tail == PENDING:
                return gaps
        apart = self.joins.after("", arc.text)
        if apart is not None:
            gaps.append(Gap(" " if tail else "", apart))
        return gaps

    def unfinished(self, tail: str) -> float:
        """Return what it costs to end a text that ends in `tail`."""
        return 0.0

    def _digit_follows(self, at: int) -> bool:
        return at < len(self.words) and self.words[at] in self.joins.domain.digits

    def paths(self) -> Iterator[str]:
        """Yield the lattice's texts, depth first; there may be very many.

        >>> from helpers.tasks.dictation.bash import BASH
        >>> list(build("wc dash L", BASH).paths())
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
                        for gap, after, _ in self.gaps(tail, arc)
                    ]
                )

    def path_of(self, text: str) -> list[Step] | None:
        """Return the choices that write `text` (white space collapsed), or None if none do.

        >>> from helpers.tasks.dictation.bash import BASH
        >>> [(step.gap, step.arc.text) for step in build("wc dash L", BASH).path_of("wc -l")]
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
                for gap, after, _ in gaps:
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
    words: tuple[str, ...], at: int, domain: Domain, literals: frozenset[str]
) -> tuple[Arc, ...]:
    """List what the words from `at` on may write: symbols, numbers, letters, or the word itself.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> readings(("forty", "two"), 0, BASH, frozenset())
    (Arc(text='42', end=2, cost=0.0), Arc(text='40', end=1, cost=0.0))
    >>> readings(("at",), 0, BASH, frozenset({"at"}))
    (Arc(text='@', end=1, cost=0.0), Arc(text='at', end=1, cost=0.0))
    """
    word, arcs = words[at], []
    for end in range(at + 1, min(at + domain.longest, len(words)) + 1):
        arcs += [Arc(text, end) for text in domain.by_spoken.get(words[at:end], ())]
    if word in domain.number_words:
        value, following = domain.number_words[word], words[at + 1 : at + 2]
        if word in domain.tens and following and int(domain.digits.get(following[0], 0)) > 0:
            arcs.append(Arc(str(value + int(domain.digits[following[0]])), at + 2))
        arcs.append(Arc(str(value), at + 1))
    elif len(word) == 1 and word.isascii() and word.isalpha():
        cases = (word.lower(), word.upper())
        free = [letter for letter in cases if letter not in domain.by_written]  # `g`, said "grams"
        return (*arcs, *(Arc(letter, at + 1) for letter in free or cases))
    if not arcs or word in literals:
        arcs.append(Arc(word, at + 1))
    return tuple(arcs)


def build(
    dictation: str,
    domain: Domain,
    literals: Iterable[str] = (),
    joins: Joins | None = None,
) -> Lattice:
    """Build the lattice of a dictation; `literals` as `literals_in` finds them in targets.

    Pass one `Joins` for many dictations and what was worked out for one serves the next.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> "find . -name *.txt" in build("find dot dash name star dot txt", BASH)
    True
    """
    words, plain = tuple(dictation.split()), frozenset(literals)
    arcs = tuple(readings(words, at, domain, plain) for at in range(len(words)))
    return Lattice(words, arcs, joins or Joins(domain))


def expand(dictation: str, domain: Domain) -> str:
    """Write symbols and digits for what has one meaning; leave spaces and letters open.

    Digits said one by one are joined, as they are in all but a few texts.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> expand("cut dash D comma dash F one two seven", BASH)
    'cut - D , - F 127'
    """
    lattice, pieces, at = build(dictation, domain), [], 0
    while at < len(lattice.words):
        arc = lattice.arcs[at][0]
        one_digit = lattice.words[at] in domain.digits and arc.end == at + 1
        if one_digit and pieces and at and lattice.words[at - 1] in domain.digits:
            pieces[-1] += arc.text
        else:
            pieces.append(lattice.words[at] if len(lattice.words[at]) == 1 else arc.text)
        at = arc.end
    return " ".join(pieces)


def literals_in(targets: Iterable[str], domain: Domain) -> frozenset[str]:
    """Reserved words that stand for themselves somewhere in `targets`.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> sorted(literals_in(["at noon", "echo five"], BASH))
    ['at', 'five']
    """
    return frozenset(
        word
        for target in targets
        for word in domain.words(target)
        if word in domain.reserved
    )
