"""Whether a dictation keeps to the plain convention, which the plain lattice inverts exactly."""

from __future__ import annotations

import re

from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.hearing.words import Words

WORD = re.compile("[A-Za-z]+")
SCALES = frozenset({"hundred", "thousand", "million", "point", "double", "triple"})


def follows_plain(dictation: str, domain: Domain, words: Words) -> bool:
    """Whether all words are ones that somebody following the plain convention may say.

    That is: no digits, no symbols or stops, no number said otherwise than digit by digit or up
    to ninety-nine, no name in capitals that is known in small letters.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> known = Words({"ls": {"ls": 3}})
    >>> follows_plain("ls dash L A", BASH, known), follows_plain("LS dash LA", BASH, known)
    (True, False)
    >>> follows_plain("sleep one hundred", BASH, known), follows_plain("ls -la", BASH, known)
    (False, False)
    """
    said = dictation.split()
    if not all(WORD.fullmatch(word) for word in said) or SCALES & set(said):
        return False
    for first, second in zip(said, said[1:], strict=False):
        pair = domain.number_words.get(first, -1), domain.number_words.get(second, -1)
        if min(pair) >= 0 and pair[1] > 9:  # "eighty eighty", "seven fifty": one number
            return False
    return not any(_is_transcribed(word, words) for word in said)


def _is_transcribed(word: str, words: Words) -> bool:
    """Whether a word has a transcriber's capitals: it is otherwise known in small letters."""
    if len(word) == 1:
        return word.islower()
    return word != word.lower() and word not in words.casings.get(word.lower(), {})
