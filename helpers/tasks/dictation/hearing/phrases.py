"""What is said by what is heard, spaces left out: where words were parted says nothing.

"cube CT L", "cube c t l" and "Cubectl" are one name to whoever reads letters only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.hearing.units import Unit

ByLetters = dict[str, tuple[str, ...]]
"""Everything that may be written for what was heard, by its letters."""


def symbols(domain: Domain) -> ByLetters:
    """Return the symbols by their names, the ones that only a transcript allows included.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> symbols(BASH)["greaterthan"], symbols(BASH)["point"]
    (('>',), ('.',))
    """
    table = [(p, s.written) for s in domain.by_written.values() for p in (s.spoken, *s.synonyms)]
    return by_letters([*table, *_pairs(domain.heard.symbols.items())])


def longest(domain: Domain) -> int:
    """Return how many words the longest name of a symbol has."""
    names = [phrase for phrases in domain.heard.symbols.values() for phrase in phrases]
    return max([domain.longest, *(len(name.split()) for name in names)])


def words(domain: Domain) -> ByLetters:
    """Return what is written by words that are heard for it."""
    return by_letters(_pairs(domain.heard.words.items()))


def _pairs(table: Iterable[tuple[str, Sequence[str]]]) -> Iterator[tuple[str, str]]:
    return ((phrase, written) for written, phrases in table for phrase in phrases)


def by_letters(table: Iterable[tuple[str, str]]) -> ByLetters:
    """Gather what is written by what is heard, spaces left out.

    >>> by_letters([("cube c t l", "kubectl"), ("cube ctl", "kubectl")])
    {'cubectl': ('kubectl',)}
    """
    gathered: dict[str, dict[str, None]] = {}
    for phrase, written in table:
        gathered.setdefault(phrase.replace(" ", ""), {})[written] = None
    return {phrase: tuple(written) for phrase, written in gathered.items()}


def stretches(units: Sequence[Unit], at: int, most: int) -> Iterator[tuple[str, int]]:
    """Yield the units from `at` on as one text without spaces, and where each such text ends.

    What a sign of its own holds together, such as `a-b`, is not taken apart.

    >>> list(stretches([Unit("CT"), Unit("L"), Unit("top")], 0, 2))
    [('ct', 1), ('ctl', 2)]
    """
    for end in range(at, min(at + most, len(units))):
        if end > at and _goes_on(units, end):
            return
        yield _joined(units[at : end + 1]), end + 1


def wholes(units: Sequence[Unit], at: int, most: int) -> Iterator[tuple[str, int]]:
    """Yield such texts as may mix letters, digits and signs, wherever one may end.

    >>> list(wholes([Unit("k"), Unit("8", glued=True), Unit("s", glued=True)], 0, 9))
    [('k8s', 3)]
    """
    for end in range(at + 1, min(at + most, len(units)) + 1):
        if not _goes_on(units, end):
            yield _joined(units[at:end]), end


def _joined(units: Sequence[Unit]) -> str:
    return "".join(unit.low for unit in units)


def _goes_on(units: Sequence[Unit], at: int) -> bool:
    """Whether the unit at `at`, if there is one, is glued to one of its own kind, sign or not."""
    if at >= len(units) or not units[at].glued:
        return False
    return units[at].text[0].isalnum() == units[at - 1].text[0].isalnum()
