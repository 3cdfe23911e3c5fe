"""Text of others on a terminal: what would steer it is shown, not obeyed."""

from __future__ import annotations

import re

CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")  # C0, DEL and C1, but for the tab
DIRECTIONS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # they make a line read in another order


def visible(text: str) -> str:
    r"""Return an answer with its control characters, but for tabs, written as escapes.

    >>> print(visible("ls\x1b[2J\t-l\x9b"))
    ls\x1b[2J	-l\x9b
    """
    return CONTROLS.sub(_escape, text)


def message(error: object) -> str:
    r"""Return an error's text with its lines kept, and all that would steer a terminal escaped.

    >>> print(message("line 2: has \x1b]0;title\x07 and \u202e"))
    line 2: has \x1b]0;title\x07 and \u202e
    """
    return "\n".join(DIRECTIONS.sub(_escape, visible(line)) for line in str(error).split("\n"))


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
