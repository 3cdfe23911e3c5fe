"""Rules for the protocol convention, where "space" is spoken and capitals are announced.

Nothing is left to guess, so this is a lookup table with a loop around it; no model is involved.
"""

from __future__ import annotations

from collections.abc import Callable

from helpers.tasks.dictation.domain import Domain

STOPS = frozenset(".,?!;:")  # of sentences

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


def follows_protocol(dictation: str, domain: Domain) -> bool:
    """Whether a dictation speaks its spaces or capitals.

    It does not if it has a capital, or says two plain words without a "space" between them: the
    plain convention does both. Nor does it if a word ends with punctuation, as sentences do.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> follows_protocol("git space push space dash u", BASH)
    True
    >>> follows_protocol("git push dash U", BASH), follows_protocol("echo the space", BASH)
    (False, False)
    """
    words = dictation.split()
    if any(word != word.lower() or word[-1] in STOPS for word in words):
        return False
    announced = domain.space_word in words
    before_plain, at = False, 0
    while at < len(words):
        if case := _phrase(words, at, domain.cases):
            announced = True
            _, at = _cased(words, at + len(case), domain.cases[" ".join(case)], domain)
            before_plain = False
            continue
        plain = len(words[at]) > 1 and _is_plain(words, at, domain)
        if plain and before_plain:
            return False
        before_plain = plain
        _, at = _next(words, at, domain)
    return announced


def write(dictation: str, domain: Domain) -> str:
    """Write what a dictation in the protocol convention says.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> write("git space commit space dash m space quote all caps fix space login quote", BASH)
    'git commit -m "FIX login"'
    >>> write("camel case get user name space three thousand space capital my capital app", BASH)
    'getUserName 3000 MyApp'
    """
    words = dictation.split()
    written: list[str] = []
    at = 0
    while at < len(words):
        if case := _phrase(words, at, domain.cases):
            at += len(case)
            text, at = _cased(words, at, domain.cases[" ".join(case)], domain)
        else:
            text, at = _next(words, at, domain)
        written.append(text)
    return " ".join("".join(written).split())


def _phrase(words: list[str], at: int, phrases: dict[str, str]) -> list[str]:
    """Return the longest of `phrases` that stands at `at`, as words; empty if none does."""
    for length in (2, 1):
        if " ".join(words[at : at + length]) in phrases:
            return words[at : at + length]
    return []


def _next(words: list[str], at: int, domain: Domain) -> tuple[str, int]:
    """Return what the words at `at` write, and where the next begin: symbol, number or word."""
    if words[at] == domain.space_word:
        return " ", at + 1
    for end in range(min(at + domain.longest, len(words)), at, -1):
        if symbols := domain.by_spoken.get(tuple(words[at:end])):
            return symbols[0], end
    if words[at] in domain.number_words:
        return spoken_cardinal(words, at, domain)
    return words[at], at + 1


def _cased(words: list[str], at: int, case: str, domain: Domain) -> tuple[str, int]:
    plain = at
    while plain < len(words) and _is_plain(words, plain, domain):
        plain += 1
    if case in CASE_OF_ONE:
        plain = min(plain, at + 1)
        return (CASE_OF_ONE[case](words[at]), plain) if plain > at else ("", at)
    return CASE_OF_MANY[case](words[at:plain]), plain


def _is_plain(words: list[str], at: int, domain: Domain) -> bool:
    """Whether the word at `at` means itself: no space, case, symbol or number."""
    if _phrase(words, at, domain.cases):
        return False
    return _next(words, at, domain) == (words[at], at + 1) and words[at] not in domain.digits


def spoken_cardinal(words: list[str], at: int, domain: Domain) -> tuple[str, int]:
    """Read one spoken number at `at`; return its digits and where the next word begins.

    Numbers said in a row ("eight zero eight zero") are read one after the other.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> spoken_cardinal("three thousand two hundred fifty six pipe".split(), 0, BASH)
    ('3256', 6)
    >>> spoken_cardinal("one hundred two hundred".split(), 0, BASH)
    ('100', 2)
    >>> spoken_cardinal("four two".split(), 0, BASH)
    ('4', 1)
    """
    value, at = _below_thousand(words, at, domain)
    if value and words[at : at + 1] == ["thousand"]:
        value, at = 1000 * value, at + 1
        rest, end = _below_thousand(words, at, domain)
        if rest and words[end : end + 1] != ["thousand"]:
            value, at = value + rest, end
    return str(value), at


def _below_thousand(words: list[str], at: int, domain: Domain) -> tuple[int, int]:
    value, at = _below_hundred(words, at, domain)
    if value and words[at : at + 1] == ["hundred"]:
        value, at = 100 * value, at + 1
        rest, end = _below_hundred(words, at, domain)
        if rest and words[end : end + 1] != ["hundred"]:
            value, at = value + rest, end
    return value, at


def _below_hundred(words: list[str], at: int, domain: Domain) -> tuple[int, int]:
    """Return the number that begins at `at` and where it ends; 0 and `at` if none does."""
    if at == len(words) or words[at] not in domain.number_words:
        return 0, at
    value, following = domain.number_words[words[at]], words[at + 1 : at + 2]
    if words[at] in domain.tens and following and int(domain.digits.get(following[0], 0)):
        return value + int(domain.digits[following[0]]), at + 2
    return value, at + 1
