"""Addresses as pydantic's AnyUrl reads them, and a little stricter."""

from __future__ import annotations

import re
from collections.abc import Sequence

SCHEMES = ("http", "https", "ftp", "ssh", "ws", "wss", "git")
LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?", re.ASCII)
ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
OUTSIDE = re.compile(r"[\s<>\"{}|\\^`]")
LONGEST = 2_000  # characters


def formatted(texts: Sequence[str]) -> list[str | None]:
    """Return each address as pydantic prints it, or None where it is none.

    AnyUrl mends much, as browsers do: a space, a slash too few. What it would mend is refused here.

    >>> formatted(["HTTPS://Example.com:443/docs", "https:/example.com", "https://example.com/a b"])
    ['https://example.com/docs', None, None]
    """
    return [_formatted(text) for text in texts]


def _formatted(text: str) -> str | None:
    from pydantic import AnyUrl, ValidationError

    head, slashes, _ = text.partition("://")
    if not slashes or head.lower() not in SCHEMES or len(text) > LONGEST:
        return None
    if OUTSIDE.search(text) or ESCAPE.search(text):
        return None
    try:
        url = AnyUrl(text)
    except ValidationError:
        return None
    host = url.host or ""
    named = host.startswith("[") or all(LABEL.fullmatch(label) for label in host.split("."))
    return str(url) if host and named else None


def scheme(text: str) -> str:
    """Return how an address begins.

    >>> scheme("https://example.com")
    'https'
    """
    return text.partition("://")[0].lower()
