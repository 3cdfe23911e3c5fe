"""What a message mentions without asking for it: other topics, deeds that nobody wants done."""

from __future__ import annotations

from helpers.corpora.tables import sections

# Deeds that a customer of the label does want, more or less: nobody declines those.
WANTED: dict[str, tuple[str, ...]] = {
    "billing_duplicate_charge": ("billing_refund_status",),
    "billing_unknown_charge": ("billing_refund_status",),
    "account_close_request": ("subscription_cancel",),
    "product_defect": ("delivery_wrong_item", "billing_refund_status"),
}


def distractors(kind: str) -> tuple[str, ...]:
    """Return the sentences of a kind, such as `contrast_before` or `topics/delivery_late`.

    >>> distractors("topics/delivery_late")[0]
    'the late {parcel}'
    """
    return sections("support_messages", "distractors")[kind]


def declinable(label: str) -> tuple[str, ...]:
    """Return the labels whose deeds a customer of this label may well decline.

    >>> declinable("product_defect")
    ('account_close_request', 'subscription_cancel', 'subscription_change_plan')
    """
    names = (name.partition("/") for name in sections("support_messages", "distractors"))
    deeds = (other for kind, _, other in names if kind == "deeds")
    return tuple(other for other in deeds if other not in WANTED.get(label, ()))
