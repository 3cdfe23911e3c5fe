"""Texts that others wrote, made safe to keep and to show."""

from __future__ import annotations

import re

# What a terminal obeys, and what turns the direction of writing; not tabs and line breaks.
CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(text: str) -> str:
    r"""Return a text with its control characters escaped, so that they are shown, not obeyed.

    >>> print(printable("\x1b[31mred"))
    \x1b[31mred
    """
    return CONTROLS.sub(lambda found: ascii(found[0])[1:-1], text)


def one_line(text: str) -> str:
    r"""Return a printable text in one line.

    >>> print(one_line("red\n\x07and more"))
    red \x07and more
    """
    return printable(" ".join(text.split()))


def whole(text: str) -> str:
    r"""Return a text that can be written: half a character becomes the replacement sign.

    >>> whole("x\ud800y"), whole("\ud83d\ude42")
    ('x\ufffdy', '🙂')
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
