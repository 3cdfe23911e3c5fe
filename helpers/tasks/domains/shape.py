"""What texts of any domain have in common: their signs, whatever the words and numbers are."""

from __future__ import annotations

import re

WORD, NUMBER = re.compile("[A-Za-z]{2,}"), re.compile("[0-9]+")


def signs(text: str) -> str:
    """Return a text with a `w` for every word and an `n` for every number.

    >>> signs("https://example.com/docs?page=12")
    'w://w.w/w?w=n'
    """
    return NUMBER.sub("n", WORD.sub("w", text))
