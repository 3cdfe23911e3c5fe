"""Classes of wrong texts: what has to be mended to make the answer the target."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from helpers.evaluation.errors import Error, ErrorClass, not_an_error
from helpers.evaluation.grading import collapse
from helpers.tasks.dictation.differences import (
    differences,
    differing,
    lexemes,
    listed,
    reordered,
    squashed,
)

CLASSES = {
    "loop": "a stretch three times or more in a row, twice more than it was said",
    "casing": "capitals alone",
    "spacing": "spaces: words joined or split, or operators set apart",
    "equivalent": "the same in another spelling, as the formatter prints both",
    "quoting": "quotes, braces or brackets missing, unbalanced or of another kind",
    "flag_order": "the same words, numbers and symbols in another order",
    "spoken": "symbols or numbers left as the words that were said",
    "wrong_word": "another word or number than was said",
    "wrong_symbol": "another symbol or letter than was said",
    "dropped_or_doubled": "a word, number, symbol or letter missing or too many",
    "other": "nothing of the target is there",
}
REMEDIES = {
    "loop": "longer training; decode in the grammar, which repeats nothing that was said once",
    "casing": "rows with these names and letters: a dictation does not say capitals",
    "spacing": "rows with these operators, all in one style: a dictation does not say spaces",
    "equivalent": "nothing, where both mean the same; else rows in the target's spelling",
    "quoting": "decode in the grammar, which writes every quote and bracket that was said",
    "flag_order": "decode in the grammar, which keeps the order of what was said",
    "spoken": "longer training, as the model still copies; the grammar allows fewer of these",
    "wrong_word": "decode in the grammar, which copies words; rows with numbers and rare words",
    "wrong_symbol": "decode in the grammar, which allows what was said; rows with this symbol",
    "dropped_or_doubled": "decode in the grammar, which uses every word once; longer rows",
    "other": "reading: the answer is another text, or none",
}
QUOTES = "'\"`(){}[]"
# Longer stretches would make long answers slow.
LOOP = re.compile(r"(.{1,60}?)\1{2,}", re.IGNORECASE)


def classify(error: Error) -> ErrorClass:
    """Return the class of a wrong text; raises `ValueError` for a right one.

    Up to "flag_order" a class holds errors with differences of the classes before it as well: an
    answer without a quote and with a capital too many is "quoting". After it an error has the
    first class that any of its differences has: with a wrong word and a missing one it is
    "wrong_word". The evidence has the form `wanted → given`.

    >>> from helpers.core.examples import Example
    >>> said = Example("1", "git log dash L 3 slash lib", "git log -l 3 /lib")
    >>> for answer in ("git log -L 3 /lib", "git log -L 3/lib", "git log 3 -l /lib", "git log"):
    ...     print(classify(Error(said, answer, None, False)))
    ErrorClass(name='casing', evidence='-l → -L')
    ErrorClass(name='spacing', evidence='-l 3 /lib → -L 3/lib')
    ErrorClass(name='flag_order', evidence='-l 3 → 3 -l')
    ErrorClass(name='dropped_or_doubled', evidence='missing: -l 3 /lib')
    """
    answer, target = collapse(error.answer), collapse(error.example.target)
    if answer == target:
        raise not_an_error(error.example.id)
    if repeated := loop(answer, target, error.example.prompt):
        return ErrorClass("loop", repeated)
    said = error.example.prompt.lower().split()
    name = _same_but(answer, target, error.equivalent, said)
    if name:
        show = reordered if name == "flag_order" else differing
        return ErrorClass(name, show(answer, target))
    return _graver(answer, target, said)


def loop(answer: str, *meant: str) -> str:
    """Return what an answer repeats, and how often; "" if a text meant repeats it nearly as often.

    Spaces and capitals aside. Twice more than the target: what stands once too often is doubled.
    The dictation is meant, too: its "zero zero zero", kept for 000, is no loop.

    >>> loop("ping 8.8.8.8.8.8", "ping 8.8.8.8"), loop("ls a a a a", "ls a"), loop("1000", "100")
    ('8. × 5', 'a × 4', '')
    """
    given, wanted = squashed(answer), [squashed(text) for text in meant]
    for match in LOOP.finditer(given):
        unit = match[1]
        times = len(match[0]) // len(unit)
        row = re.compile(f"(?:{re.escape(unit)})+", re.IGNORECASE)
        runs = [run for text in wanted for run in row.findall(text)]
        if times >= 2 + max((len(run) // len(unit) for run in runs), default=0):
            return f"{unit} × {times}"
    return ""


def _same_but(answer: str, target: str, equivalent: bool, said: Sequence[str]) -> str:
    """Name the mild difference that is the only one; "" if there is a graver."""
    if answer.casefold() == target.casefold():
        return "casing"
    given, wanted = squashed(answer).casefold(), squashed(target).casefold()
    if given == wanted:
        return "spacing"
    if equivalent:
        return "equivalent"
    if _unquoted(given) == _unquoted(wanted):
        return "quoting"
    bags = [Counter(_unordered(one, said) for one in lexemes(text)) for text in (answer, target)]
    return "flag_order" if bags[0] == bags[1] else ""


def _unquoted(text: str) -> str:
    return "".join(letter for letter in text if letter not in QUOTES)


def _unordered(lexeme: str, said: Sequence[str]) -> str:
    """Return a number, or a word that was said, as it is, and a flag's letters in one order."""
    small = lexeme.lower()
    return small if small.isdigit() or small in said else "".join(sorted(small))


def _graver(answer: str, target: str, said: Sequence[str]) -> ErrorClass:
    found = differences(answer, target, said)
    if not found:
        return ErrorClass("other", f"{target} → {answer or 'no answer'}")
    name = next(name for name in CLASSES if any(kind == name for kind, _, _ in found))
    return ErrorClass(name, listed([pair for kind, *pair in found if kind == name]))
