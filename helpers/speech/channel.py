"""What a transcriber does to a spoken command: a seeded model that a person can read.

It hears words and writes sentences: acronyms in capitals, symbols already written, numbers in
digits, a common word for a rare one, a full stop at the end. How often it does what is a table
(`data/speech/rates.json`) with a column for each of three listeners: Whisper tiny that was shown a
line of dictated shell, the same without, and a large transcriber without. What is written instead
of a word stands in `tables/heard.txt`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from random import Random

from helpers.core import paths
from helpers.core.tables import table
from helpers.speech.ways import pick, read_ways
from helpers.tasks.dictation.numbers import NUMBER_WORDS, SCALES

_HEARD = table("speech", "heard")
HOMOPHONES = read_ways(_HEARD["homophones"])
SPLIT = read_ways(_HEARD["split"])
LETTERS = read_ways(_HEARD["letters"])
CASING: dict[str, str] = {
    key: written or key.capitalize()
    for key, _, written in (name.partition("=") for name in " ".join(_HEARD["casing"]).split())
}
JOINED: dict[tuple[str, ...], str] = {
    tuple(said.split()): written
    for said, _, written in (line.partition("=") for line in _HEARD["joined"])
}
POINT = "\u200a."  # of a number, until it is written
WRITTEN = {
    "dash": "-", "slash": "/", "dot": ".", "underscore": "_", "colon": ":", "equals": "=",
    "at": "@", "star": "*", "plus": "+", "percent": "%", "tilde": "~", "point": POINT,
    "forward slash": "/", "dash dash": "--", "double dash": "--", "minus minus": "--",
    "hyphen": "-", "minus": "-", "equal sign": "=", "equals sign": "=", "dollar sign": "$",
    "at sign": "@", "percent sign": "%", "plus sign": "+", "question mark": "?", "dot dot": "..",
    "semicolon": ";", "backslash": "\\", "period": ".",
}  # fmt: skip
NAMED = {"-": "dash_written", "--": "dash_written", "/": "slash_written", "..": "dot_written"}
ENDINGS = frozenset([
    "com", "org", "net", "io", "txt", "log", "json", "js", "py", "sh", "md", "html", "css", "csv",
    "pdf", "png", "zip",
])  # fmt: skip
SPOKEN_NUMBERS = frozenset(NUMBER_WORDS) | SCALES | {"oh"}

SELDOM = 0.3  # how much rarer the name of a symbol is misheard, since it comes so often
LISTENERS = {"large": 0.55, "prompt": 0.25, "bare": 0.2}  # and how often each hears a row

Rates = Mapping[str, float]


@cache
def rates(listener: str) -> Rates:
    """Return how often a listener does what: `prompt`, `bare` or `large`."""
    return json.loads((paths.data("speech") / "rates.json").read_text("utf-8"))[listener]


def transcribe(words: Sequence[str], rng: Random, rates: Rates) -> str:
    """Return what a transcriber writes for spoken words; a capital alone is a spelled letter.

    >>> exact = dict.fromkeys(rates("large"), 0.0)
    >>> transcribe("L S dash L A".split(), Random(0), exact)
    'l s dash l a'
    >>> transcribe("L S dash L A".split(), Random(0), exact | {"letters_joined": 1, "capitals": 1})
    'LS dash LA'
    >>> transcribe("cat A dot log".split(), Random(0), exact | {"dot_written": 1, "stop": 1})
    'cat a.log.'
    """
    heard = [word for word in words if not word or rng.random() >= rates["dropped"]]
    heard = join_names(heard, rng, rates)
    heard = write_letters(heard, rng, rates)
    heard = write_numbers(heard, rng, rates)
    heard = [_hear(word, rng, rates) for word in heard if word]
    return dress(write_symbols(heard, rng, rates), rng, rates)


def join_names(words: Sequence[str], rng: Random, rates: Rates) -> list[str]:
    """Write names that were said in several words as the transcriber knows them.

    >>> join_names("open A I git hub".split(), Random(0), {"joined": 1})
    ['OpenAI', 'GitHub']
    """
    written, at = [], 0
    while at < len(words):
        for length in (4, 3, 2):
            name = JOINED.get(tuple(words[at : at + length]))
            if name and rng.random() < rates["joined"]:
                written.append(name)
                at += length
                break
        else:
            written.append(words[at])
            at += 1
    return written


def write_letters(words: Sequence[str], rng: Random, rates: Rates) -> list[str]:
    """Write runs of spelled letters: together or apart, in capitals or small.

    >>> write_letters(["dash", "R", "F"], Random(0), dict.fromkeys(rates("large"), 1.0))
    ['dash', 'R-F']
    """
    written: list[str] = []
    run: list[str] = []
    for word in words:
        if len(word) == 1 and word.isupper():
            run.append(word)
        elif word or rng.random() >= rates["unbroken"]:
            written += [*_letters(run, rng, rates), word]
            run = []
    return [*written, *_letters(run, rng, rates)]


def _letters(run: list[str], rng: Random, rates: Rates) -> list[str]:
    if run in ([], ["I"]):  # the pronoun
        return run
    if "".join(run) in LETTERS and rng.random() < rates["homophone"]:
        return pick(LETTERS, "".join(run), rng).split()
    if rng.random() >= rates["capitals"]:
        run = [letter.lower() for letter in run]
    if len(run) > 1 and rng.random() < rates["letters_dashed"]:
        return [rng.choice(["-", "-", "."]).join(run)]
    if rng.random() < rates["letters_joined"]:
        return ["".join(run)]
    if len(run) > 2 and rng.random() < 0.4:
        cut = rng.randrange(1, len(run))
        return ["".join(run[:cut]), "".join(run[cut:])]
    return run


def write_numbers(words: Sequence[str], rng: Random, rates: Rates) -> list[str]:
    """Write numbers in digits, as they were grouped, or leave their words.

    >>> write_numbers("port eighty eighty".split(), Random(0), {"digits": 1.0})
    ['port', '80', '80']
    >>> write_numbers("one hundred".split(), Random(0), {"digits": 1.0})
    ['100']
    """
    written: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if word in SPOKEN_NUMBERS:
            run.append(word)
            continue
        if run:
            counts = run != ["oh"] and (len(run) > 1 or rng.random() < 0.7)
            in_digits = counts and rng.random() < rates["digits"]
            written += _digits(run, rng) if in_digits else run
            run = []
        written.append(word)
    return written[:-1]


def _digits(run: list[str], rng: Random) -> list[str]:
    """Return a run of number words in digits: one text, or one for each number said."""
    said: list[int] = []
    before = ""
    for word in run:
        if word == "hundred" and said:
            said[-1] *= 100
        elif word == "thousand" and said:
            said[-1] *= 1000
        else:
            value = 0 if word == "oh" else NUMBER_WORDS.get(word, 100)
            room = said and said[-1] and _room(before, said[-1])
            if room and value < room:
                said[-1] += value
            else:
                said.append(value)
        before = word
    together = len(said) > 2 or rng.random() < 0.55
    return ["".join(map(str, said))] if together else list(map(str, said))


def _room(before: str, value: int) -> int:
    """Return how large a number may be that is a part of the one before it: 5 after "fifty"."""
    if before in SCALES:
        return 100 if value % 1000 else 1000
    return 10 if before.endswith("ty") else 0


def _hear(word: str, rng: Random, rates: Rates) -> str:
    if word in SPLIT and rng.random() < rates["split"]:
        return pick(SPLIT, word, rng)
    seldom = SELDOM if word in WRITTEN else 1.0
    if word in HOMOPHONES and rng.random() < rates["homophone"] * seldom:
        return pick(HOMOPHONES, word, rng)
    if word in CASING and rng.random() < rates["casing"]:
        return CASING[word]
    return word


def write_symbols(words: Sequence[str], rng: Random, rates: Rates) -> str:
    """Join words; a symbol that is written stands close to its neighbours, as in ".txt" or "-LA".

    >>> always = dict.fromkeys(rates("large"), 1.0)
    >>> write_symbols("git hub dot com forward slash docs".split(), Random(0), always)
    'git hub.com/docs'
    """
    text, close = "", True  # the next word follows without a space
    at = 0
    while at < len(words):
        length = 2 if " ".join(words[at : at + 2]) in WRITTEN else 1
        said, after = " ".join(words[at : at + length]), words[at + length : at + length + 5]
        symbol = WRITTEN.get(said)
        if symbol and after and rng.random() < _written_rate(symbol, after, rates):
            apart = symbol in ("-", "--") or text.endswith(tuple("-/.:"))
            open_ = symbol == "." and rng.random() < 0.25  # "find .txt"
            text += (" " if text and (apart or open_) and not close else "") + symbol.strip()
            close = not (symbol == "-" and rng.random() < 0.25)
        else:
            text += ("" if close else " ") + said
            close = False
        at += length
    return text


def _written_rate(symbol: str, after: Sequence[str], rates: Rates) -> float:
    """Return how often a symbol is written as such, by the words that follow."""
    first = after[0].lower()
    if symbol == ".":
        return min(1.0, rates["dot_written"] * (1.6 if first in ENDINGS else 0.7))
    if symbol == POINT:
        return rates["digits"] if first.isdigit() else 0.0
    if symbol == "@" and "dot" not in after:  # no address: the plain word
        return 0.0
    return rates[NAMED.get(symbol, "symbol_written")]


def dress(text: str, rng: Random, rates: Rates) -> str:
    """Give a text the clothes of a sentence: commas, a capital, a full stop.

    >>> dress("git status", Random(0), dict.fromkeys(rates("large"), 1.0))
    'Git, status.'
    """
    words = text.split(" ")
    comma = rates["comma"] * (rng.random() < 0.5 or rates["comma"] == 1)  # some speak evenly
    for at, word in enumerate(words[:-1]):
        if word[-1:].isalnum() and rng.random() < comma * (2 if at < 3 else 1):
            words[at] = f"{word}{',' if rng.random() < 0.85 else '.'}"
    text = " ".join(words)
    if rng.random() < rates["sentence"]:
        text = text[:1].upper() + text[1:]
    if not text.endswith((".", "?", "!")) and rng.random() < rates["stop"]:
        text += "." if rng.random() < 0.98 else "?"
    return text
