"""Talk around a dictation: which words nobody meant to be written, and what it costs to think so.

"My guess was brew space upgrade space wget" begins with three words of talk, "give it dash dash
force which nobody told me" ends with four. No table lists all that people may say there. But such
words are rarely names of programs or symbols, and often those that hold sentences together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass

from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.hearing import english
from helpers.tasks.dictation.hearing.words import Words


@dataclass(frozen=True)
class Talk:
    """What it costs, in nats, to leave words out at both ends; chosen on phrasings of talk."""

    before: float = 3.0  # any at all before the dictation
    after: float = 6.0  # and after it
    glue: float = 0.5  # a word that holds sentences together, or names what is dictated
    strange: float = 6.0  # a word that no command has
    known: float = 4.0  # a word that commands have
    often: float = 1.0  # for each time that e times as many have it
    program: float = 0.5  # for each time that e times as many begin with it
    sign: float = 8.0  # a symbol's name, a number, a lone letter
    case: float = 16.0  # "capital", "all caps", "camel case": nobody says that in passing
    stutter: float = 4.0  # a word said twice
    amid: float = 0.0  # a text that is a piece of a command: a flag, a pipe, an address

    def of(self, said: Sequence[str], domain: Domain, words: Words) -> list[float]:
        """Return what it costs to leave each word out.

        >>> from helpers.tasks.dictation.bash import BASH
        >>> Talk().of("then grep dash".split(), BASH, Words({"grep": {"grep": 2}}, {"grep": 1}))
        [0.5, 4.346573590279973, 8.0]
        """
        signs = {domain.space_word, *domain.reserved, *domain.number_words}
        cases = {word for phrase in domain.cases for word in phrase.split()} - english.GLUE
        return [
            self.case if word in cases
            else self.sign if _is_sign(word, signs)
            else self._word(word, words)
            for word in said
        ]  # fmt: skip

    def _word(self, word: str, words: Words) -> float:
        if word in english.TALK:
            return self.glue
        count = words.count(word)
        if count < 2:
            return self.strange
        begins = math.log1p(words.heads.get(word, 0))
        return self.known + self.often * math.log(count / 2) + self.program * begins


def _is_sign(word: str, signs: Set[str]) -> bool:
    letter = len(word) == 1 and word not in "ai"
    return word in signs or letter or not word.replace("'", "").isalpha()
