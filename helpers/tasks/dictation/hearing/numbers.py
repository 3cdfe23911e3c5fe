"""Numbers as people say them: hundreds and thousands, "a hundred and five", "double zero".

Pairs such as "eighty eighty" or "seven fifty five" need no table: each half is a number, and the
lattice may write the two without a space.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

REPEATS = {"double": 2, "triple": 3, "treble": 3}


def cardinals(
    words: Sequence[str], at: int, values: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    """Yield every number that begins at `at` with a scale or a repeat in it, and where it ends.

    `values` are the number words below a hundred.

    >>> from helpers.tasks.dictation.numbers import NUMBER_WORDS
    >>> list(cardinals("two thousand twenty four".split(), 0, NUMBER_WORDS))
    [('2000', 2), ('2020', 3), ('2024', 4)]
    >>> list(cardinals("double zero seven".split(), 0, NUMBER_WORDS))
    [('00', 2)]
    >>> list(cardinals("a hundred and five".split(), 0, NUMBER_WORDS))
    [('100', 2), ('105', 4)]
    >>> list(cardinals("two hundred fifty thousand".split(), 0, NUMBER_WORDS))
    [('200', 2), ('250', 3), ('250000', 4)]
    """
    if words[at] in REPEATS and at + 1 < len(words):
        value = _value(words[at + 1], values)
        if value is not None and value < 10:
            yield str(value) * REPEATS[words[at]], at + 2
        return
    if words[at] == "a":
        words = [*words[:at], "1", *words[at + 1 :]]
    for value, end in _below_thousand(words, at, values):
        if value >= 100:
            yield str(value), end
        elif value >= 10 and words[end : end + 1] == ["hundred"]:  # "twenty five hundred"
            yield from ((str(v), e) for v, e in _scaled(value, end, 100, words, values))
        if words[end : end + 1] == ["thousand"]:
            yield from ((str(v), e) for v, e in _scaled(value, end, 1_000, words, values))


Found = Iterator[tuple[int, int]]
"""Values, and where the next word begins."""


def _scaled(
    value: int, at: int, scale: int, words: Sequence[str], values: Mapping[str, int]
) -> Found:
    """Yield `value` times `scale`, said at `at`, alone and with what may be added to it."""
    yield value * scale, at + 1
    start = at + 2 if words[at + 1 : at + 2] == ["and"] else at + 1
    smaller = _below_hundred if scale == 100 else _below_thousand
    barred = [["hundred"]] if scale == 100 else [["hundred"], ["thousand"]]
    for rest, end in smaller(words, start, values):
        if rest and words[end : end + 1] not in barred:
            yield value * scale + rest, end


def _below_thousand(words: Sequence[str], at: int, values: Mapping[str, int]) -> Found:
    for value, end in _below_hundred(words, at, values):
        yield value, end
        if 0 < value < 10 and words[end : end + 1] == ["hundred"]:
            yield from _scaled(value, end, 100, words, values)


def _below_hundred(words: Sequence[str], at: int, values: Mapping[str, int]) -> Found:
    value = _value(words[at], values) if at < len(words) else None
    if value is None:
        return
    yield value, at + 1
    unit = _value(words[at + 1], values) if at + 1 < len(words) else None
    if value in range(20, 100, 10) and unit and unit < 10 and words[at].isalpha():
        yield value + unit, at + 2


def _value(word: str, values: Mapping[str, int]) -> int | None:
    if word.isascii() and word.isdigit():
        return int(word) if len(word) < 3 else None
    return values.get(word)
