"""How people say what is written: names, symbols and numbers, by a table of ways.

Other than the plain convention of the dictation, which has one form for each thing, people say one
thing in several ways, and say numbers as they read them. A capital that stands alone among the
words is a letter that is spelled. The table is `tables/said.txt`.
"""

from __future__ import annotations

import re
from random import Random

from helpers.core.tables import table
from helpers.speech.ways import pick, read_ways
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.numbers import UNITS, spoken_number
from helpers.tasks.dictation.verbalize import CASED, scan

_SAID = table("speech", "said")
SYMBOLS = read_ways(_SAID["symbols"])
WORDS = read_ways(_SAID["words"])
TOKENS = read_ways(_SAID["tokens"])
WORD_FLAGS = frozenset(" ".join(_SAID["flags that are words"]).split())
PAUSE = ""  # between what is said for two words of a command
SPELLED_AT_MOST = 5  # letters of a flag without a word in it
DECIMAL = re.compile(r"(?<![\d.])\d+\.\d+(?![\d.])")


def say(text: str, rng: Random) -> list[str]:
    """Return the words of somebody who reads a command aloud, and a `PAUSE` where a space stands.

    Whoever says "hyphen" says it throughout. Raises `Unspeakable` for a character that no symbol
    of the shell's table covers.

    >>> " ".join(say("cd ../dev", Random(1)))
    'C D  dot dot slash dev'
    """
    habits: dict[str, str] = {}
    words: list[str] = []
    for token in text.split():
        words += [PAUSE] * bool(words) + say_token(token, habits, rng)
    return words


def say_token(token: str, habits: dict[str, str], rng: Random) -> list[str]:
    """Return the words for what stands between two spaces; `habits` keeps the ways of symbols."""
    if token in TOKENS and rng.random() < 0.8:
        return pick(TOKENS, token, rng).split()
    announced = 0.3 if "_" in token else 0.06  # most names with a dash are programs and options
    if (name := cased_name(token)) and rng.random() < announced:
        return _announced(name, rng)
    if re.fullmatch("[A-Z]{2,}(_[A-Z]+)+", token) and rng.random() < 0.15:
        case = rng.choice(["screaming snake case", "constant case", "all caps snake case"])
        return [*case.split(), *token.lower().split("_")]
    words: list[str] = []
    pieces = scan(token, BASH)
    for number, piece in enumerate(pieces):
        before = pieces[number - 1] if number else ""
        after = pieces[number + 1] if number + 1 < len(pieces) else ""
        if piece == "." and before.isdigit() and after.isdigit() and DECIMAL.search(token):
            words.append("point" if rng.random() < 0.6 else "dot")
        else:
            flag = number == 1 and before == "-" and is_spelled(piece)
            words += list(piece.upper()) if flag else _say_piece(piece, habits, rng)
    return words


def _say_piece(piece: str, habits: dict[str, str], rng: Random) -> list[str]:
    if piece.isdigit():
        return say_number(piece, rng)
    if piece.isalpha():
        return say_name(piece, rng)
    habits.setdefault(piece, pick(SYMBOLS, piece, rng))
    return habits[piece].split()


def is_spelled(flag: str) -> bool:
    """Whether the letters of a flag are said one by one.

    >>> is_spelled("la"), is_spelled("tulpn"), is_spelled("name"), is_spelled("Syu")
    (True, True, False, True)
    """
    if flag in WORD_FLAGS or len(flag) > SPELLED_AT_MOST:
        return False
    return len(flag) <= 3 or not flag.islower() or not re.search("[aeiou][^aeiou]*[aeiou]", flag)


def say_name(letters: str, rng: Random) -> list[str]:
    """Return the words for a run of letters; capitals inside are announced, or how it is joined.

    >>> say_name("ls", Random(0)), say_name("getUser", Random(1))
    (['L', 'S'], ['camel', 'case', 'get', 'user'])
    """
    parts = CASED.findall(letters)
    if len(letters) == 1:
        return [letters.upper()]
    if len(parts) < 2 or letters.lower() in WORDS:
        said = pick(WORDS, letters.lower(), rng).split()
        if letters[0].isupper() and not letters.isupper() and rng.random() < 0.2:
            return ["capital", *said]
        if letters.isupper() and len(letters) > 2 and rng.random() < 0.2:
            return ["all", "caps", *said]
        return said
    said = [word for part in parts for word in pick(WORDS, part.lower(), rng).split()]
    if rng.random() < 0.75:
        return _announced(["camel" if parts[0].islower() else "pascal", "case", *said], rng)
    return [
        word for part in parts for word in (["capital"] * (not part.islower()) + [part.lower()])
    ]


def _announced(name: list[str], rng: Random) -> list[str]:
    """Say how a name is written before it, or after it."""
    chance = rng.random()
    if chance < 0.85:
        return name
    return [*name[2:], *(["in"] if chance < 0.95 else []), *name[:2]]


def cased_name(token: str) -> list[str]:
    """Return how a snake or kebab name is announced; empty for a token that is none.

    >>> cased_name("user_id"), cased_name("user-list"), cased_name("a/b_c")
    (['snake', 'case', 'user', 'id'], ['kebab', 'case', 'user', 'list'], [])
    """
    for mark, name in (("_", "snake"), ("-", "kebab")):
        parts = token.split(mark)
        if len(parts) > 1 and all(re.fullmatch("[a-z]{2,}", part) for part in parts):
            return [name, "case", *parts]
    return []


def say_number(digits: str, rng: Random) -> list[str]:
    """Return the words for a run of digits as people read it: in pairs, as a count, or one by one.

    >>> [" ".join(say_number(n, Random(0))) for n in ("8080", "755", "3000", "192", "05")]
    ['eighty eighty', 'seven fifty five', 'three thousand', 'one ninety two', 'zero five']
    """
    chance = rng.random()
    value = int(digits)
    if len(digits) > 1 and digits[0] == "0" or len(digits) > 5:
        return _by_digits(digits, chance)
    if value < 100:
        return spoken_number(digits)
    if value % 1000 == 0 and value < 100_000 and chance < 0.9:
        return [*spoken_number(str(value // 1000)), "thousand"]
    if value % 100 == 0 and value < 10_000 and chance < 0.85:
        return [*spoken_number(str(value // 100)), "hundred"]
    if len(digits) == 3:
        return _by_three(digits, chance)
    if len(digits) == 4:
        return _by_four(digits, chance)
    return _by_digits(digits, chance)


def say_cardinal(value: int) -> list[str]:
    """Return the words of a number below a hundred thousand, as one counts.

    >>> " ".join(say_cardinal(3256)), say_cardinal(100)
    ('three thousand two hundred fifty six', ['one', 'hundred'])
    """
    thousands, rest = divmod(value, 1000)
    hundreds, below = divmod(rest, 100)
    words = [*spoken_number(str(thousands)), "thousand"] if thousands else []
    words += [UNITS[hundreds], "hundred"] if hundreds else []
    return [*words, *spoken_number(str(below))] if below or not words else words


def _by_digits(digits: str, chance: float) -> list[str]:
    zero = "oh" if chance < 0.15 else "zero"
    return [zero if digit == "0" else UNITS[int(digit)] for digit in digits]


def _by_three(digits: str, chance: float) -> list[str]:
    first, rest = UNITS[int(digits[0])], digits[1:]
    if len(set(digits)) == 1 and chance > 0.9:
        return ["triple", first]
    if chance < 0.25:
        return _by_digits(digits, chance * 4)
    if chance > 0.88:
        linked = ["and"] * (chance > 0.95)
        return [first, "hundred", *linked, *spoken_number(str(int(rest)))]
    if rest[0] == "0":
        return [first, "oh" if chance < 0.6 else "zero", UNITS[int(rest[1])]]
    return [first, *spoken_number(rest)]


def _by_four(digits: str, chance: float) -> list[str]:
    first, rest = digits[:2], digits[2:]
    if chance < 0.25:
        return _by_digits(digits, chance * 4)
    if digits[1:3] == "00" or (digits[1] == "0" and chance > 0.95):
        return say_cardinal(int(digits))
    low = [("oh" if chance < 0.6 else "zero"), UNITS[int(rest[1])]] if rest[0] == "0" else None
    return [*spoken_number(first), *(low or spoken_number(rest))]
