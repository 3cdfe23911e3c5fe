"""The wordings, one way to say one intent each, read from the tables of the five families."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers.corpora.support_messages.wordings_account import ACCOUNT
from helpers.corpora.support_messages.wordings_billing import BILLING
from helpers.corpora.support_messages.wordings_delivery import DELIVERY
from helpers.corpora.support_messages.wordings_product import PRODUCT
from helpers.corpora.support_messages.wordings_subscription import SUBSCRIPTION

TABLES = BILLING | ACCOUNT | DELIVERY | SUBSCRIPTION | PRODUCT
LABELS = tuple(TABLES)
MARKS = {".": "short", "~": "contrast", "^": "two_topics"}

# How often each structure is wanted. A wording that is tangled already gets no second topic.
STRUCTURES = {
    "plain": 26,
    "detail": 13,
    "rant": 13,
    "settled_first": 16,
    "settled_last": 11,
    "contrast_first": 8,
    "contrast_last": 7,
    "wish": 5,
    "long": 8,
}
SIMPLE = ("plain", "detail", "rant")


@dataclass(frozen=True)
class Wording:
    """One way to say one intent; `kind` is "plain", "short", "contrast" or "two_topics"."""

    label: str
    intent: str
    number: int
    kind: str
    text: str

    @property
    def id(self) -> str:
        """Name the wording, as in `billing_refund_status/promised.3`."""
        return f"{self.label}/{self.intent}.{self.number}"

    @property
    def structures(self) -> tuple[str, ...]:
        """Name the structures that this wording can stand in."""
        if self.kind == "short":
            return ("bare",)
        return tuple(STRUCTURES) if self.kind == "plain" else SIMPLE


def lines(block: str) -> list[str]:
    """Return the lines of a text table.

    >>> lines(" a" + chr(10) + "  b c ")
    ['a', 'b c']
    """
    return [line.strip() for line in block.strip().splitlines()]


@cache
def wordings() -> tuple[Wording, ...]:
    """Return every wording of every label, in the order of the tables."""
    found = []
    for label, intents in TABLES.items():
        for intent, block in intents.items():
            for number, line in enumerate(lines(block)):
                kind = MARKS.get(line[0], "plain")
                text = line if kind == "plain" else line[1:].strip()
                found.append(Wording(label, intent, number, kind, text))
    return tuple(found)
