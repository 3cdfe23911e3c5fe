"""Wordings and what stands around them, put together to messages.

A *wording* is one way to say one intent. A *shape* is a wording in a structure ("with a rant",
"after another topic that is settled"); it is the `group` of the rows that are made from it.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from helpers.corpora.support_messages.distractors import declinable, distractors
from helpers.corpora.support_messages.followups import follow_ups
from helpers.corpora.support_messages.framing import framing
from helpers.corpora.support_messages.noise import roughen
from helpers.corpora.support_messages.slots import SLOTS, fill
from helpers.corpora.support_messages.wordings import LABELS, Wording

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


def pick(
    sentences: tuple[str, ...], rng: random.Random, values: dict[str, str] | None = None
) -> str:
    """Return one of the sentences, filled; without `values` it draws things of its own."""
    return fill(rng.choice(sentences), rng, {} if values is None else values)


def other_label(label: str, rng: random.Random, among: tuple[str, ...] = LABELS) -> str:
    """Return a label that is not this one, mostly one of the same family."""
    family = label.split("_")[0]
    others = [other for other in among if other != label]
    near = [other for other in others if other.startswith(family)]
    return rng.choice(near if near and rng.random() < NEAR else others)


def mention(kind: str, label: str, rng: random.Random) -> str:
    """Return a sentence that mentions the topic of another label."""
    topic = pick(distractors(f"topics/{other_label(label, rng)}"), rng)
    known = {"topic": topic, "Topic": capital(topic)} | turns(rng)
    return fill(rng.choice(timed(distractors(kind), topic)), rng, known)


def turns(rng: random.Random) -> dict[str, str]:
    """Return the words that lead from what is mentioned to what is asked."""
    return {kind: pick(distractors(kind), rng) for kind in ("turn", "instead")}


def timed(frames: tuple[str, ...], topic: str) -> tuple[str, ...]:
    """Return the frames that suit a topic: only one of the two may name a time.

    >>> timed(("{ago} it was {topic}", "not {topic}"), "the delay in March")
    ('not {topic}',)
    """
    if not TIME.search(topic):
        return frames
    return tuple(line for line in frames if not re.search(r"\{[Aa]go\}|last (month|week)", line))


def settled(place: str, label: str, rng: random.Random, pool: tuple[Wording, ...]) -> str:
    """Return a sentence that says another topic is done, named or told in a wording of the pool."""
    if rng.random() < QUOTING:
        other = other_label(label, rng)
        texts = [w.text for w in pool if w.label == other and w.kind == "plain"]
        reports = [text for text in texts if REPORT.match(text)]
        if reports:
            quote = fill(rng.choice(reports), rng, {})
            ago = fill("{ago}", rng, {})
            known = {"said": quote.rstrip("."), "Said": capital(quote), "ago": ago} | turns(rng)
            known["Ago"] = capital(ago)
            return fill(rng.choice(timed(distractors(f"quoted_{place}"), quote)), rng, known)
    return mention(f"resolved_{place}", label, rng)


def wish(place: str, label: str, rng: random.Random) -> str:
    """Return a sentence that says what the customer does not want done."""
    deeds = distractors(f"deeds/{other_label(label, rng, declinable(label))}")
    return pick(distractors(f"wish_{place}"), rng, {"deed": pick(deeds, rng)} | turns(rng))


def capital(text: str) -> str:
    """Return the text with its first letter large; `str.capitalize` would lower the others."""
    return text[:1].upper() + text[1:]


def body(
    wording: Wording, structure: str, rng: random.Random, pool: tuple[Wording, ...]
) -> list[str]:
    """Return the sentences of a message from the first of substance to the last."""
    values: dict[str, str] = {}
    request = capital(fill(wording.text, rng, values))
    parts, label = [request], wording.label
    if rng.random() < FOLLOWED[wording.kind]:
        parts.append(pick(follow_ups(label, wording.intent), rng, values))
    if structure in ("detail", "long"):
        parts.insert(rng.choice((0, len(parts))), pick(framing("details"), rng))
    if structure in ("rant", "long"):
        parts.insert(rng.randrange(len(parts) + 1), pick(framing("rants"), rng))
        if parts[0].startswith("And "):  # nobody begins so; it comes after what it belongs to
            parts.append(parts.pop(0))
    if structure == "settled_first" or (structure == "long" and rng.random() < 0.5):
        parts.insert(parts.index(request), settled("before", label, rng, pool))
    if structure == "settled_last":
        parts.append(settled("after", label, rng, pool))
    if structure == "contrast_first":
        parts.insert(0, mention("contrast_before", label, rng))
    if structure == "contrast_last":
        parts.append(mention("contrast_after", label, rng))
    if structure == "wish":
        first = rng.random() < 0.5
        unwanted = wish("before" if first else "after", label, rng)
        parts.insert(0 if first else len(parts), unwanted)
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
        parts = [pick(framing("leads"), rng), *parts]
    if rng.random() < polite:
        greeting = pick(framing("greetings"), rng)
        parts = [greeting, join(greeting, parts[0]), *parts[1:]]
    if rng.random() < polite:
        parts = [*parts, pick(framing("closings"), rng)]
    if rng.random() < polite / 2:
        parts = [*parts, pick(framing("sign_offs"), rng)]
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
