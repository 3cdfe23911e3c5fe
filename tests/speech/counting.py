"""How often a real transcriber does what `channel` models, counted on texts that were heard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from helpers.tasks.dictation.numbers import NUMBER_WORDS

SYMBOLS = {"dash": "-", "dot": ".", "slash": "/"}
OTHERS = {"underscore": "_", "colon": ":", "pipe": "|", "equals": "=", "plus": "+", "star": "*"}
RUN = re.compile(r"\b[A-Z](?: [A-Z]\b)*")


def counted(heard: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Return the rates of some texts, each with what was `said` and `heard`, by name.

    A rate is a share of the places where it could have happened and something was recognised.

    >>> rates = counted([{"said": "ls dash L A dot txt two", "heard": "ls -LA.txt 2."}])
    >>> rates["dash_written"], rates["letters_joined"], rates["digits"], rates["stop"]
    (1.0, 1.0, 1.0, 1.0)
    """
    hits: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for row in heard:
        for name, hit in _seen(row["said"], row["heard"].strip()):
            places[name] += 1
            hits[name] += hit
    return {name: hits[name] / places[name] for name in sorted(places)}


def _seen(said: str, heard: str) -> Iterable[tuple[str, bool]]:
    """Yield each place where something could have been done, and whether it was."""
    yield "stop", heard.endswith((".", "?", "!"))
    yield "sentence", heard[:1].isupper()
    for gap in re.findall(r"[^\s]+(?=\s)", heard):
        yield "comma", gap.endswith(",")
    text = heard.rstrip(".?!")
    words, known = Counter(re.findall(r"[a-z]+", text.lower())), said.lower().split()
    for table, name in ((SYMBOLS, ""), (OTHERS, "symbol_written")):
        for word, sign in table.items():
            for written in _shares(known.count(word), words[word], text.count(sign)):
                yield name or f"{word}_written", written
    numbers = [word for word in known if word in NUMBER_WORDS]
    left = sum(words[word] for word in set(numbers))
    for written in _shares(len(numbers), left, len(re.findall(r"\d", text))):
        yield "digits", written
    yield from _letters(said, text)


def _shares(places: int, as_words: int, written: int) -> list[bool]:
    """Return whether each place was written as a sign, as far as it was recognised at all."""
    left = min(as_words, places)
    return [False] * left + [True] * min(written, places - left)


def _letters(said: str, heard: str) -> Iterable[tuple[str, bool]]:
    for run in RUN.findall(said):
        letters = run.split()
        forms = {"joined": "", "dashed": "[-.]", "apart": " "}
        found = {
            form: re.search(rf"\b{between.join(letters)}\b", heard, re.IGNORECASE)
            for form, between in forms.items()
        }
        match = next((match for match in found.values() if match), None)
        if match:
            yield "capitals", match[0].isupper()
        if match and len(letters) > 1:
            yield "letters_dashed", match is found["dashed"] and not found["joined"]
            yield "letters_joined", bool(found["joined"])
