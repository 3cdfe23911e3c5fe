"""What a transcriber wrote with marks and digits, in words again."""

from __future__ import annotations

import re

from helpers.tasks.dictation.numbers import spoken_number

MARKS = {"-": "dash", ".": "dot", "/": "slash", "_": "underscore", ":": "colon", "=": "equals"}


def in_words(heard: str) -> str:
    """Return a text with its marks and digits in words; a full stop at its end is none.

    >>> in_words("LS-LA 12.")
    'LS dash LA twelve'
    """
    text = heard.strip().rstrip(".?!")
    text = re.sub(r"\d+", lambda digits: f" {' '.join(spoken_number(digits[0]))} ", text)
    text = "".join(f" {MARKS[sign]} " if sign in MARKS else sign for sign in text)
    return " ".join(text.split())


def letters_of(heard: str) -> int:
    """Return how many letters were said, about.

    >>> letters_of("LS-LA 12.")
    14
    """
    return len(re.sub("[^a-z]", "", in_words(heard).lower()))
