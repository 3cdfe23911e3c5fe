"""Where a wrong command differs from its target, and what kind each difference is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from os.path import commonprefix

LEXEME = re.compile(r"[^\W\d_]+|\d+|\S")  # a run of letters, a number, or one symbol
SHOWN = 3  # differences that the evidence shows


def lexemes(text: str) -> list[str]:
    """Split a command into runs of letters, numbers and single symbols, without spaces.

    >>> lexemes("tar -xzf a_20.gz")
    ['tar', '-', 'xzf', 'a', '_', '20', '.', 'gz']
    """
    return LEXEME.findall(text)


def squashed(text: str) -> str:
    """Return a text without its spaces."""
    return "".join(text.split())


def differences(answer: str, target: str, said: Sequence[str]) -> list[tuple[str, str, str]]:
    """List what is missing, added or replaced, capitals and spaces aside; [] if all of it is.

    Each is its class, what is wanted and what is given; `said` are the dictation's words, small.

    >>> for one in differences("cp -r lib two -a", "cp -ra lib 2 -b", ["lib", "two"]):
    ...     print(*one, sep=" | ")
    dropped_or_doubled | ra | r
    spoken | 2 | two
    wrong_symbol | b | a
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
    return [
        (_kind(*pair, said, small[0]), *pair)
        for pair in pairs
        if squashed(pair[0]).lower() != squashed(pair[1]).lower()
    ]


def _stretch(text: str, found: Sequence[re.Match[str]]) -> str:
    return text[found[0].start() : found[-1].end()] if found else ""


def _kind(wanted: str, given: str, said: Sequence[str], target: Sequence[str]) -> str:
    """Name the class of one difference; `target` are all lexemes meant, in small letters."""
    if not wanted or not given:
        return "dropped_or_doubled"
    wanted, given = wanted.lower(), given.lower()
    # A name that was said is in the target; "dash" and "five" are not.
    kept = [word for word in lexemes(given) if _is_word(word, said) and word.isalpha()]
    if any(word not in target and word not in wanted for word in kept):
        return "spoken"
    if any(_is_word(lexeme, said) for lexeme in lexemes(wanted)):
        return "wrong_word"
    flags, answered = squashed(wanted), squashed(given)
    # A letter that became a word is not doubled: nearly every letter is within some word.
    doubled = _within(flags, answered) and len(answered) <= 2 * len(flags)
    return "dropped_or_doubled" if doubled or _within(answered, flags) else "wrong_symbol"


def _is_word(lexeme: str, said: Sequence[str]) -> bool:
    """Whether a lexeme is a number, or a word that was said; else it is a symbol or letters."""
    return lexeme.isdigit() or (len(lexeme) > 1 and lexeme in said)


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
    return listed(
        [
            (" ".join(wanted[first:end]), " ".join(given[start:stop]))
            for kind, first, end, start, stop in codes
            if kind != "equal"
        ]
    )


def reordered(answer: str, target: str) -> str:
    """Return the words, cut at spaces, between the first and the last that differ.

    >>> reordered("ls -a -l b", "ls -l -a b")
    '-l -a → -a -l'
    """
    wanted, given = target.split(), answer.split()
    first = len(commonprefix([wanted, given]))
    last = len(commonprefix([wanted[:first:-1], given[:first:-1]]))
    ends = [len(words) - last for words in (wanted, given)]
    return listed([(" ".join(wanted[first : ends[0]]), " ".join(given[first : ends[1]]))])


def listed(pairs: Sequence[Sequence[str]]) -> str:
    """Write pairs of what is wanted and given as evidence.

    >>> listed([("-l", "-L"), ("a", ""), ("", "b")])
    '-l → -L; missing: a; added: b'
    """
    texts = [
        f"{wanted} → {given}" if wanted and given else f"missing: {wanted}" if wanted
        else f"added: {given}"
        for wanted, given in pairs[:SHOWN]
    ]  # fmt: skip
    return "; ".join([*texts, *["…"][: len(pairs) > SHOWN]])
