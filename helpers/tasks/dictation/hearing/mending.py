"""Mend what a model writes for heard speech: the transcript is the witness, its casing is not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from helpers.tasks.dictation import repair as plain
from helpers.tasks.dictation.hearing import copying, lattice
from helpers.tasks.dictation.hearing.readings import Reader
from helpers.tasks.dictation.hearing.units import units_of
from helpers.tasks.dictation.repair import Repair, Repaired

ALIKE = 0.75  # of difflib's ratio, from which a word is another one miswritten
SHORTEST = 4  # letters of a word that may be mended


def repair(text: str, transcript: str, reader: Reader, known: Iterable[str]) -> Repaired:
    """Mend artefacts, loops, words that nobody said, and a missing last quote.

    A word that is neither said nor `known` becomes the said one that is spelled most like it.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> repair("cat ngnix.conf", "print the nginx dot conf", Reader(BASH), ["cat"]).text
    'cat nginx.conf'
    >>> repair("ls -la", "LS dash LA", Reader(BASH), []).repairs
    ()
    """
    if text == text.strip() and text in lattice.build(transcript, reader):
        return Repaired(text)
    said = " ".join(unit.low for unit in units_of(transcript, reader.domain))
    words, numbers = copying.said(units_of(transcript, reader.domain), reader)
    spared = {piece.lower() for piece in (*words, *numbers)}
    steps = {
        "artefact": lambda: plain.without_artefacts(text, said, reader.domain),
        "loop": lambda: plain.without_loops(text, said, reader.domain, spared),
        "word": lambda: _with_words_said(text, words, {*words, *known}),
        "balance": lambda: plain.balanced(text, said, reader.domain),
    }
    repairs: list[Repair] = []
    for kind, step in steps.items():
        mended = step()
        if mended != text:
            repairs.append(Repair(kind, text, mended))
            text = mended
    return Repaired(text, tuple(repairs))


def _with_words_said(text: str, said: Iterable[str], known: set[str]) -> str:
    """Return a text whose unknown words are the likest said ones, where one is like enough."""
    low = {word.lower() for word in known}
    long = [word for word in said if len(word) >= SHORTEST]

    def mended(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < SHORTEST or word.lower() in low:
            return word
        return next(iter(get_close_matches(word, long, 1, ALIKE)), word)

    return copying.WORD.sub(mended, text)
