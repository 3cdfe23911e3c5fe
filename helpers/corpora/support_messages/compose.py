"""Wordings and what stands around them, put together to messages.

A *wording* is one way to say one intent. A *shape* is a wording in a structure ("with a rant",
"after another topic that is settled"); it is the `group` of the rows that are made from it.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from helpers.corpora.support_messages import around, asides
from helpers.corpora.support_messages.followups import FOLLOW_UPS, OWN
from helpers.corpora.support_messages.noise import roughen
from helpers.corpora.support_messages.slots import SLOTS, fill
from helpers.corpora.support_messages.wordings import LABELS, Wording, lines

NEAR = 0.7  # how often the other topic is one of the same family
FOLLOWED = {"plain": 0.7, "contrast": 0.4, "two_topics": 0.4, "short": 0.0}
QUOTING = 0.6  # how often a settled topic is told in a whole sentence, not just named
MONTHS = "Jan|Feb|March|April|May|June|July|August|Sept|Octo|Novem|Decem"
TIME = re.compile(r"\bago\b|\bsince\b|\buntil\b|\b(day|week|month|hour|year|minute)s?\b|\w+day\b|"
                  rf"\btomorrow\b|\bthe \d|\b({MONTHS})")  # fmt: skip
REPORT = re.compile(r"(?!.*\b(want|like|need|[Pp]lease|tell|wish)\b)(I|My|The|You|Your|It)\b.*\.$")


@dataclass(frozen=True)
class Message:
    """One message and how it came about; `shape` names its wording and its structure."""

    text: str
    wording: Wording
    structure: str
    traits: tuple[str, ...]

    @property
    def shape(self) -> str:
        """Return the name of the message's composition, the group of its row."""
        return f"{self.wording.id}/{self.structure}"


KEPT = re.compile(rf"(I|I'\w+|English|PS|{SLOTS['name']}|{SLOTS['month']}|\w+day)\b")


def pick(block: str, rng: random.Random, values: dict[str, str] | None = None) -> str:
    """Return one line of a table, filled; without `values` it draws things of its own."""
    return fill(rng.choice(lines(block)), rng, {} if values is None else values)


def other_label(label: str, rng: random.Random, among: tuple[str, ...] = LABELS) -> str:
    """Return a label that is not this one, mostly one of the same family."""
    family = label.split("_")[0]
    others = [other for other in among if other != label]
    near = [other for other in others if other.startswith(family)]
    return rng.choice(near if near and rng.random() < NEAR else others)


def aside(block: str, label: str, rng: random.Random) -> str:
    """Return a sentence that mentions the topic of another label."""
    topic = pick(asides.TOPICS[other_label(label, rng)], rng)
    known = {"topic": topic, "Topic": capital(topic)} | turns(rng)
    return fill(rng.choice(timed(block, topic)), rng, known)


def turns(rng: random.Random) -> dict[str, str]:
    """Return the words that lead from what is mentioned to what is asked."""
    return {"turn": pick(asides.TURN, rng), "instead": pick(asides.INSTEAD, rng)}


def timed(block: str, told: str) -> list[str]:
    """Return the frames that suit what is told: only one of the two may name a time.

    >>> timed("{ago} it was {topic}" + chr(10) + "not {topic}", "the delay in March")
    ['not {topic}']
    """
    free = [line for line in lines(block) if not re.search(r"\{[Aa]go\}|last (month|week)", line)]
    return free if TIME.search(told) else lines(block)


def settled(place: str, label: str, rng: random.Random, pool: tuple[Wording, ...]) -> str:
    """Return a sentence that says another topic is done, named or told in a wording of the pool."""
    if rng.random() < QUOTING:
        other = other_label(label, rng)
        told = [w.text for w in pool if w.label == other and w.kind == "plain"]
        told = [text for text in told if REPORT.match(text)]
        if told:
            said = fill(rng.choice(told), rng, {})
            block = asides.QUOTED_BEFORE if place == "before" else asides.QUOTED_AFTER
            ago = fill("{ago}", rng, {})
            known = {"said": said.rstrip("."), "Said": capital(said), "ago": ago} | turns(rng)
            known["Ago"] = capital(ago)
            return fill(rng.choice(timed(block, said)), rng, known)
    block = asides.RESOLVED_BEFORE if place == "before" else asides.RESOLVED_AFTER
    return aside(block, label, rng)


def wishable(label: str) -> tuple[str, ...]:
    """Return the labels whose deeds a customer of this label may well decline."""
    return tuple(other for other in asides.DEEDS if other not in asides.WANTED.get(label, ()))


def wish(block: str, label: str, rng: random.Random) -> str:
    """Return a sentence that says what the customer does not want done."""
    deeds = asides.DEEDS[other_label(label, rng, wishable(label))].split("|")
    return pick(block, rng, {"deed": fill(rng.choice(deeds), rng, {})} | turns(rng))


def capital(text: str) -> str:
    """Return the text with its first letter large; `str.capitalize` would lower the others."""
    return text[:1].upper() + text[1:]


def body(
    wording: Wording, structure: str, rng: random.Random, pool: tuple[Wording, ...]
) -> list[str]:
    """Return the sentences of a message from the first of substance to the last."""
    values: dict[str, str] = {}
    asked = capital(fill(wording.text, rng, values))
    parts, label = [asked], wording.label
    if rng.random() < FOLLOWED[wording.kind]:
        intent = f"{label}/{wording.intent}"
        parts.append(pick(OWN.get(intent, FOLLOW_UPS[label]), rng, values))
    if structure in ("detail", "long"):
        parts.insert(rng.choice((0, len(parts))), pick(around.DETAILS, rng))
    if structure in ("rant", "long"):
        parts.insert(rng.randrange(len(parts) + 1), pick(around.RANTS, rng))
        if parts[0].startswith("And "):  # nobody begins so; it comes after what it belongs to
            parts.append(parts.pop(0))
    if structure == "settled_first" or (structure == "long" and rng.random() < 0.5):
        parts.insert(parts.index(asked), settled("before", label, rng, pool))
    if structure == "settled_last":
        parts.append(settled("after", label, rng, pool))
    if structure == "contrast_first":
        parts.insert(0, aside(asides.CONTRAST_BEFORE, label, rng))
    if structure == "contrast_last":
        parts.append(aside(asides.CONTRAST_AFTER, label, rng))
    if structure == "wish":
        first = rng.random() < 0.5
        said = wish(asides.WISH_BEFORE if first else asides.WISH_AFTER, label, rng)
        parts.insert(0 if first else len(parts), said)
    return parts


def compose(
    wording: Wording, structure: str, rng: random.Random, pool: tuple[Wording, ...]
) -> Message:
    """Write one message: the wording in its structure, greeting and closing, typed by a hand.

    What it quotes on another topic comes from `pool`, so that splits share no wording.
    """
    parts = [part if part.startswith("(") else capital(part)
             for part in body(wording, structure, rng, pool)]  # fmt: skip
    if structure == "bare":
        parts = [rng.choice(("{}", "{}", "{}?", "{}!!", "{}.", "hi, {}", "{} thx")).format(
            re.sub(r"[?!]+$", "", fill(wording.text, rng, {})))]  # fmt: skip
    else:
        parts = frame(parts, structure, rng)
    text, traits = roughen(" ".join(parts), rng, angry=structure in ("rant", "long"))
    return Message(text, wording, structure, tuple(traits + named_traits(wording, structure, text)))


def frame(parts: list[str], structure: str, rng: random.Random) -> list[str]:
    """Add what is polite, sometimes: a greeting, a lead, a closing, a name."""
    polite = 0.2 if structure == "rant" else 0.9 if structure == "long" else 0.4
    if rng.random() < polite / 3:
        parts = [pick(around.LEADS, rng), *parts]
    if rng.random() < polite:
        greeting = pick(around.GREETINGS, rng)
        parts = [greeting, join(greeting, parts[0]), *parts[1:]]
    if rng.random() < polite:
        parts = [*parts, pick(around.CLOSINGS, rng)]
    if rng.random() < polite / 2:
        parts = [*parts, pick(around.SIGN_OFFS, rng)]
    return parts


def join(before: str, part: str) -> str:
    """Return a sentence as it goes on after a greeting: small where that ends in a comma.

    >>> join("Hi,", "My order is late."), join("Hi,", "I'm lost."), join("Hi!", "My order is late.")
    ('my order is late.', "I'm lost.", 'My order is late.')
    """
    word = part.split()[0]
    if not before.endswith(",") or KEPT.match(part) or word[1:2].isupper():
        return part
    return word[:1].lower() + part[1:]


def named_traits(wording: Wording, structure: str, text: str) -> list[str]:
    """Name what makes the message hard; `short` is up to six words, `long` from 45 on."""
    traits = []
    settled = structure in ("settled_first", "settled_last")
    if settled or wording.kind == "two_topics":
        traits.append("two_topics")
    if structure in ("contrast_first", "contrast_last", "wish") or wording.kind == "contrast":
        traits.append("contrast")
    if structure in ("rant", "long"):
        traits.append("rant")
    if structure in ("detail", "long"):
        traits.append("detail")
    count = len(text.split())
    return traits + (["short"] if count <= 6 else ["long"] if count >= 45 else [])
