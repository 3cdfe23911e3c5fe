"""A written text to the words somebody would say: the direction that is fully determined.

Two conventions. *plain*: spaces are not spoken, and letters that are spelled come out in
capitals whatever their case. *protocol*: "space" is a word, capitals are announced ("capital x",
"all caps post"), and nothing is left to guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.numbers import SCALES, spoken_number

CASED = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]")


class Unspeakable(ValueError):
    """A text that the convention cannot say; the message names the place and the reason."""


def scan(token: str, domain: Domain) -> list[str]:
    """Split a token without spaces into symbols, runs of digits and runs of letters.

    Raises `Unspeakable` for a character that no symbol of the domain covers.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> scan("-n10", BASH), scan("2>&1", BASH), scan("a--b", BASH)
    (['-', 'n', '10'], ['2>&', '1'], ['a', '--', 'b'])
    """
    pieces, end = [], 0
    while end < len(token):
        match = domain.scanner.match(token, end)
        if not match:
            raise Unspeakable(
                f"{token[end]!r} in {token!r} has no spoken form; "
                f"add a symbol for it to the {domain.name} table or leave the text out"
            )
        pieces.append(match.group())
        end = match.end()
    return pieces


def speak_piece(piece: str, before: str, domain: Domain) -> list[str]:
    """Words for one piece of `scan` in the plain convention; `before` is the piece before it.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> speak_piece("rf", "-", BASH), speak_piece("rf", ".", BASH), speak_piece("x", "", BASH)
    (['R', 'F'], ['rf'], ['X'])
    """
    if symbol := domain.by_written.get(piece):
        return symbol.spoken.split()
    if piece.isdigit():
        return spoken_number(piece)
    if spelled(piece, before, domain):
        return list(piece.upper())
    return [piece.upper()] if len(piece) == 1 else [piece]


def spelled(letters: str, before: str, domain: Domain) -> bool:
    """Whether a run of letters is said letter by letter (a short flag such as `-xzf`)."""
    if not before or before != domain.spell_after or letters in domain.by_written:
        return False
    return len(letters) <= domain.spell_at_most


def speak_cased(letters: str, before: str, domain: Domain) -> list[str]:
    """Words for a run of letters in the protocol convention, every capital announced."""
    if spelled(letters, before, domain):
        parts: Iterable[str] = letters
    else:
        parts = CASED.findall(letters)
    words: list[str] = []
    for part in parts:
        if len(part) > 1 and part.isupper():
            words += ["all", "caps"]
        elif part[0].isupper():
            words.append("capital")
        words.append(part.lower())
    return words


def verbalize(
    text: str,
    domain: Domain,
    convention: str = "plain",
    literals: Iterable[str] | None = None,
) -> str:
    """Dictate `text`: the words somebody following `convention` would say.

    `literals` are reserved words of the domain that may also stand for themselves (a host
    called `star`); `None` lets every one of them. Raises `Unspeakable` for a character without a
    spoken form, and for a reserved word that would be heard as its symbol.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> verbalize("find . -name *.txt", BASH)
    'find dot dash name star dot txt'
    >>> verbalize("tar -xzf A.tar.gz | wc -l", BASH)
    'tar dash X Z F A dot tar dot gz pipe wc dash L'
    >>> verbalize("grep -E TODO src", BASH, convention="protocol")
    'grep space dash capital e space all caps todo space src'
    >>> verbalize("look at it", BASH, literals=())
    Traceback (most recent call last):
    ...
    helpers.tasks.dictation.verbalize.Unspeakable: 'at' in 'look at it' would be heard as '@'; ...
    """
    if convention not in ("plain", "protocol"):
        raise ValueError(f"unknown convention {convention!r}; choose 'plain' or 'protocol'")
    if not text.strip():
        raise Unspeakable("an empty text has no words; leave it out")
    protocol = convention == "protocol"
    allowed = frozenset() if protocol else None if literals is None else frozenset(literals)
    words: list[str] = []
    for number, token in enumerate(text.split()):
        if protocol and number:
            words.append(domain.space_word)
        before = ""
        for piece in scan(token, domain):
            letters = piece.isalpha() and piece not in domain.by_written
            if letters and not spelled(piece, before, domain):
                refuse_reserved(piece, text, domain, allowed, protocol)
            if protocol and letters:
                words += speak_cased(piece, before, domain)
            else:
                words += speak_piece(piece, before, domain)
            before = piece
    return " ".join(words)


def refuse_reserved(
    word: str, text: str, domain: Domain, allowed: frozenset[str] | None, protocol: bool
) -> None:
    """Raise `Unspeakable` when `word` of `text` would be heard as something else."""
    if allowed is None or word in allowed:
        return
    heads = {w for phrase in domain.cases for w in phrase.split()[:1]} | SCALES
    parts = CASED.findall(word) if protocol else [word]
    for part in parts:
        said = part.lower() if protocol else part
        if said in domain.reserved:
            symbols = domain.by_spoken.get((said,))
            heard = repr(symbols[0]) if symbols else "part of a symbol or a number"
        elif protocol and (said == domain.space_word or said in heads):
            heard = "a word of the protocol"
        else:
            continue
        mending = "" if protocol else ", or name the word in literals"
        raise Unspeakable(
            f"{said!r} in {text!r} would be heard as {heard}; leave the text out{mending}"
        )
