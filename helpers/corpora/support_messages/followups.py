"""Second sentences of a request: what people add to say what they want."""

from __future__ import annotations

from helpers.corpora.tables import sections


def follow_ups(label: str, intent: str) -> tuple[str, ...]:
    """Return what people add to an intent: its own sentences, or else those of its label.

    >>> follow_ups("billing_refund_status", "partial")[1]
    "I'd like to know where the remainder is."
    """
    table = sections("support_messages", "follow_ups")
    return table.get(f"{label}/{intent}", table[label])
