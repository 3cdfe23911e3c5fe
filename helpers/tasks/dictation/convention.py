"""Whether a dictation keeps to the plain convention, which the plain lattice inverts exactly."""

from __future__ import annotations

import re

from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.hearing.words import Words

WORD = re.compile("[A-Za-z]+")
ACRONYM = 5  # letters of one, at most
SELDOM, OFTEN = 2, 20  # times that a word was read in small letters
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
    before = ["", *said]
    return not any(
        _is_transcribed(word, last, domain, words) for last, word in zip(before, said, strict=False)
    )


def _is_transcribed(word: str, before: str, domain: Domain, words: Words) -> bool:
    """Whether a word has capitals that a transcriber gave it, and nobody meant.

    It gives them to first words, to letters that are spelled, and to names it knows: acronyms and
    programs. Other words in capitals were meant so.
    """
    low = word.lower()
    if len(word) == 1:
        return word.islower()
    if word == low:
        return False
    if word.isupper() and before and before == _spoken(domain.spell_after, domain):
        return len(word) <= domain.spell_at_most  # who keeps to the convention spells them apart
    if word in words.casings.get(low, {}):
        return False
    if not before or low in words.heads:
        return True
    return words.count(low) > (SELDOM if word.isupper() and len(word) <= ACRONYM else OFTEN)


def _spoken(written: str, domain: Domain) -> str:
    return domain.by_written[written].spoken if written in domain.by_written else ""
