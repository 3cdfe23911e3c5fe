"""What the gate looks at: numbers about a dictation that a person can read.

Each is a share or a small count, so that one weight a number is enough, and a wrong turn can be
explained by the number that caused it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from helpers.core.examples import Candidate
from helpers.tasks.dictation.hearing import english
from helpers.tasks.dictation.hearing.units import Unit, units_of
from helpers.tasks.dictation.hearing.writer import Listener
from helpers.tasks.dictation.protocol import follows_protocol

MARGIN = 10.0  # nats; a lead beyond it says no more
SHORT = 12  # words; a dictation longer than that counts as long


def features(
    dictation: str, listener: Listener, best: Sequence[Candidate] | None = None
) -> dict[str, float]:
    """Return the features of a dictation, by name; `best` are the listener's two best texts.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> from helpers.tasks.dictation.hearing import writer
    >>> listener = writer.fit(["ls -la", "git push"], BASH)
    >>> features("we need LS dash LA", listener)["glue"]
    0.4
    """
    reader = listener.reader
    units = units_of(dictation, reader.domain)
    spoken = [unit for unit in units if unit.is_word]
    words = [unit.low for unit in units]
    n = max(len(units), 1)
    best = listener.candidates(dictation, 2) if best is None else best
    text = best[0].text if best else ""
    numbers = {
        "follows the protocol": float(follows_protocol(dictation, reader.domain)),
        "spaces said": _share(words.count(reader.domain.space_word), n),
        "known words": _share(sum(_is_known(unit, listener) for unit in units), n),
        "symbols": _share(sum(reader.names_symbol(units, at) for at in range(len(units))), n),
        "begins with a program": _head(text, listener),
        "valid tokens": _valid(text, listener),
        "likely text": _likelihood(best),
        "lead": min(best[0].score - best[1].score, MARGIN) / MARGIN if len(best) > 1 else 1.0,
        "left out": _left_out(text, spoken),
        "glue": _share(sum(word in english.GLUE for word in words), n),
        "glue said": math.log1p(sum(word in english.GLUE for word in words)),
        "glue written": _glue(text),
        "fillers": _phrases(words, english.FILLERS),
        "restarts": _phrases(words, english.RESTARTS),
        "opening": float(bool(words and english.phrase_at(words, 0, english.OPENERS))),
        "sentence": float(_is_sentence(dictation)),
        "question": float(dictation.rstrip().endswith("?")),
        "short": float(len(units) <= 2),
        "long": math.log1p(max(0, len(units) - SHORT)),
    }
    return {name: round(value, 3) for name, value in numbers.items()}


def _share(count: int, n: int) -> float:
    return count / n


def _is_known(unit: Unit, listener: Listener) -> bool:
    reader = listener.reader
    if not unit.is_word or unit.low in reader.domain.reserved or unit.is_letter:
        return True
    return reader.words.count(unit.low) > 1 and unit.low not in english.GLUE


def _head(text: str, listener: Listener) -> float:
    """Return how familiar the first word of the text is as a program, between 0 and 1."""
    count = listener.reader.words.heads.get(text.split()[0], 0) if text.split() else 0
    return min(1.0, math.log1p(count) / math.log(20))


def _valid(text: str, listener: Listener) -> float:
    """Return the share of the text's tokens that are flags, paths, numbers or known words."""
    tokens = text.split()
    known = listener.reader.words
    valid = sum(not token.isalpha() or known.count(token) > 1 for token in tokens)
    return valid / len(tokens) if tokens else 0.0


def _likelihood(best: Sequence[Candidate]) -> float:
    """Return the best text's log-probability a character, from -1 (unlikely) to 0."""
    if not best or not best[0].text:
        return -1.0
    return max(-1.0, best[0].score / (len(best[0].text) + 1) / 5)


def _left_out(text: str, spoken: Sequence[Unit]) -> float:
    """Return the share of spoken words of three letters and more that the text lacks."""
    low = text.lower()
    words = [unit.low for unit in spoken if len(unit.text) > 2]
    return sum(word not in low for word in words) / len(words) if words else 0.0


def _glue(text: str) -> float:
    """Return the share of the text's words that hold sentences together."""
    words = text.lower().split()
    return sum(word in english.GLUE for word in words) / len(words) if words else 0.0


def _phrases(words: Sequence[str], phrases: english.Phrases) -> float:
    count = sum(bool(english.phrase_at(words, at, phrases)) for at in range(len(words)))
    return math.log1p(count)


def _is_sentence(dictation: str) -> bool:
    """Whether it begins with a capital and ends with a stop, as transcribed sentences do."""
    text = dictation.strip()
    return text[:1].isupper() and text[-1:] in ".!?"
