"""How people really type: slips of the finger, missing marks, small letters, shouting."""

from __future__ import annotations

import random
import re

KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {key: row[max(0, i - 1) : i] + row[i + 1 : i + 2]
              for row in KEYS for i, key in enumerate(row)}  # fmt: skip
WORD = re.compile(r"(?!then\b)[A-Za-z]{4,}")  # "then the" would become "the the"


def mistype(word: str, rng: random.Random) -> str:
    """Return the word with one slip: a letter dropped, doubled, swapped or from the next key.

    >>> mistype("parcel", random.Random(4))
    'pracel'
    """
    at = rng.randrange(1, len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    kind = rng.choice(("drop", "double", "swap", "neighbour"))
    if kind == "drop":
        return before + after
    if kind == "double":
        return before + letter + letter + after
    if kind == "swap":
        return before[:-1] + letter + before[-1] + after
    return before + rng.choice(NEIGHBOURS.get(letter.lower(), letter)) + after


def add_typos(text: str, rng: random.Random) -> str:
    """Mistype one word in about ten of those with four letters or more, at least one."""
    words = list(WORD.finditer(text))
    if not words:
        return text
    count = max(1, round(len(words) / 10 * rng.uniform(0.5, 1.6)))
    for word in sorted(rng.sample(words, min(count, len(words))), key=lambda w: -w.start()):
        text = text[: word.start()] + mistype(word.group(), rng) + text[word.end() :]
    return text


def drop_apostrophes(text: str) -> str:
    """Write contractions as a hurried thumb does.

    >>> drop_apostrophes("I can't, it's locked")
    'I cant, its locked'
    """
    return re.sub(r"(?<=\w)'(?=\w)", "", text)


def drop_marks(text: str) -> str:
    """Leave out commas and the last full stop, in numbers never; sentences may run on with one.

    >>> drop_marks("No, it cost $4.50, sadly. The card is fine. Help.")
    'No it cost $4.50 sadly, the card is fine. Help'
    """
    text = re.sub(r",(?=\s)|[.,]$", "", text)
    return re.sub(r"(?<=[a-z])\. (It|The|My|This)\b",
                  lambda match: ", " + match.group(1).lower(), text)  # fmt: skip


def shout(text: str, rng: random.Random) -> str:
    """Put one sentence in capitals, or pile up exclamation marks."""
    sentences = re.split(r"(?<=[.!?]) ", text)
    at = rng.randrange(len(sentences))
    if rng.random() < 0.5:
        sentences[at] = sentences[at].upper()
    else:
        sentences[at] = re.sub(r"[.!?]$", rng.choice(("!!", "!!!", "?!", "...")), sentences[at])
    return " ".join(sentences)


def roughen(text: str, rng: random.Random, angry: bool) -> tuple[str, list[str]]:
    """Return the text as somebody typed it, with the traits that this gave it."""
    traits = []
    if angry and rng.random() < 0.45:
        text = shout(text, rng)
    if rng.random() < 0.25:
        text = add_typos(text, rng)
        traits.append("typo")
    if rng.random() < 0.22:
        text = drop_apostrophes(text)
    if rng.random() < 0.12:
        text = drop_marks(text)
    if rng.random() < 0.22:
        text = text.lower()
    return text, traits
