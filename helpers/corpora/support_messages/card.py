"""The data card: every number in it is counted from the rows it describes."""

from __future__ import annotations

from collections import Counter

from helpers.core.examples import Example
from helpers.corpora.cards import SPLITS
from helpers.corpora.support_messages.wordings import LABELS, wordings

TRAITS = {
    "typo": "at least one slip of the finger",
    "rant": "a sentence of anger that says nothing about the matter",
    "detail": "a sentence of no importance (weather, dog, order history)",
    "two_topics": "another topic is mentioned, and is settled or not what is asked",
    "contrast": "says what it is *not* about or what is *not* wanted",
    "short": "up to six words",
    "long": "45 words or more",
}

MEANINGS = {
    "billing_duplicate_charge": "one thing was paid more than once",
    "billing_unknown_charge": "a charge not recognised, not agreed to, or higher than agreed",
    "billing_refund_status": "money is due back; where is it, when does it come",
    "account_login_problem": "cannot get into the account",
    "account_close_request": "wants the account or the personal data removed",
    "delivery_late": "a parcel has not arrived: late, stuck, lost, not yet sent",
    "delivery_wrong_item": "what was in the box is not what was ordered, or not all or more of it",
    "subscription_cancel": "wants the plan to end (the account may stay)",
    "subscription_change_plan": "wants another plan, price, rhythm or a pause, and stays",
    "product_defect": "the thing arrived or became broken",
    "technical_app_crash": "the app or the site crashes, hangs or shows errors",
}

HEAD = """---
license: apache-2.0
language:
- en
pretty_name: Support messages with one label
task_categories:
- text-classification
- text-generation
size_categories:
- 1K<n<10K
tags:
- synthetic
- customer-support
""" + SPLITS + """---

# Support messages with one label

A customer's message in English, and the one label, of eleven, of what it **asks for**. What it
merely mentions does not count: "I was charged twice last month, that's fixed now, but today I
can't log in" is a login problem.

One line is drawn by rule. If a parcel, or one of several, is still on its way, the message is
`delivery_late`; if a thing is missing from a box that was opened, it is `delivery_wrong_item`.
"""

HOW = """
## How it was made

By code, from tables of sentences written for this project; nothing was copied from another
dataset, and no person, shop, order or card in it exists. A message is a *wording* of an *intent*
(`intent`, finer than the label) in a *structure*: with a rant, with a detail, after another topic
that is settled, with something it is not about. Greetings, closings and typing slips come on top
(`traits`). `group` names wording and structure. The wordings were dealt out to the splits at
random within each label, so valid and test are asked in wordings that train has never seen, not
even quoted as a settled topic; greetings, rants, details, second sentences ("When will I get my
money?") and the frames of settled topics are shared by all splits.

No prompt comes twice (compared by letters and digits alone). The same seed gives the same bytes:
"""

LIMITS = """
## Limits

- It is written, not collected: real mail is longer, stranger and more often wrong about itself.
- One hand wrote the wordings, so scores say how models compare, not how they would do on your
  customers.
- Exactly one label is right by construction. Real messages may ask for two things, or for none.
- Rows of one wording fail together: for an interval, resample wordings (`group` up to its last
  slash), not rows.
- The second sentences are shared by the splits; a model gains from knowing them by heart.
- English only, mostly of European shops; dates, plans and prices are placeholders.
"""


def table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    """Return a Markdown table.

    >>> print(table(("a", "b"), [(1, 2)]))
    | a | b |
    |---|---|
    | 1 | 2 |
    """
    cells = [head, tuple("---" for _ in head), *rows]
    texts = ["|" + "|".join(f" {cell} " for cell in row) + "|" for row in cells]
    texts[1] = texts[1].replace(" ", "")
    return "\n".join(texts)


def counts(splits: dict[str, list[Example]]) -> str:
    """Return the tables of rows and shapes, of labels, and of traits."""
    sizes = [(name, len(rows), len({row.group for row in rows}),
              len({row.group.rpartition("/")[0] for row in rows}))
             for name, rows in splits.items()]  # fmt: skip
    labels = {name: Counter(row.target for row in rows) for name, rows in splits.items()}
    traits = {name: Counter(trait for row in rows for trait in row.extra["traits"])
              for name, rows in splits.items()}  # fmt: skip
    by_label = [(f"`{label}`", MEANINGS[label], *(labels[s][label] for s in splits))
                for label in LABELS]  # fmt: skip
    by_trait = [(f"`{trait}`", TRAITS[trait], *(traits[s][trait] for s in splits))
                for trait in TRAITS]  # fmt: skip
    return "\n\n".join([
        table(("split", "rows", "shapes (groups)", "wordings"), sizes),
        table(("label", "the message asks about", *splits), by_label),
        table(("trait", "meaning", *splits), by_trait),
    ])  # fmt: skip


def card(splits: dict[str, list[Example]], seed: int) -> str:
    """Return the text of the folder's README.md, a Hugging Face dataset card."""
    intents = len({(wording.label, wording.intent) for wording in wordings()})
    tables = f"The tables hold {len(wordings())} wordings of {intents} intents.\n"
    command = f"python -m helpers.corpora.support_messages data/support_label --seed {seed}"
    columns = (
        "\n## Columns\n\n`id`; `messages` (system, user, assistant: the assistant's turn is the "
        "label alone);\n`group`; `intent`; `traits`. `labels.json` lists the labels.\n"
    )
    return (
        f"{HEAD}\n## Counts\n\n{counts(splits)}\n{columns}{HOW}\n    {command}\n\n{tables}{LIMITS}"
    )
