"""A transcript as pieces: words, digits and symbols already written, and the stops between them.

A transcriber writes sentences: capitals, commas, a full stop, curly quotes, a long dash for two
short ones. Nothing is decided here; what a piece may mean is `readings`' part.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.protocol import STOPS

WRITTEN = {
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "—": "--", "–": "-", "‑": "-",
    "…": "...", "×": "x", "\u200b": "", "\ufeff": "",
}  # fmt: skip
WORD = r"[^\W\d_]+(?:'[^\W\d_]+)*"
SPELLED = re.compile(r"(?:[A-Z]\.)+[A-Z][.,]?|(?:[A-Z][.-]){2,}[A-Z][.,]?")  # "S.V.C."
THOUSANDS = r"\d{1,3}(?:,\d{3})+(?!\d|,\d)"


@dataclass(frozen=True)
class Unit:
    """One piece of a transcript: letters, digits, or a symbol, as it stands there.

    `glued` says that no space stands before it; `stop` is punctuation that follows it and that
    nobody may have said.
    """

    text: str
    glued: bool = False
    stop: str = ""

    @property
    def low(self) -> str:
        """The text in small letters."""
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        """Whether it is a run of letters."""
        return self.text[0].isalpha()

    @property
    def is_letter(self) -> bool:
        """Whether it is one lone letter."""
        return len(self.text) == 1 and self.text.isalpha()

    @property
    def is_digits(self) -> bool:
        """Whether it is a run of digits."""
        return self.text[0].isdigit()


def units_of(transcript: str, domain: Domain) -> tuple[Unit, ...]:
    """Split a transcript into units.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> [unit.text for unit in units_of("LS-LA, then 80 80.", BASH)]
    ['LS', '-', 'LA', 'then', '80', '80']
    >>> [(unit.text, unit.stop) for unit in units_of("Git diff dot.", BASH)]
    [('Git', ''), ('diff', ''), ('dot', '.')]
    >>> [unit.text for unit in units_of("snake_case max count, back-slash", BASH)]
    ['snake', 'case', 'max', 'count', 'back', 'slash']
    """
    text = "".join(WRITTEN.get(character, character) for character in transcript)
    text = unicodedata.normalize("NFKC", text)
    scanner = _scanner(tuple(symbol.written for symbol in domain.symbols))
    units: list[Unit] = []
    for token in text.split():
        units += _hyphenated(token, domain) or _pieces(token, scanner)
    return tuple(units)


def _pieces(token: str, scanner: re.Pattern[str]) -> list[Unit]:
    if SPELLED.fullmatch(token):
        return [Unit(letter) for letter in token if letter.isalpha()]
    pieces = scanner.findall(token)
    kept, stop = _without_stop(pieces)
    units = [
        Unit(piece.replace(",", "") if piece[0].isdigit() else piece, number > 0)
        for number, piece in enumerate(kept)
    ]
    if stop:
        units[-1] = Unit(units[-1].text, units[-1].glued, stop)
    return units


def _without_stop(pieces: list[str]) -> tuple[list[str], str]:
    """Split the punctuation off that ends a token of letters or digits."""
    kept = len(pieces)
    while kept and pieces[kept - 1] in STOPS:
        kept -= 1
    if kept and (pieces[kept - 1][0].isalnum() or pieces[kept - 1] in "\"'") and kept < len(pieces):
        return pieces[:kept], "".join(pieces[kept:])
    return pieces, ""


def _hyphenated(token: str, domain: Domain) -> list[Unit]:
    """Split what is spoken and was written as one: "semi-colon", "snake_case", "dash-dash"."""
    bare = token.rstrip("".join(STOPS))
    words = re.split("[-_]", bare)
    phrase = tuple(word.lower() for word in words)
    spoken = phrase in domain.by_spoken or " ".join(phrase) in domain.cases
    spoken = spoken or all((word,) in domain.by_spoken for word in phrase)
    if len(words) < 2 or not spoken:
        return []
    last = Unit(words[-1], stop=token[len(bare) :])
    return [*(Unit(word) for word in words[:-1]), last]


@cache
def _scanner(symbols: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(symbols, key=len, reverse=True)
    return re.compile("|".join([WORD, THOUSANDS, r"\d+", *map(re.escape, longest_first), r"\S"]))
