"""Reading with a model that attends to a sliding window: together while it fits, then apart.

A window counts the slots of a cache, padding included. What pads a row would push its oldest tokens
out too early, so that it answers otherwise than alone; a row by itself is never padded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.core.examples import Example, RowError
from helpers.engines.decoding.reading import Choice, Reading, Tokens

if TYPE_CHECKING:
    import numpy as np

    from helpers.engines.decoding.contest import Contest

Begun = tuple[Reading, list[Tokens]]  # a reading, and what is left of each prompt
Part = tuple[Reading, slice, Sequence[Tokens]]  # a reading, of which rows, and what they read next


class BeyondWindow(RowError):
    """Row number `row` of those read has a prompt and answers too long for the model's window."""

    def __init__(self, row: int, window: int) -> None:
        """Take the row's number and the window in tokens."""
        super().__init__(
            f"its prompt and answers reach beyond the model's window of {window} tokens, inside "
            "which alone rescoring works; decode with grammar"
        )
        self.row = row


@contextmanager
def named(examples: Sequence[Example]) -> Iterator[None]:
    """Name the example that reaches beyond a window.

    >>> with named([Example("a", "", ""), Example("b", "", "")]):
    ...     raise BeyondWindow(1, 512)
    Traceback (most recent call last):
    helpers.core.examples.RowError: row 'b': its prompt and answers reach beyond ...
    """
    try:
        yield
    except BeyondWindow as error:
        raise RowError(f"row {examples[error.row].id!r}: {error}") from error


@dataclass
class Sliding:
    """What a model with a window of `window` tokens has read of its rows.

    They begin in one of the `readings`. Where a step could push a padded row's tokens out of the
    window, each is read anew by itself, by `begin`, and they stay `apart`.
    """

    begin: Callable[[Sequence[Tokens]], Begun]
    window: int
    readings: list[Reading]  # one of all rows, or of each where they are apart
    read: list[list[int]]  # each row's tokens
    slots: int  # that each row takes, padding included
    apart: bool = False

    def choose(self, rows: Sequence[Tokens], allowed: np.ndarray | None = None) -> list[Choice]:
        """Read each row's next tokens and choose what follows, among what is `allowed`."""
        return [
            choice
            for reading, at, part in self._step(rows)
            for choice in reading.choose(part, None if allowed is None else allowed[at])
        ]

    def pick(self, rows: Sequence[int]) -> Sliding:
        """Return the reading of the rows named, in that order, some perhaps several times."""
        if self.apart:
            readings = [self.readings[row].pick([0]) for row in rows]
        else:
            readings = [self.readings[0].pick(rows)]
        read = [self.read[row] for row in rows]
        return Sliding(self.begin, self.window, readings, read, self.slots, self.apart)

    def totals(
        self,
        rows: Sequence[Tokens],
        followed: Sequence[Sequence[Tokens]],
        contests: Sequence[Contest] | None = None,
    ) -> list[list[float]]:
        """Read each row's next tokens; return log P of each text that may follow it.

        Raises `BeyondWindow` where the framework cannot read a row's texts.
        """
        found: list[list[float]] = []
        longest = max(len(text) for texts in followed for text in texts)
        for reading, at, part in self._step(rows, more=longest - 1):  # the last is never read
            try:
                found += reading.totals(part, followed[at], contests and contests[at])
            except BeyondWindow as error:
                error.row += at.start
                raise
        return found

    def _step(self, rows: Sequence[Tokens], more: int = 0) -> list[Part]:
        """Return what reads each row's next tokens, and `more` after them."""
        self.slots += max(map(len, rows))
        self.read = [[*before, *row] for before, row in zip(self.read, rows, strict=True)]
        if not self.apart:
            padded = min(map(len, self.read)) < self.slots
            if not padded or self.slots + more <= self.window:
                return [(self.readings[0], slice(0, len(rows)), rows)]
            begun = [self.begin([tokens]) for tokens in self.read]
            self.readings, self.apart = [reading for reading, _ in begun], True
            rows = [left for _, (left,) in begun]
        return [(one, slice(n, n + 1), [rows[n]]) for n, one in enumerate(self.readings)]


def kept(
    begin: Callable[[Sequence[Tokens]], Begun], window: int, prompts: Sequence[Tokens], begun: Begun
) -> Begun:
    """Return prompts `begun` so that a window is kept to; `window` is 0 where there is none."""
    reading, rest = begun
    if not window or len(prompts) == 1:
        return begun
    shared = len(prompts[0]) - len(rest[0])
    read = [list(prompt[:shared]) for prompt in prompts]
    return Sliding(begin, window, [reading], read, shared), rest
