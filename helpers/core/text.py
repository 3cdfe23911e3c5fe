"""Texts that others wrote, made safe to keep and to show."""

from __future__ import annotations


def printable(text: str) -> str:
    r"""Return a text as a terminal may show it: control characters escaped, in one line.

    >>> print(printable("\x1b[31mred\nand more"))
    \x1b[31mred and more
    """
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)


def whole(text: str) -> str:
    r"""Return a text that can be written: a half of a character becomes the replacement sign.

    >>> whole("x\ud800y"), whole("\ud83d\ude42")
    ('x�y', '🙂')
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
