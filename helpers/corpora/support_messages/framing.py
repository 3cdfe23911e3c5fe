"""What stands around a request: greetings, leads, details, rants, closings, names below."""

from __future__ import annotations

from helpers.corpora.tables import sections


def framing(kind: str) -> tuple[str, ...]:
    """Return the sentences of a kind, such as `greetings`; none of them hints at a label.

    >>> framing("sign_offs")[0]
    'Thanks, {name}'
    """
    return sections("support_messages", "framing")[kind]
