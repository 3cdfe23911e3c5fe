"""Number words, which all domains share, and how a run of digits is said."""

from __future__ import annotations

# fmt: off
UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
# fmt: on
NUMBER_WORDS = {word: value for value, word in enumerate(UNITS)} | {
    word: 10 * value for value, word in enumerate(TENS, 2)
}
DIGITS = {word: str(value) for value, word in enumerate(UNITS[:10])}
SCALES = frozenset({"hundred", "thousand"})  # said in the protocol convention only


def spoken_number(digits: str) -> list[str]:
    """Words of a run of digits: 0–99 as one says them, all else digit by digit.

    >>> spoken_number("42"), spoken_number("127"), spoken_number("05")
    (['forty', 'two'], ['one', 'two', 'seven'], ['zero', 'five'])
    """
    if len(digits) > 2 or (len(digits) == 2 and digits[0] == "0"):
        return [UNITS[int(digit)] for digit in digits]
    value = int(digits)
    if value < 20:
        return [UNITS[value]]
    return [TENS[value // 10 - 2]] + ([UNITS[value % 10]] if value % 10 else [])
