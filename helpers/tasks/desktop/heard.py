"""How names and numbers are written by what heard them, and what it writes where nobody spoke.

A name comes in pieces ("i term" for iTerm2, "ground control" for QGroundControl), by its sound
("key pass" for KeePassXC), or with a number's other spelling ("monitor to"). The tables say which
writings are one sound. They are asked only where a name or a number has to stand, so "move it to
the monitor" keeps its "to".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

NUMBERS = {  # what a number is written as where no other word can stand
    1: "one won", 2: "two to too", 3: "three tree free", 4: "four for fore", 5: "five fife",
    6: "six", 7: "seven", 8: "eight ate", 9: "nine", 10: "ten",
}  # fmt: skip
LETTERS = {  # a letter that was named
    "b": "bee", "c": "see sea", "d": "dee", "i": "eye aye", "j": "jay", "k": "kay", "o": "oh",
    "p": "pea pee", "q": "cue queue", "r": "are", "t": "tea tee", "u": "you", "v": "vee",
    "x": "ex", "y": "why",
}  # fmt: skip
SOUNDS = (  # (letters, one writing of their sound), in this order
    ("ph", "f"), ("gh", "g"), ("ck", "k"), ("c(?=[eiy])", "s"), ("[cq]", "k"), ("x", "ks"),
    ("z", "s"), ("ee|ea|ey|ie|y", "i"), (r"(\D)\1+", r"\1"),
)  # fmt: skip
UNSAID = frozenset({  # sentences that a recogniser makes of silence, or that close a speech
    "you", "bye", "bye bye", "bye-bye", "goodbye", "thanks", "thank you", "thank you very much",
    "thank you so much", "thanks a lot", "thank you for watching", "thanks for watching",
    "thank you so much for watching", "thank you for listening", "thanks for listening",
    "thank you for your attention", "please subscribe", "like and subscribe",
    "don't forget to subscribe", "see you", "see you next time", "see you in the next video",
    "i'll see you in the next video", "have a nice day", "the end",
})  # fmt: skip
NOISE = re.compile(  # what a recogniser writes for what is no speech
    r"[♪♫]+|[\[(*](?:blank[_ ]audio|inaudible|silence|music|applause|laughter|laughs|noise|"
    r"background noise|no speech|beep|clicking|coughs?|sighs?)[\])*]",
    re.IGNORECASE,
)
PAUSES = re.compile(r"[,;:…、，。！？—–]+|\s-\s|(?<![.?!])[.?!]+(?=\s|$)")

_DIGITS = {word: str(n) for n, words in NUMBERS.items() for word in words.split()}
_SPELLED = {word: letter for letter, words in LETTERS.items() for word in words.split()}
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_CASES = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\D)(?=\d)|(?<=\d)(?=\D)")


def spoken(transcript: str) -> str:
    """Return what was spoken of a transcript: no noise, and no thanks that nobody said.

    >>> spoken("Hide Slack. Thank you for watching!"), spoken("you"), spoken("[Music] Quit Zoom.")
    ('Hide Slack.', '', 'Quit Zoom.')
    """
    sentences = re.split(r"(?<=[.,;!?…])\s+", NOISE.sub(" ", transcript).strip())
    while sentences and PAUSES.sub("", sentences[-1]).strip().lower() in UNSAID:
        sentences.pop()
    return " ".join(sentences)


def number(word: str) -> int:
    """Return the number that a word sounds like, else 0; for places where a number has to stand.

    >>> number("to"), number("for"), number("the")
    (2, 4, 0)
    """
    return int(_DIGITS.get(word, 0))


def numbered(display: str) -> int:
    """Return the number of "monitor to" or "display number for", else 0.

    No article stands before such a name, so "the monitor too" has no number.

    >>> numbered("monitor to"), numbered("screen number won"), numbered("the monitor too")
    (2, 1, 0)
    """
    match = re.fullmatch(r"(?:monitor|display|screen)(?: number)? (\w+)", display)
    return number(match[1]) if match else 0


def sound(name: str) -> str:
    """Return one writing for all names that sound alike, however their words are divided.

    >>> sound("key pass x c") == sound("KeePassXC"), sound("eye term too") == sound("iTerm2")
    (True, True)
    """
    return _sound(_pieces(name))


def by_sound(said: str, forms: Iterable[tuple[str, str]]) -> list[str]:
    """List the names that sound like what was said, of `(form, name)`: whole, else shortened.

    A shortened name lacks a letter or number at its front, or capitals or a number at its end.

    >>> by_sound("key pass", [("KeePassXC", "KeePassXC"), ("Bypass", "Bypass")])
    ['KeePassXC']
    """
    wanted, pieces = sound(said), [(_pieces(form), name) for form, name in forms]
    if len(wanted) < 3:  # a letter or two sound like too much
        return []
    whole = dict.fromkeys(name for found, name in pieces if _sound(found) == wanted)
    short = dict.fromkeys(name for found, name in pieces if wanted in _shortened(found))
    return list(whole or short)


def _pieces(name: str) -> list[str]:
    return _PIECE.findall(_CASES.sub(" ", name))


def _sound(pieces: list[str]) -> str:
    words = (_SPELLED.get(word, word) for word in (piece.lower() for piece in pieces))
    text = "".join(_DIGITS.get(word, word) for word in words)
    for letters, one in SOUNDS:
        text = re.sub(letters, one, text)
    return text


def _shortened(pieces: list[str]) -> set[str]:
    """Return the sounds of a name without what people leave out of it."""
    fronts = {0, int(len(pieces) > 1 and len(pieces[0]) == 1)}
    tail = pieces[-1] if len(pieces) > 1 else ""
    ends = {len(pieces), len(pieces) - bool(tail.isdecimal() or (tail.isupper() and len(tail) < 5))}
    return {_sound(pieces[front:end]) for front in fronts for end in ends if front < end}
