"""What is said for what is written: one table for a domain, and the numbers that all share.

A vocabulary is data. Dictating SQL, URLs or regular expressions means writing another table
like `BASH`; `verbalize`, `lattice` and `protocol` read whatever table they are given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

# fmt: off
UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
# fmt: on
NUMBER_WORDS = {word: value for value, word in enumerate(UNITS)} | {
    word: 10 * value for value, word in enumerate(TENS, 2)
}
DIGITS = {word: str(value) for value, word in enumerate(UNITS[:10])}
SCALES = frozenset({"hundred", "thousand"})  # said in the protocol convention only


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
class Vocabulary:
    """A domain's symbols and its spelling convention.

    A run of at most `spell_at_most` letters straight after the symbol `spell_after` is spelled
    letter by letter (bash: the flags of `-xzf`); an empty `spell_after` spells nothing but
    lone letters.
    """

    name: str
    symbols: tuple[Symbol, ...]
    spell_after: str = ""
    spell_at_most: int = 3
    space_word: str = "space"
    cases: dict[str, str] = field(
        default_factory=lambda: {
            "capital": "capital",
            "cap": "capital",
            "all caps": "upper",
            "uppercase": "upper",
            "camel case": "camel",
            "pascal case": "pascal",
            "snake case": "snake",
            "kebab case": "kebab",
        }
    )

    @cached_property
    def by_written(self) -> dict[str, Symbol]:
        """The table by what is written."""
        return {symbol.written: symbol for symbol in self.symbols}

    @cached_property
    def scanner(self) -> re.Pattern[str]:
        """Splits a token into symbols (longest first), runs of digits and runs of letters."""
        written = sorted(self.by_written, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, written)) + r"|[0-9]+|[A-Za-z]+")

    @cached_property
    def by_spoken(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Spoken words (canonical form or synonym) to everything they may be written as."""
        table: dict[tuple[str, ...], list[str]] = {}
        for symbol in self.symbols:
            for phrase in (symbol.spoken, *symbol.synonyms):
                if phrase != self._said_by_parts(symbol.written):
                    table.setdefault(tuple(phrase.split()), []).append(symbol.written)
        return {spoken: tuple(written) for spoken, written in table.items()}

    def _said_by_parts(self, written: str) -> str:
        """How the symbol would be said character by character ("dash dash")."""
        parts = [self.by_written.get(written[:-1]), self.by_written.get(written[-1])]
        return " ".join(part.spoken for part in parts if part) if len(written) > 1 else ""

    @cached_property
    def letters(self) -> re.Pattern[str]:
        """Finds runs of letters in a text."""
        return re.compile("[A-Za-z]+")

    @cached_property
    def longest(self) -> int:
        """Words in the longest spoken form."""
        return max((len(spoken) for spoken in self.by_spoken), default=1)

    @cached_property
    def reserved(self) -> frozenset[str]:
        """Words that mean more than themselves: part of a symbol's spoken form, or a number."""
        return frozenset(w for spoken in self.by_spoken for w in spoken) | frozenset(NUMBER_WORDS)


def spoken_number(digits: str) -> list[str]:
    """Words of a run of digits: 0–99 as one says them, all else digit by digit.

    >>> spoken_number("42"), spoken_number("127"), spoken_number("05")
    (['forty', 'two'], ['one', 'two', 'seven'], ['zero', 'five'])
    """
    if len(digits) > 2 or (len(digits) == 2 and digits[0] == "0"):
        return [UNITS[int(digit)] for digit in digits]
    value = int(digits)
    if value < 20:
        return [UNITS[value]]
    return [TENS[value // 10 - 2]] + ([UNITS[value % 10]] if value % 10 else [])


BASH = Vocabulary(
    name="bash",
    spell_after="-",
    symbols=(
        Symbol("2>&", "two redirect ampersand", space="before"),
        Symbol("&&", "and and", ("double ampersand",), "around"),
        Symbol("||", "pipe pipe", ("double pipe", "or or"), "around"),
        Symbol("--", "dash dash", ("double dash",), "before"),
        Symbol("..", "dot dot"),
        Symbol(">>", "append", ("redirect append",), "around"),
        Symbol("2>", "two redirect", space="before"),
        Symbol(">", "greater than", ("redirect", "right angle"), "around"),
        Symbol("<", "less than", ("left angle",), "around"),
        Symbol("(", "open paren", ("left paren", "open parenthesis"), "before"),
        Symbol(")", "close paren", ("right paren", "close parenthesis"), "after"),
        Symbol("{", "open brace", ("left brace", "open curly"), "before"),
        Symbol("}", "close brace", ("right brace", "close curly"), "after"),
        Symbol("[", "open bracket", ("left bracket",)),
        Symbol("]", "close bracket", ("right bracket",)),
        Symbol("'", "single quote", ("apostrophe", "tick"), "pair"),
        Symbol('"', "quote", ("double quote", "quotes"), "pair"),
        Symbol("`", "backtick", ("back tick",), "pair"),
        Symbol("!", "bang", ("exclamation mark", "exclamation point"), "around"),
        Symbol("#", "hash", ("pound sign", "hashtag")),
        Symbol("?", "question mark"),
        Symbol("-", "dash", ("hyphen", "minus"), "before"),
        Symbol(".", "dot", ("period",)),
        Symbol("/", "slash", ("forward slash",)),
        Symbol("|", "pipe", ("vertical bar",), "around"),
        Symbol("*", "star", ("asterisk",)),
        Symbol("~", "tilde", space="before"),
        Symbol("@", "at", ("at sign",)),
        Symbol("$", "dollar", ("dollar sign",), "before"),
        Symbol("%", "percent", ("percent sign",)),
        Symbol("^", "caret"),
        Symbol("&", "ampersand", space="around"),
        Symbol("=", "equals", ("equal sign", "equals sign")),
        Symbol("+", "plus", ("plus sign",), "before"),
        Symbol(":", "colon"),
        Symbol(";", "semicolon", ("semi colon",), "after"),
        Symbol("\\", "backslash", ("back slash",), "before"),
        Symbol("_", "underscore"),
        Symbol(",", "comma"),
    ),
)
