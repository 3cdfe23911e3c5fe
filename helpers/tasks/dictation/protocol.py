"""Rules for the protocol convention, where "space" is spoken and capitals are announced.

Nothing is left to guess, so this is a lookup table with a loop around it; no model is involved.
"""

from __future__ import annotations

from collections.abc import Callable

from helpers.tasks.dictation.vocabulary import (
    BASH,
    DIGITS,
    NUMBER_WORDS,
    TENS,
    Vocabulary,
)

CASE_OF_ONE: dict[str, Callable[[str], str]] = {
    "capital": lambda word: word[:1].upper() + word[1:],
    "upper": str.upper,
}
CASE_OF_MANY: dict[str, Callable[[list[str]], str]] = {
    "camel": lambda words: "".join(words[:1] + [CASE_OF_ONE["capital"](w) for w in words[1:]]),
    "pascal": lambda words: "".join(CASE_OF_ONE["capital"](w) for w in words),
    "snake": "_".join,
    "kebab": "-".join,
}


def follows_protocol(dictation: str, vocabulary: Vocabulary = BASH) -> bool:
    """Whether a dictation speaks its spaces or capitals.

    It does not if it spells a letter in capitals, or says two plain words without a "space"
    between them: the plain convention does both.

    >>> follows_protocol("git space push space dash u"), follows_protocol("git push dash U")
    (True, False)
    >>> follows_protocol("echo quote wide space quote"), follows_protocol("echo the space")
    (True, False)
    """
    words = dictation.split()
    announced = vocabulary.space_word in words
    before_plain, at = False, 0
    while at < len(words):
        if case := _phrase(words, at, vocabulary.cases):
            announced = True
            _, at = _cased(words, at + len(case), vocabulary.cases[" ".join(case)], vocabulary)
            before_plain = False
            continue
        if len(words[at]) == 1 and words[at].isupper():
            return False
        plain = len(words[at]) > 1 and _is_plain(words, at, vocabulary)
        if plain and before_plain:
            return False
        before_plain = plain
        _, at = _next(words, at, vocabulary)
    return announced


def write(dictation: str, vocabulary: Vocabulary = BASH) -> str:
    """Write what a dictation in the protocol convention says.

    >>> write("git space commit space dash m space quote all caps fix space login quote")
    'git commit -m "FIX login"'
    >>> write("camel case get user name space three thousand space capital my capital app")
    'getUserName 3000 MyApp'
    """
    words = dictation.split()
    written: list[str] = []
    at = 0
    while at < len(words):
        if case := _phrase(words, at, vocabulary.cases):
            at += len(case)
            text, at = _cased(words, at, vocabulary.cases[" ".join(case)], vocabulary)
        else:
            text, at = _next(words, at, vocabulary)
        written.append(text)
    return " ".join("".join(written).split())


def _phrase(words: list[str], at: int, phrases: dict[str, str]) -> list[str]:
    """Return the longest of `phrases` that stands at `at`, as words; empty if none does."""
    for length in (2, 1):
        if " ".join(words[at : at + length]) in phrases:
            return words[at : at + length]
    return []


def _next(words: list[str], at: int, vocabulary: Vocabulary) -> tuple[str, int]:
    """Return what the words at `at` write, and where the next begin: symbol, number or word."""
    if words[at] == vocabulary.space_word:
        return " ", at + 1
    for end in range(min(at + vocabulary.longest, len(words)), at, -1):
        if symbols := vocabulary.by_spoken.get(tuple(words[at:end])):
            return symbols[0], end
    if words[at] in NUMBER_WORDS:
        return spoken_cardinal(words, at)
    return words[at], at + 1


def _cased(words: list[str], at: int, case: str, vocabulary: Vocabulary) -> tuple[str, int]:
    plain = at
    while plain < len(words) and _is_plain(words, plain, vocabulary):
        plain += 1
    if case in CASE_OF_ONE:
        plain = min(plain, at + 1)
        return (CASE_OF_ONE[case](words[at]), plain) if plain > at else ("", at)
    return CASE_OF_MANY[case](words[at:plain]), plain


def _is_plain(words: list[str], at: int, vocabulary: Vocabulary) -> bool:
    """Whether the word at `at` means itself: no space, case, symbol or number."""
    if _phrase(words, at, vocabulary.cases):
        return False
    return _next(words, at, vocabulary) == (words[at], at + 1) and words[at] not in DIGITS


def spoken_cardinal(words: list[str], at: int) -> tuple[str, int]:
    """Read one spoken number at `at`; return its digits and where the next word begins.

    Numbers said in a row ("eight zero eight zero") are read one after the other.

    >>> spoken_cardinal("three thousand two hundred fifty six pipe".split(), 0)
    ('3256', 6)
    >>> spoken_cardinal("one hundred two hundred".split(), 0)
    ('100', 2)
    >>> spoken_cardinal("four two".split(), 0)
    ('4', 1)
    """
    value, at = _below_thousand(words, at)
    if value and words[at : at + 1] == ["thousand"]:
        value, at = 1000 * value, at + 1
        rest, end = _below_thousand(words, at)
        if rest and words[end : end + 1] != ["thousand"]:
            value, at = value + rest, end
    return str(value), at


def _below_thousand(words: list[str], at: int) -> tuple[int, int]:
    value, at = _below_hundred(words, at)
    if value and words[at : at + 1] == ["hundred"]:
        value, at = 100 * value, at + 1
        rest, end = _below_hundred(words, at)
        if rest and words[end : end + 1] != ["hundred"]:
            value, at = value + rest, end
    return value, at


def _below_hundred(words: list[str], at: int) -> tuple[int, int]:
    """Return the number that begins at `at` and where it ends; 0 and `at` if none does."""
    value = NUMBER_WORDS.get(words[at], 0) if at < len(words) else 0
    if not value and words[at : at + 1] != ["zero"]:
        return 0, at
    if words[at] in TENS and at + 1 < len(words) and int(DIGITS.get(words[at + 1], 0)):
        return value + int(DIGITS[words[at + 1]]), at + 2
    return value, at + 1
