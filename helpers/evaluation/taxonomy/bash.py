"""Classes of wrong commands: what has to be mended to make the answer the target."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from os.path import commonprefix

from helpers.evaluation.buckets import collapse
from helpers.evaluation.errors import Error
from helpers.evaluation.taxonomy import ErrorClass, right

CLASSES = {
    "loop": "a stretch three times or more in a row, twice more than in the target",
    "casing": "capitals alone",
    "spacing": "spaces: words joined or split, or operators set apart",
    "equivalent": "the same command in another spelling, as shfmt prints both",
    "quoting": "quotes, braces or brackets missing, unbalanced or of another kind",
    "flag_order": "the same words and symbols in another order",
    "dropped_or_doubled": "a word or symbol missing or too many",
    "wrong_symbol": "another symbol, digit or letter than was said",
    "wrong_word": "another word than was said",
    "other": "nothing of the target is there",
}
QUOTES = "'\"`(){}[]"
# Longer stretches would make long answers slow.
LOOP = re.compile(r"(.{1,60}?)\1{2,}", re.IGNORECASE)
LEXEME = re.compile(r"[^\W\d_]+|\S")  # a run of letters, or one digit or symbol
SHOWN = 3  # differences that the evidence shows


def classify(error: Error) -> ErrorClass:
    """Return the class of a wrong command; raises `ValueError` for a right one.

    Up to "flag_order" a class holds errors with differences of the classes before it as well: an
    answer without a quote and with a capital too many is "quoting". The evidence has the form
    `wanted → given`.

    >>> from helpers.rows import Example
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
        raise right(error.example.id)
    if repeated := loop(answer, target):
        return ErrorClass("loop", repeated)
    said = set(error.example.prompt.lower().split())
    name = _same_but(answer, target, error.equivalent, said)
    if name:
        show = _reordered if name == "flag_order" else differing
        return ErrorClass(name, show(answer, target))
    return _graver(answer, target, said)


def loop(answer: str, target: str) -> str:
    """Return what an answer repeats, and how often; "" if the target repeats it nearly as often.

    Spaces and capitals aside. Twice more than the target: what stands once too often is doubled.

    >>> loop("ping 8.8.8.8.8.8", "ping 8.8.8.8"), loop("ls a a a a", "ls a"), loop("1000", "100")
    ('8. × 5', 'a × 4', '')
    """
    given, wanted = _squashed(answer), _squashed(target)
    for match in LOOP.finditer(given):
        unit = match[1]
        times = len(match[0]) // len(unit)
        runs = re.findall(f"(?:{re.escape(unit)})+", wanted, re.IGNORECASE)
        if times >= 2 + max((len(run) // len(unit) for run in runs), default=0):
            return f"{unit} × {times}"
    return ""


def _same_but(answer: str, target: str, equivalent: bool, said: Collection[str]) -> str:
    """Name the mild difference that is the only one; "" if there is a graver."""
    if answer.casefold() == target.casefold():
        return "casing"
    given, wanted = _squashed(answer).casefold(), _squashed(target).casefold()
    if given == wanted:
        return "spacing"
    if equivalent:
        return "equivalent"
    if _unquoted(given) == _unquoted(wanted):
        return "quoting"
    bags = [Counter(_unordered(word, said) for word in lexemes(t)) for t in (answer, target)]
    return "flag_order" if bags[0] == bags[1] else ""


def _squashed(text: str) -> str:
    return "".join(text.split())


def _unquoted(text: str) -> str:
    return "".join(letter for letter in text if letter not in QUOTES)


def _unordered(word: str, said: Collection[str]) -> str:
    """Return a word that was said as it is, and the letters of flags (`-la`) in one order."""
    small = word.lower()
    return small if small in said else "".join(sorted(small))


def lexemes(text: str) -> list[str]:
    """Split a command into runs of letters, single digits and single symbols, without spaces.

    >>> lexemes("tar -xzf a_2.gz")
    ['tar', '-', 'xzf', 'a', '_', '2', '.', 'gz']
    """
    return LEXEME.findall(text)


def _graver(answer: str, target: str, said: Collection[str]) -> ErrorClass:
    found = differences(answer, target, said)
    if not found:
        return ErrorClass("other", f"{target} → {answer or 'no answer'}")
    name = next(name for name in CLASSES if any(kind == name for kind, _, _ in found))
    return ErrorClass(name, _listed([pair for kind, *pair in found if kind == name]))


def differences(answer: str, target: str, said: Collection[str]) -> list[tuple[str, str, str]]:
    """List what is missing, added or replaced, capitals and spaces aside; [] if all of it is.

    Each is its class, what is wanted and what is given. Where one of the two has all letters of
    the other, letters were dropped or added.

    >>> differences("ls -a ./src", "ls -la ./lib", {"lib"})
    [('dropped_or_doubled', 'la', 'a'), ('wrong_word', 'lib', 'src')]
    """
    wanted, given = list(LEXEME.finditer(target)), list(LEXEME.finditer(answer))
    small = [[one[0].lower() for one in found] for found in (wanted, given)]
    codes = SequenceMatcher(None, *small, autojunk=False).get_opcodes()
    if all(code[0] != "equal" for code in codes):
        return []
    pairs = [
        (_stretch(target, wanted[first:end]), _stretch(answer, given[start:stop]))
        for kind, first, end, start, stop in codes
        if kind != "equal"
    ]
    return [(_kind(*pair, said), *pair) for pair in pairs]


def _stretch(text: str, found: Sequence[re.Match[str]]) -> str:
    return text[found[0].start() : found[-1].end()] if found else ""


def _kind(wanted: str, given: str, said: Collection[str]) -> str:
    short, long = sorted((_squashed(wanted.lower()), _squashed(given.lower())), key=len)
    if _within(short, long):
        return "dropped_or_doubled"
    words = wanted.lower() in said and min(len(wanted), len(given)) > 1 and given.isalpha()
    return "wrong_word" if words else "wrong_symbol"


def _within(short: str, long: str) -> bool:
    """Whether `long` has the letters of `short` in their order, perhaps with others between."""
    rest = iter(long)
    return all(letter in rest for letter in short)


def differing(answer: str, target: str) -> str:
    """Return the words, cut at spaces, that differ.

    >>> differing("cat a | wc -L", "cat a|wc -l")
    'a|wc -l → a | wc -L'
    """
    wanted, given = target.split(), answer.split()
    codes = SequenceMatcher(None, wanted, given, autojunk=False).get_opcodes()
    return _listed(
        [
            (" ".join(wanted[first:end]), " ".join(given[start:stop]))
            for kind, first, end, start, stop in codes
            if kind != "equal"
        ]
    )


def _reordered(answer: str, target: str) -> str:
    """Return the words between the first and the last that differ."""
    wanted, given = target.split(), answer.split()
    first = len(commonprefix([wanted, given]))
    last = len(commonprefix([wanted[:first:-1], given[:first:-1]]))
    ends = [len(words) - last for words in (wanted, given)]
    return _listed([(" ".join(wanted[first : ends[0]]), " ".join(given[first : ends[1]]))])


def _listed(pairs: Sequence[Sequence[str]]) -> str:
    texts = [
        f"{wanted} → {given}" if wanted and given else f"missing: {wanted}" if wanted
        else f"added: {given}"
        for wanted, given in pairs[:SHOWN]
    ]  # fmt: skip
    return "; ".join([*texts, *["…"][: len(pairs) > SHOWN]])
