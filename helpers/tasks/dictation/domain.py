"""A domain of dictation as a table: what is said for what is written, and how it is spaced.

Dictating SQL, URLs or formulas means writing another table, not other code: `verbalize`,
`lattice`, `spacing`, `protocol` and `repair` read whatever table they are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from helpers.tasks.dictation.numbers import NUMBER_WORDS

SPACES = ("around", "before", "after", "none", "pair")
CASES = {
    "capital": "capital",
    "cap": "capital",
    "all caps": "upper",
    "uppercase": "upper",
    "camel case": "camel",
    "pascal case": "pascal",
    "snake case": "snake",
    "kebab case": "kebab",
}


@dataclass(frozen=True)
class Symbol:
    """One row of the table: what is written, what is said, other ways to say it.

    `space` says where a writer who follows simple rules puts spaces: `around` the symbol,
    only `before` or `after` it, or nowhere (`none`); `pair` is a mark that opens and closes.
    """

    written: str
    spoken: str
    synonyms: tuple[str, ...] = ()
    space: str = "none"


@dataclass(frozen=True)
class Spacing:
    """Habits of writers that the hand-written rules follow beside the symbols' own `space`.

    Where `heads_after` has symbols, the first word, and the first after one of them, is a head
    (a shell's program), with a space after it. `flag_marks` begin a flag: no space follows them,
    and one follows the flag's letters unless a symbol of `after_flags` stands there. A mark that
    opens and closes is written straight after `before_pairs` and straight before `after_pairs`.
    """

    heads_after: tuple[str, ...] = ()
    flag_marks: tuple[str, ...] = ()
    after_flags: tuple[str, ...] = ()
    before_pairs: tuple[str, ...] = ()
    after_pairs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heard:
    """What a transcriber writes for what was said, by what should be written.

    `words` are words heard as others ("sudo" as "pseudo"); `symbols` are further names of symbols,
    which only a reading of heard speech allows ("point" for a dot).
    """

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    symbols: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Domain:
    """All that is special about dictating one kind of text; `tables.read` reads it from a file.

    `keywords` are words written in one way however they are cased elsewhere (`SELECT`, said
    "select"; `kg`, said "kilograms"). A run of at most `spell_at_most` letters straight after the
    symbol `spell_after` is spelled letter by letter (a shell's `-xzf`); an empty `spell_after`
    spells lone letters only. `numbers` are number words beside the usual ones ("oh" for 0), up to
    99: longer numbers are said digit by digit. `what` is what a text of the domain is called.
    `formatter` and `shape` name functions as "module:function", and `facts` those whose results
    are counted: they are imported when they are called, never before. `classes` and `remedies`
    say what a class of errors means here where it is not the usual.
    """

    name: str
    symbols: tuple[Symbol, ...]
    keywords: tuple[Symbol, ...] = ()
    what: str = "text"
    title: str = ""
    spell_after: str = ""
    spell_at_most: int = 3
    space_word: str = "space"
    cases: Mapping[str, str] = field(default_factory=lambda: dict(CASES))
    numbers: Mapping[str, int] = field(default_factory=dict)
    spacing: Spacing = Spacing()
    heard: Heard = Heard()
    formatter: str = ""
    shape: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    remedies: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise `ValueError` that names the row of the table which cannot be used."""
        for fault in self._faults():
            raise ValueError(f"the domain {self.name!r}: {fault}")

    def _faults(self) -> Iterator[str]:
        written = [symbol.written for symbol in (*self.symbols, *self.keywords)]
        for symbol in (*self.symbols, *self.keywords):
            if not symbol.written or " " in symbol.written or symbol.written.isdigit():
                yield f"{symbol.written!r} cannot be a symbol; write one without spaces or digits"
            if written.count(symbol.written) > 1:
                yield f"{symbol.written!r} stands twice; keep one row and list its synonyms"
            if not all(phrase.split() for phrase in (symbol.spoken, *symbol.synonyms)):
                yield f"{symbol.written!r} has nothing to be said; fill its spoken form"
            if symbol.space not in SPACES:
                yield f"{symbol.written!r} has the space {symbol.space!r}; use one of {SPACES}"
        for symbol in self.symbols:
            if LETTERS.fullmatch(symbol.written):
                yield f"{symbol.written!r} is a word; move it from the symbols to the keywords"
        for keyword in self.keywords:
            if not LETTERS.fullmatch(keyword.written):
                yield f"{keyword.written!r} is no word; move it from the keywords to the symbols"
            if len(keyword.written) == 1 and self.spell_after:
                what = f"{keyword.written!r} is one letter, and so is what spell_after spells"
                yield f"{what}; leave one of the two out"
        for phrase, case in self.cases.items():
            if case not in CASES.values():
                known = ", ".join(sorted(set(CASES.values())))
                yield f"{phrase!r} is the case {case!r}; use one of {known}"
        for word, value in self.numbers.items():
            if not isinstance(value, int) or not 0 <= value <= 99:
                yield f"{word!r} is said for {value}; number words are from 0 to 99"

    @property
    def system(self) -> str:
        """What a model is told to do."""
        return f"Write the {self.what} that was dictated. Answer with the {self.what} alone."

    @cached_property
    def by_written(self) -> dict[str, Symbol]:
        """The symbols and keywords by what is written."""
        return {symbol.written: symbol for symbol in (*self.symbols, *self.keywords)}

    @cached_property
    def scanner(self) -> re.Pattern[str]:
        """Splits a token into symbols (longest first), runs of digits and runs of letters."""
        written = sorted((symbol.written for symbol in self.symbols), key=len, reverse=True)
        return re.compile("|".join([*map(re.escape, written), "[0-9]+", "[A-Za-z]+"]))

    @cached_property
    def by_spoken(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Spoken words (canonical form or synonym) to everything they may be written as."""
        table: dict[tuple[str, ...], list[str]] = {}
        for symbol in self.by_written.values():
            for phrase in (symbol.spoken, *symbol.synonyms):
                if phrase != self._said_by_parts(symbol.written):
                    table.setdefault(tuple(phrase.split()), []).append(symbol.written)
        return {spoken: tuple(written) for spoken, written in table.items()}

    def _said_by_parts(self, written: str) -> str:
        """How the symbol would be said character by character ("dash dash")."""
        parts = [self.by_written.get(written[:-1]), self.by_written.get(written[-1])]
        return " ".join(part.spoken for part in parts if part) if len(written) > 1 else ""

    @cached_property
    def longest(self) -> int:
        """Words in the longest spoken form."""
        return max((len(spoken) for spoken in self.by_spoken), default=1)

    @cached_property
    def number_words(self) -> dict[str, int]:
        """Number words and their values."""
        return NUMBER_WORDS | dict(self.numbers)

    @cached_property
    def digits(self) -> dict[str, str]:
        """The words of one digit."""
        return {word: str(value) for word, value in self.number_words.items() if value < 10}

    @cached_property
    def tens(self) -> frozenset[str]:
        """The words that a digit may follow in one number ("forty two")."""
        return frozenset(
            word for word, value in self.number_words.items() if value in range(20, 100, 10)
        )

    @cached_property
    def reserved(self) -> frozenset[str]:
        """Words that mean more than themselves: part of a symbol's spoken form, or a number."""
        return frozenset(w for spoken in self.by_spoken for w in spoken) | self.number_words.keys()

    def words(self, text: str) -> list[str]:
        """List the runs of letters in a text that are neither keywords nor part of a symbol."""
        found = self.scanner.findall(text)
        return [piece for piece in found if piece.isalpha() and piece not in self.by_written]


LETTERS = re.compile("[A-Za-z]+")
