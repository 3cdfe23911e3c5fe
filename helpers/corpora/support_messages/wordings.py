"""The wordings, one way to say one intent each, read from the tables of the five families."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers.corpora.tables import sections

FAMILIES = ("billing", "account", "delivery", "subscription", "product")
LABELS = (
    "billing_duplicate_charge",
    "billing_unknown_charge",
    "billing_refund_status",
    "account_login_problem",
    "account_close_request",
    "delivery_late",
    "delivery_wrong_item",
    "subscription_cancel",
    "subscription_change_plan",
    "product_defect",
    "technical_app_crash",
)
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


@cache
def wordings() -> tuple[Wording, ...]:
    """Return every wording of every label, in the order of the tables."""
    made = []
    for family in FAMILIES:
        for section, lines in sections("support_messages", family).items():
            label, _, intent = section.partition("/")
            for number, line in enumerate(lines):
                kind = MARKS.get(line[0], "plain")
                text = line if kind == "plain" else line[1:].strip()
                made.append(Wording(label, intent, number, kind, text))
    return tuple(made)
