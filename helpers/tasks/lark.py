"""Pieces of Lark, the text in which llguidance reads a grammar."""

from __future__ import annotations

import json


def quoted(text: str) -> str:
    """Return a text as a literal of a grammar.

    >>> print(quoted('say "\\\\n"'))
    "say \\"\\\\n\\""
    """
    return json.dumps(text, ensure_ascii=False)
