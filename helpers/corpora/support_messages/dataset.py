"""From messages to a data folder: the splits by wording, the rows, the files, the stream."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from helpers.core.examples import SPLITS, Example, write_rows
from helpers.core.files import replace_file
from helpers.corpora.support_messages.compose import Message, compose
from helpers.corpora.support_messages.wordings import LABELS, STRUCTURES, Wording, wordings
from helpers.tasks.labels.task import SYSTEM

SEED = 11
ROWS = {"train": 4000, "valid": 600, "test": 600}
GROUP_AT_MOST = {"train": 6, "valid": 4, "test": 4}
# Some things go wrong more often than others; the rarest label keeps three quarters of its share.
WEIGHTS = dict(zip(LABELS, (1.0, 0.95, 1.15, 1.2, 0.75, 1.25, 0.95, 1.05, 0.85, 1.0, 0.95),
                   strict=True))  # fmt: skip
SHORT = 0.15  # share of messages of a few words


def split_of_wordings(rng: random.Random) -> dict[str, tuple[Wording, ...]]:
    """Deal the wordings of each intent out: about one in eight to valid and to test each."""
    dealt: dict[str, list[Wording]] = {split: [] for split in SPLITS}
    for label in LABELS:
        for short in (True, False):
            deck = [w for w in wordings() if w.label == label and (w.kind == "short") == short]
            by_intent = Counter(rng.sample([w.intent for w in deck], len(deck)))
            ranked = {intent: place for place, intent in enumerate(by_intent)}
            rng.shuffle(deck)
            deck.sort(key=lambda w: ranked[w.intent])
            held_out = {1: "valid", 5: "test"}
            for place, wording in enumerate(deck):
                dealt[held_out.get(place % 8, "train")].append(wording)
    return {split: tuple(cards) for split, cards in dealt.items()}


def share_out(total: int, weights: dict[str, float]) -> dict[str, int]:
    """Divide a number by weights, the remainder going to the largest fractions.

    >>> share_out(10, {"a": 1, "b": 2})
    {'a': 3, 'b': 7}
    """
    exact = {key: total * weight / sum(weights.values()) for key, weight in weights.items()}
    whole = {key: int(number) for key, number in exact.items()}
    by_fraction = sorted(exact, key=lambda key: whole[key] - exact[key])
    for key in by_fraction[: total - sum(whole.values())]:
        whole[key] += 1
    return whole


def any_message(pool: tuple[Wording, ...], rng: random.Random, label: str | None = None) -> Message:
    """Compose a message (of the label) from one of the wordings, in a structure that suits it."""
    kinds = ("short",) if rng.random() < SHORT else ("plain", "contrast", "two_topics")
    label = label or rng.choices(LABELS, list(WEIGHTS.values()))[0]
    own = [w for w in pool if w.label == label] or list(pool)
    wording = rng.choice([w for w in own if w.kind in kinds] or own)
    weights = [STRUCTURES.get(structure, 1) for structure in wording.structures]
    return compose(wording, rng.choices(wording.structures, weights)[0], rng, pool)


def key(text: str) -> str:
    """Return what makes two prompts the same one: letters and digits, small.

    >>> key("Hi, it's me!") == key("hi its me")
    True
    """
    return re.sub(r"[^a-z0-9]", "", text.lower())


def example(message: Message, id_: str) -> Example:
    """Return the message as a row; the finer intent and the traits are extra keys."""
    extra = {"intent": message.wording.intent, "traits": sorted(message.traits)}
    return Example(id_, message.text, message.wording.label, SYSTEM, message.shape, None, extra)


def make_splits(seed: int = SEED) -> dict[str, list[Example]]:
    """Make the three splits; one seed always gives the same rows, and no prompt comes twice."""
    rng = random.Random(seed)
    seen: set[str] = set()
    splits = {}
    for split, pool in split_of_wordings(rng).items():
        messages: list[Message] = []
        for label, count in share_out(ROWS[split], WEIGHTS).items():
            messages += distinct(pool, label, count, GROUP_AT_MOST[split], seen, rng)
        rng.shuffle(messages)
        splits[split] = [example(m, f"{split}-{n:04d}") for n, m in enumerate(messages)]
    return splits


def distinct(
    pool: tuple[Wording, ...],
    label: str,
    count: int,
    at_most: int,
    seen: set[str],
    rng: random.Random,
) -> list[Message]:
    """Compose that many messages of a label, none like one in `seen`.

    No shape comes more often than `at_most`.
    """
    messages: list[Message] = []
    sizes: Counter[str] = Counter()
    while len(messages) < count:
        message = any_message(pool, rng, label)
        if sizes[message.shape] < at_most and key(message.text) not in seen:
            seen.add(key(message.text))
            sizes[message.shape] += 1
            messages.append(message)
    return messages


def stream(seed: int, exclude: frozenset[str] = frozenset()) -> Iterator[Example]:
    """Yield messages without end, never in a wording that one of the excluded groups uses.

    >>> row = next(stream(1, exclude=frozenset({"account_close_request/plain.0/rant"})))
    >>> row.group.startswith("account_close_request/plain.0/")
    False
    """
    rng = random.Random(seed)
    banned = {group.rpartition("/")[0] for group in exclude}
    pool = tuple(w for w in wordings() if w.id not in banned)
    if not pool:
        raise ValueError("every wording is excluded; leave some groups out of 'exclude'")
    number = 0
    while True:
        yield example(any_message(pool, rng), f"stream-{seed}-{number}")
        number += 1


def write_data(folder: Path, seed: int = SEED) -> dict[str, list[Example]]:
    """Write the splits, `labels.json` and the card into a folder, and return the rows."""
    from helpers.corpora.support_messages.card import card  # the card reads this module's numbers

    splits = make_splits(seed)
    for split, rows in splits.items():
        write_rows(folder / f"{split}.jsonl", rows)
    replace_file(folder / "labels.json", json.dumps(list(LABELS), indent=2) + "\n")
    replace_file(folder / "README.md", card(splits, seed))
    return splits
