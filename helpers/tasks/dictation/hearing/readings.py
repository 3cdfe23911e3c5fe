"""What heard words may have been: a table of readings for every place, each with its cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.hearing import english, phrases
from helpers.tasks.dictation.hearing.costs import Costs
from helpers.tasks.dictation.hearing.gaps import Marks
from helpers.tasks.dictation.hearing.misheard import Misheard
from helpers.tasks.dictation.hearing.numbers import REPEATS, cardinals
from helpers.tasks.dictation.hearing.units import Unit
from helpers.tasks.dictation.hearing.words import Words
from helpers.tasks.dictation.protocol import CASE_OF_MANY, CASE_OF_ONE

SPELLED_AT_MOST = 8  # letters said one by one
COMPOUND_AT_MOST = 3  # words that may be one
CASED_AT_MOST = 8  # words after "camel case"
UNDERSCORE = ("underscore", "_")


@dataclass(frozen=True)
class Reading:
    """One reading of some units: what they write, the unit after the last of them, the cost."""

    text: str
    end: int
    cost: float = 0.0


@dataclass(frozen=True)
class Reader:
    """Lists readings by a domain's tables, known words, and costs."""

    domain: Domain
    words: Words = Words()
    costs: Costs = Costs()
    misheard: Misheard = field(default_factory=dict, repr=False)
    memory: dict = field(default_factory=dict, repr=False, compare=False)

    def with_changes(self, **changes: Any) -> Reader:
        """Return the reader with other words or costs; what was worked out is forgotten."""
        return replace(self, memory={}, **changes)

    def readings(self, units: Sequence[Unit], at: int) -> list[Reading]:
        """List what the units from `at` on may write, the cheapest reading of each text first.

        >>> from helpers.tasks.dictation.bash import BASH
        >>> from helpers.tasks.dictation.hearing.units import units_of
        >>> [r.text for r in Reader(BASH).readings(units_of("LS", BASH), 0)]
        ['ls', 'LS']
        >>> [(r.text, r.end) for r in Reader(BASH).readings(units_of("five hundred", BASH), 0)][:2]
        [('5', 1), ('500', 2)]
        """
        cheapest: dict[tuple[str, int], float] = {}
        for text, end, cost in self._all(units, at):
            if cost < cheapest.get((text, end), float("inf")):
                cheapest[text, end] = cost
        listed = [Reading(text, end, cost) for (text, end), cost in cheapest.items()]
        return sorted(listed, key=lambda reading: reading.cost)

    def sounds_wrong(self, dictation: str) -> bool:
        """Whether words are heard as others that nobody is known to write: "etsy", "engine x".

        >>> from helpers.tasks.dictation.bash import BASH
        >>> Reader(BASH).sounds_wrong("cat space slash etsy slash hosts")
        True
        """
        said = dictation.lower().split()
        for at in range(len(said)):
            for end in range(at + 1, min(at + SPELLED_AT_MOST, len(said)) + 1):
                words = said[at:end]
                if "".join(words) in self._by_heard and not all(map(self.words.count, words)):
                    return True
        return False

    def names_symbol(self, units: Sequence[Unit], at: int) -> bool:
        """Whether a symbol is said, or written, at `at`."""
        if not units[at].is_word:
            return not units[at].is_digits
        return next(self._symbols(units, at), None) is not None

    def _all(self, units: Sequence[Unit], at: int) -> Iterator[tuple[str, int, float]]:
        unit = units[at]
        if mine := self.own_words(units, at):
            yield from mine
            return
        if not unit.is_word:
            yield unit.text, at + 1, 0.0
            if unit.is_digits:
                yield from self._numbers(units, at)
            return
        meant = False  # whether the word is known to stand for something else
        for text, end, cost in (*self._symbols(units, at), *self._numbers(units, at)):
            meant = meant or (end == at + 1 and cost < self.costs.literal)
            yield text, end, cost
        for text, end, cost in self._announced(units, at):
            meant = True
            yield text, end, cost
        if not (meant and unit.is_letter):
            literal = self.costs.literal if meant or unit.low in self.domain.reserved else 0.0
            yield from ((text, at + 1, cost + literal) for text, cost in self._cased(unit))
        yield from self._joined(units, at)
        yield from self._heard(units, at)

    def own_words(self, units: Sequence[Unit], at: int) -> list[tuple[str, int, float]]:
        """Return what the reader's list writes at `at`: nothing else is then meant."""
        wholes = phrases.wholes(units, at, SPELLED_AT_MOST) if self._own else ()
        return [(self._own[said], end, 0.0) for said, end in wholes if said in self._own][-1:]

    def _symbols(self, units: Sequence[Unit], at: int) -> Iterator[tuple[str, int, float]]:
        for said, end in phrases.stretches(units, at, self._longest_symbol):
            for written in self._by_spoken.get(said, ()):
                yield written, end, 0.0

    def _numbers(self, units: Sequence[Unit], at: int) -> Iterator[tuple[str, int, float]]:
        values = self.domain.number_words
        words = [unit.low for unit in units[at : at + 12]]
        word = words[0]
        if word in values:
            value, following = values[word], words[1:2]
            if word in self.domain.tens and following:
                unit = self.domain.digits.get(following[0], "0")
                if unit != "0":
                    yield str(value + int(unit)), at + 2, 0.0
            yield str(value), at + 1, 0.0
        elif word in english.NUMBERS:
            near = [*words[1:2], *([units[at - 1].low] if at else [])]
            amid = any(other in values or other.isdigit() for other in near)
            digit = english.NUMBERS[word]
            yield digit, at + 1, 1.0 if amid and word[0] == "o" else self.costs.digit_homophone
        if word in values or word.isdigit() or word == "a" or word in REPEATS:
            for text, end in cardinals(words, 0, values):
                yield text, at + end, 0.0

    def _announced(self, units: Sequence[Unit], at: int) -> Iterator[tuple[str, int, float]]:
        """Yield what "capital x", "all caps word" and "camel case some words" write."""
        for length in (2, 1):
            phrase = " ".join(unit.low for unit in units[at : at + length])
            case = self.domain.cases.get(phrase)
            start = at + length
            if case is None or start >= len(units) or len(phrase.split()) < length:
                continue
            if case in CASE_OF_ONE:
                word, constant = units[start], self._constant(units, start)
                if case == "upper" and constant:
                    yield constant
                elif word.is_word:
                    yield CASE_OF_ONE[case](word.low), start + 1, 0.0
                    if word.text.isupper():
                        yield word.text, start + 1, 0.0
                continue
            end = start
            while end < min(start + CASED_AT_MOST, len(units)) and self._is_plain(units[end]):
                end += 1
            for last in range(start + 1, end + 1):
                text = CASE_OF_MANY[case]([unit.low for unit in units[start:last]])
                yield text, last, 0.0 if last == end else self.costs.cut(units[last].low)

    def _constant(self, units: Sequence[Unit], at: int) -> tuple[str, int, float] | None:
        """Return a name with underscores whose every word the transcript has in capitals."""
        end = at + 1
        while end + 1 < len(units) and units[end].low in UNDERSCORE:
            if not units[end + 1].text.isupper():
                break
            end += 2
        parts = [unit.text for unit in units[at:end:2]]
        return ("_".join(parts), end, 0.0) if len(parts) > 1 and parts[0].isupper() else None

    def _is_plain(self, unit: Unit) -> bool:
        reserved = unit.low in self.domain.reserved or unit.low == self.domain.space_word
        return unit.is_word and not reserved

    def _cased(self, unit: Unit) -> Iterator[tuple[str, float]]:
        """Yield one word in small letters, as it stands, and as it was seen elsewhere."""
        costs, text = self.costs, unit.text
        if unit.is_letter:
            yield unit.low, 0.0
            yield text.upper(), costs.capital + (0.0 if text.isupper() else costs.raised)
            return
        capitals = text != unit.low
        yield unit.low, costs.small if capitals else 0.0
        if capitals:
            yield text, costs.kept
        for casing in self.words.casings.get(unit.low, ()):
            if casing not in (text, unit.low):
                yield casing, costs.casing

    def _joined(self, units: Sequence[Unit], at: int) -> Iterator[tuple[str, int, float]]:
        """Yield letters that spell a word, and words that are one known word together."""
        for text, end in phrases.stretches(units, at, SPELLED_AT_MOST):
            parts = units[at:end]
            if end == at + 1 or not text.isalnum():
                continue
            letters = [unit.is_letter or (unit.text.isupper() and len(unit.text) < 4)
                       for unit in parts]  # fmt: skip
            if all(letters):
                yield text, end, self.costs.spelled
            elif end - at <= COMPOUND_AT_MOST or any(letters):
                known = self.words.casings.get(text)
                if known and len(text) > (2 if any(letters) else 3):
                    yield max(known, key=known.__getitem__), end, self.costs.compound

    def _heard(self, units: Sequence[Unit], at: int) -> Iterator[tuple[str, int, float]]:
        """Yield what is written for words that are heard as others."""
        for said, end in phrases.stretches(units, at, SPELLED_AT_MOST):
            for written in self._by_heard.get(said, ()):
                yield written, end, self.costs.homophone
            phrase = tuple(unit.low for unit in units[at:end])
            for words, cost in self.misheard.get(phrase, ()):
                for text in self._said(words):
                    yield text, end, self.costs.misheard + cost

    def _said(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return what words that were surely said may write."""
        if len(words) == 1 and len(words[0]) == 1 and words[0].isalpha():
            return words[0].lower(), words[0].upper()
        low = "".join(words).lower()
        if low in self._by_spoken:
            return self._by_spoken[low]
        if len(words) > 1:
            return ()
        number = self.domain.number_words.get(low)
        return (words[0] if number is None else str(number),)

    @cached_property
    def marks(self) -> Marks:
        """What is special to gaps: the marks that open and close, and the known flags."""
        pairs = frozenset(s.written for s in self.domain.symbols if s.space == "pair")
        return Marks(pairs, self.words.flags)

    @cached_property
    def _by_spoken(self) -> dict[str, tuple[str, ...]]:
        return phrases.symbols(self.domain)

    @cached_property
    def _longest_symbol(self) -> int:
        return phrases.longest(self.domain)

    @cached_property
    def _by_heard(self) -> dict[str, tuple[str, ...]]:
        return phrases.words(self.domain)

    @cached_property
    def _own(self) -> dict[str, str]:
        return {"".join(heard.lower().split()): text for heard, text in self.words.own.items()}
