"""Keys are kept out of every text that is kept or shown, however an endpoint repeats them."""

from __future__ import annotations

import re

SECRET = 12  # characters; a shorter key is for a server of one's own, and a word in answers
HIDDEN = "(the key)"
# One character, perhaps as JSON, a URL or HTML escape it.
CHARACTER = re.compile(
    r"\\+u00([0-9a-f]{2})|\\+x([0-9a-f]{2})|%([0-9a-f]{2})|&#x([0-9a-f]{1,4});|&#([0-9]{1,3});|(.)",
    re.IGNORECASE | re.DOTALL,
)


def without(key: str, text: str) -> str:
    r"""Return a text without the key, if that is a secret, and without any long part of it.

    >>> without("sk-123456789", "sk-123456789 is wrong"), without("none", "none is wrong")
    ('(the key) is wrong', 'none is wrong')
    >>> without("sk-123456789", r"sk\u002d12345678…")
    '(the key)…'
    """
    if len(key) < SECRET:
        return text
    size = min(SECRET, len(key) - 3)  # of the parts that tell too much
    parts = {key[at : at + size] for at in range(len(key) - size + 1)}
    found = list(CHARACTER.finditer(text))
    plain = "".join(map(_character, found))
    secret = [False] * len(found)
    for at in range(len(plain) - size + 1):
        if plain[at : at + size] in parts:
            secret[at : at + size] = [True] * size
    pieces: list[str] = []
    for hidden, match in zip(secret, found, strict=True):
        if not hidden:
            pieces.append(match[0])
        elif not pieces or pieces[-1] is not HIDDEN:
            pieces.append(HIDDEN)
    return "".join(pieces)


def _character(match: re.Match[str]) -> str:
    digits = next((group for group in match.groups()[:4] if group), "")
    return chr(int(digits, 16)) if digits else chr(int(match[5])) if match[5] else match[6]
