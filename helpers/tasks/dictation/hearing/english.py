"""What speakers of English say around and inside a dictation; the table is english.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Container, Sequence
from pathlib import Path

from helpers.tasks.dictation.numbers import NUMBER_WORDS

_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

Phrases = dict[tuple[str, ...], None]


def _phrases(name: str) -> Phrases:
    return dict.fromkeys(tuple(phrase.split()) for phrase in _TABLE[name])


FILLERS, OPENERS = _phrases("fillers"), _phrases("openers")
CLOSERS, RESTARTS = _phrases("closers"), _phrases("restarts")
CLAUSE_BEGINS = frozenset(_TABLE["clauses"]["begin"])
CLAUSE_ENDS = dict.fromkeys(tuple(phrase.split()) for phrase in _TABLE["clauses"]["end"])
CLAUSE_AT_MOST = 6  # words before its verb
GLUE = frozenset(_TABLE["glue"])
PAUSES = FILLERS | _phrases("pauses")
_AROUND = (*PAUSES, *OPENERS, *CLOSERS)
TALK = GLUE.union(_TABLE["names"], (word for phrase in _AROUND for word in phrase))
NUMBERS = {
    word: str(NUMBER_WORDS[meant]) for meant, words in _TABLE["numbers"].items() for word in words
}


def phrase_at(words: Sequence[str], at: int, phrases: Container[tuple[str, ...]]) -> list[int]:
    """List where a phrase that begins at `at` may end, the longest first.

    >>> phrase_at("no wait git push".split(), 0, RESTARTS)
    [2, 1]
    """
    ends = range(min(at + 6, len(words)), at, -1)
    return [end for end in ends if tuple(words[at:end]) in phrases]


def clause_at(words: Sequence[str], at: int) -> list[int]:
    """List where a clause that introduces a dictation, and begins at `at`, may end.

    >>> clause_at("the tag of the image is v one".split(), 0)
    [6]
    """
    if not words or words[at] not in CLAUSE_BEGINS:
        return []
    verbs = range(at + 2, min(at + 1 + CLAUSE_AT_MOST, len(words)))
    return [end for verb in verbs for end in phrase_at(words, verb, CLAUSE_ENDS)]
