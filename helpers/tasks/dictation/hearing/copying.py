"""A grammar for what no lattice reaches: texts made of an utterance's words and known ones.

To "change permissions to seven fifty five on the nginx config" a model answers with words that
nobody said (`chmod`). It may, but each word has to be one that was said, in one of its readings, or
one that commands are made of, and each number has to be said. Order, signs and spaces are free. So
a model can leave out and turn around, and can make up no name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from helpers.tasks.dictation.hearing import english
from helpers.tasks.dictation.hearing.readings import Reader
from helpers.tasks.dictation.hearing.talk import Talk
from helpers.tasks.dictation.hearing.units import Unit, units_of
from helpers.tasks.lark import quoted

SEEN, OFTEN = 3, 30  # times that a word was read: in its place, or anywhere
ALONE = frozenset(["|", "||", "&&", ";", "sudo"])  # a program comes after them
SUBCOMMAND = re.compile("[a-z]+(?:-[a-z]+)*")
WORD = re.compile("[A-Za-z]+")
PIECE = re.compile("[A-Za-z]+|[0-9]+")


def vocabulary(texts: Iterable[str], seen: int = SEEN) -> tuple[str, ...]:
    """Return the words that commands are made of: programs, subcommands, flags, common names.

    >>> vocabulary(["git push -u origin", "ls -la | wc -l"], 1)
    ('git', 'l', 'la', 'ls', 'push', 'u', 'wc')
    """
    placed, anywhere = Counter[str](), Counter[str]()
    for text in texts:
        placed.update(word for token in _places(text.split()) for word in WORD.findall(token))
        anywhere.update(set(WORD.findall(text)))
    known = {word for word, count in placed.items() if count >= seen}
    return tuple(sorted(known | {word for word, count in anywhere.items() if count >= OFTEN}))


def _places(tokens: Sequence[str]) -> Iterator[str]:
    """Yield the tokens that are a program, the word straight after it, or a flag."""
    programs = [at for at in range(len(tokens)) if at == 0 or tokens[at - 1] in ALONE]
    for at, token in enumerate(tokens):
        flag = token.startswith("-") and "=" not in token and "/" not in token
        after = at - 1 in programs and SUBCOMMAND.fullmatch(token)
        if at in programs or flag or after:
            yield token


def lark(transcript: str, reader: Reader, known: Iterable[str]) -> str:
    """Return the grammar of an utterance's texts; `known` are the words that nobody has to say.

    The empty text is one of them, since talk may hold no command. Between two words stands a space
    or a sign, unless a case was announced ("camel case max count").

    >>> from helpers.tasks.dictation.bash import BASH
    >>> print(lark("list foo", Reader(BASH), ["ls"]).splitlines()[3])
    WORD: "ls" | "list" | "foo"
    """
    units = units_of(transcript, reader.domain)
    words, numbers = said(units, reader)
    words = dict.fromkeys([*known, *words])
    signs = [s.written for s in reader.domain.symbols if not s.written.isalnum()]
    word = "WORD+" if any(_announces(units, at, reader) for at in range(len(units))) else "WORD"
    lines = [
        "start: TEXT?",
        'TEXT: TOKEN (" " TOKEN)*',
        "TOKEN: SIGNS? CORE (SIGNS CORE)* SIGNS? | SIGNS",
        f"WORD: {' | '.join(map(quoted, words))}" if words else 'WORD: " "',
        f"CORE: {word} NUMBER? | NUMBER ({word})?" if numbers else f"CORE: {word}",
        f"SIGNS: ({' | '.join(map(quoted, signs))})+",
    ]
    if numbers:
        lines.append(f"NUMBER: ({' | '.join(map(quoted, numbers))})+")
    return "\n".join(lines)


def said(units: Sequence[Unit], reader: Reader) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words and the numbers that may be written, by all readings of all units.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> said(units_of("port eighty eighty", BASH), Reader(BASH))
    (('port', 'eighty'), ('80',))
    """
    pieces = dict.fromkeys(
        piece
        for at in range(len(units))
        for reading in reader.readings(units, at)
        for piece in PIECE.findall(reading.text)
    )
    words = (piece for piece in pieces if piece.isalpha() and piece not in english.GLUE)
    return tuple(words), tuple(piece for piece in pieces if piece.isdigit())


def _announces(units: Sequence[Unit], at: int, reader: Reader) -> bool:
    """Whether a letter case is announced at `at`: words may then stand together."""
    phrases = [" ".join(unit.low for unit in units[at : at + n]) for n in (1, 2)]
    return any(phrase in reader.domain.cases for phrase in phrases)


def left_out(text: str, transcript: str, reader: Reader, talk: Talk) -> float:
    """Return what it costs, in nats, that a text leaves words of an utterance out.

    A word is in the text if one of its readings is, wherever it stands there: a model may turn
    words around. So a text of a model's own pays as a text of the lattice does, which leaves talk
    out for the same price.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> said = "list the notes dot txt"
    >>> left_out("ls notes.txt", said, Reader(BASH), Talk())
    9.5
    >>> left_out("ls notes", said, Reader(BASH), Talk())
    23.5
    """
    units, low = units_of(transcript, reader.domain), text.lower()
    costs = talk.of([unit.low for unit in units], reader.domain, reader.words)
    total, at = 0.0, 0
    while at < len(units):
        ends = [one.end for one in reader.readings(units, at) if one.text.lower() in low]
        if not ends and units[at].low != reader.domain.space_word:
            total += costs[at]
        at = max(ends, default=at + 1)
    return total and total + talk.before
