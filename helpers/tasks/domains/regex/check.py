"""Regular expressions as Python's `re` compiles them; nothing is matched against them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence

LONGEST = 1_000  # characters


def formatted(texts: Sequence[str]) -> list[str | None]:
    """Return each pattern as it is, or None where it does not compile.

    What compiles with a warning, as it will mean something else one day, is refused, too.

    >>> formatted([r"^\\d{3}-[a-z]+$", "(a|b", "[z-a]", "a**", r"\\y", "[[a]"])
    ['^\\\\d{3}-[a-z]+$', None, None, None, None, None]
    """
    return [text if _compiles(text) else None for text in texts]


def _compiles(text: str) -> bool:
    if not text or len(text) > LONGEST:
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            re.compile(text)
        except (re.error, Warning, OverflowError, RecursionError):
            return False
    return True


def anchors(text: str) -> str:
    """Return which ends a pattern is bound to.

    >>> anchors("^a$"), anchors("^a"), anchors(r"a\\$"), anchors("a$")
    ('both', 'start', 'neither', 'end')
    """
    before = text.removesuffix("$")
    escaped = (len(before) - len(before.rstrip("\\"))) % 2  # `\\$` is a backslash and an anchor
    start, end = text.startswith("^"), before != text and not escaped
    return {(True, True): "both", (True, False): "start", (False, True): "end"}.get(
        (start, end), "neither"
    )
