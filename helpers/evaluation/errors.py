"""Reading errors: what kind each is, where two texts differ, how sure the answer was."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from helpers.core.examples import Example

WIDTH = 88  # columns a printed line may take


@dataclass(frozen=True)
class Error:
    """A wrong answer, its row, and its margin: None where no margin is known."""

    example: Example
    answer: str
    margin: float | None
    equivalent: bool

    @property
    def kind(self) -> str:
        """What would have to be mended."""
        return kind_of_error(self.answer, self.example.target)


@dataclass(frozen=True)
class ErrorClass:
    """The class of an error, and the piece of the answer that shows it."""

    name: str
    evidence: str


def counts(found: Iterable[ErrorClass], classes: Iterable[str]) -> dict[str, int]:
    """Count the errors of each class, in the order of `classes`, those without errors as well.

    Raises `ValueError` for an error of none of these classes.

    >>> counts([ErrorClass("casing", "-l → -L")], ["loop", "casing"])
    {'loop': 0, 'casing': 1}
    """
    names = list(classes)
    counted = Counter(one.name for one in found)
    if unknown := sorted(counted.keys() - set(names)):
        raise ValueError(f"{unknown[0]!r} is not among {', '.join(names)}; count one task's errors")
    return {name: counted[name] for name in names}


def not_an_error(id_: str) -> ValueError:
    """Return what to raise for an answer that is no error."""
    return ValueError(f"{id_}: the answer is right; classify wrong answers alone")


def kind_of_error(answer: str, target: str) -> str:
    """Name what has to be mended: a space, a letter's case, both, or something else.

    >>> kind_of_error("ls - l", "ls -l"), kind_of_error("ls -L", "ls -l"), kind_of_error("a", "b")
    ('a space', "a letter's case", 'something else')
    """
    if "".join(answer.split()) == "".join(target.split()):
        return "a space"
    if answer.casefold() == target.casefold():
        return "a letter's case"
    bare = ["".join(text.casefold().split()) for text in (answer, target)]
    return "a space and a letter's case" if bare[0] == bare[1] else "something else"


def marks(answer: str, target: str) -> str:
    """Return a line with ^ below each character of `answer` that differs from `target`.

    >>> marks("ls -L a", "ls -l a"), marks("ls-l", "ls -l")
    ('    ^', '  ^')
    """
    line = [" "] * (len(answer) + 1)
    matcher = SequenceMatcher(None, answer, target, autojunk=False)
    for kind, first, end, *_ in matcher.get_opcodes():
        if kind != "equal":
            line[first : max(end, first + 1)] = "^" * max(end - first, 1)
    return "".join(line).rstrip()


def surest_and_drawn(
    errors: Sequence[Error], count: int = 10, seed: int = 0
) -> dict[str, list[Error]]:
    """Return the errors of greatest margin, and as many drawn at random from the rest.

    Where no margin is known all are drawn.

    >>> errors = [Error(Example("1", "a", "b"), "c", margin, False) for margin in (1.0, 3.0, 2.0)]
    >>> {how: [e.margin for e in found] for how, found in surest_and_drawn(errors, 1).items()}
    {'the surest': [3.0], 'drawn at random': [2.0]}
    """
    known = [error for error in errors if error.margin is not None]
    surest = sorted(known, key=lambda error: -(error.margin or 0))[:count]
    rest = [error for error in errors if error not in surest]
    drawn = random.Random(seed).sample(rest, min(count, len(rest)))
    found = {"the surest": surest, "drawn at random": drawn}
    return {how: errors for how, errors in found.items() if errors}


def shown(error: Error) -> str:
    """Return an error as the lines a reader compares, folded between words.

    >>> print(shown(Error(Example("1", "ls dash L", "ls -l"), "ls -L", 2.5, False)))
            said    ls dash L
       2.5  target  ls -l
            answer  ls -L
                        ^
    >>> print(shown(Error(Example("1", "ls dash l", "ls -l"), "ls", None, False)))
            said    ls dash l
            target  ls -l
            answer  ls
                      ^
    """
    answer, target = error.answer, error.example.target
    margin = "" if error.margin is None else f"{error.margin:.1f}"
    differing = marks(answer, target)
    lines = _labelled("", "said", folded(error.example.prompt))
    lines += _labelled(margin, "target", folded(target))
    at = 0
    pieces = folded(answer)
    for number, piece in enumerate(pieces, 1):
        end = at + len(piece) if number < len(pieces) else None  # a mark may lie behind the last
        lines += _labelled("", "" if at else "answer", [piece])
        lines += _labelled("", "", [differing[at:end]])
        at += len(piece)
    return "\n".join(line for line in lines if line)


def _labelled(margin: str, label: str, pieces: list[str]) -> list[str]:
    labels = [(margin, label), *[("", "")] * len(pieces)]
    return [
        f"{before:>6}  {name:6}  {piece}".rstrip()
        for (before, name), piece in zip(labels, pieces, strict=False)
    ]


def folded(text: str, width: int = WIDTH - 16) -> list[str]:
    """Cut a text after spaces or commas into pieces of at most `width`; together they are it.

    >>> folded("one two three", 9)
    ['one two ', 'three']
    """
    pieces = []
    while len(text) > width:
        cut = max(text.rfind(" ", 0, width), text.rfind(",", 0, width)) + 1 or width
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]
