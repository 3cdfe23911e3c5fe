"""Second thoughts: what was said and then taken back, and what somebody only thought aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from helpers.tasks.dictation.hearing import english
from helpers.tasks.dictation.hearing.costs import Costs
from helpers.tasks.dictation.hearing.readings import Reader

TAKEN_BACK_AT_MOST = 12  # words before "scratch that"
INTERRUPTED_AT_MOST = 10  # words after "wait" that are no part of the text
BEGUN_ANEW_AT_MOST = 40  # and where what follows begins as they do

Leap = tuple[int, float, str]
"""Where a leap over words lands, what it costs, and how the next piece then follows."""


def taken_back(words: Sequence[str], reader: Reader) -> Iterator[tuple[int, Leap]]:
    """Yield where a version begins that is taken back, and the leap over it.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> [leap for _, leap in taken_back("cat a scratch that cat b".split(), Reader(BASH))][:1]
    [(4, 4.8, '')]
    """
    for marker in range(len(words)):
        for end in english.phrase_at(words, marker, english.RESTARTS):
            if end < len(words) and not _is_word(words, marker, end, reader):
                for at in range(max(0, marker - BEGUN_ANEW_AT_MOST), marker + 1):
                    if marker - at <= TAKEN_BACK_AT_MOST or _again(words, at, end):
                        yield at, (end, _cost(words, at, marker, end, reader), "")


def interruptions(
    words: Sequence[str], weights: Sequence[float], costs: Costs
) -> Iterator[tuple[int, Leap]]:
    """Yield where somebody breaks off to think aloud, and the leap to where they go on."""
    for marker in range(1, len(words)):
        for begin in english.phrase_at(words, marker, english.RESTARTS):
            last = min(begin + INTERRUPTED_AT_MOST, len(words) - 1)
            cost = costs.restart
            for end in range(begin + 1, last + 1):
                cost += weights[end - 1]
                yield marker, (end, cost, "")


def _is_word(words: Sequence[str], marker: int, end: int, reader: Reader) -> bool:
    """Whether a lone "no" or "wait" stands beside a sign, as part of a name: "dash dash no"."""
    reserved = reader.domain.reserved
    before = marker > 0 and words[marker - 1] in reserved
    after = words[end] in reserved and words[end] != "dash"
    return end - marker == 1 and (before or after)


def _cost(words: Sequence[str], at: int, marker: int, end: int, reader: Reader) -> float:
    """Return what it costs to take back the words from `at` to `marker`.

    Saying the same first word again is how people begin anew; who begins all anew says a program.
    A lone "no" or "wait" is more often a word of the text.
    """
    costs = reader.costs
    again = marker > at and _again(words, at, end)
    each = costs.taken_back * (marker - at) * (0.3 if again else 1.0)
    headless = at == 0 and marker > 0 and not again and words[end] not in reader.words.heads
    lone = end - marker == 1
    return costs.restart * (3 if lone else 1) + each + headless * 2 * costs.taken_back


def _again(words: Sequence[str], at: int, end: int) -> bool:
    """Whether the words from `end` on begin as those from `at` on do, however they were parted."""
    first, second = ("".join(words[start : start + 5])[:5] for start in (at, end))
    return words[at] == words[end] or (len(first) == 5 and first == second)
