"""Greedy decoding, free or inside each row's grammar, of several prompts at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpers.engines.decoding.masks import Guide, allowed
from helpers.engines.decoding.reading import Choice, Tokens

if TYPE_CHECKING:
    from helpers.engines.loaded import Loaded


@dataclass
class Written:
    """One row's answer while it is written.

    `forced` counts tokens that were not chosen; `log_probability` is of those that were, among
    what was allowed; `margin` is the narrowest lead of a chosen token over the second best, in
    nats, and None while nothing was chosen.
    """

    limit: int
    guide: Guide | None = None
    tokens: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    forced: int = 0
    log_probability: float = 0.0
    margin: float | None = None
    ended: bool = False

    @property
    def done(self) -> bool:
        """Whether the answer has ended, or may not grow further."""
        return self.ended or len(self.tokens) >= self.limit

    def add(self, tokens: Tokens, ends: frozenset[int]) -> None:
        """Write tokens down, to be read in the next step."""
        tokens = tokens[: self.limit - len(self.tokens)]
        self.tokens += tokens
        self.unread = [*self.unread, *tokens]
        self.ended = bool(tokens) and tokens[-1] in ends

    def force(self, ends: frozenset[int]) -> None:
        """Write down what the grammar leaves no choice about."""
        if self.guide and not self.done:
            written = len(self.tokens)
            self.add(self.guide.forced(), ends)
            self.forced += len(self.tokens) - written

    def choose(self, choice: Choice, ends: frozenset[int]) -> None:
        """Write down a chosen token, and how sure the choice was; all before it has been read."""
        token, share, lead = choice
        if lead < math.inf:
            self.log_probability += share
            self.margin = lead if self.margin is None else min(self.margin, lead)
        else:
            self.forced += 1  # the mask left one token
        if self.guide:
            self.guide.take(token)
        self.unread = []
        self.add([token], ends)


def write(
    loaded: Loaded, prompts: Sequence[Tokens], rows: Sequence[Written], ends: frozenset[int]
) -> None:
    """Write all rows' answers after their prompts.

    A forced stretch is read in one step with the token chosen before it.
    """
    for row in rows:
        row.force(ends)
    active = [number for number, row in enumerate(rows) if not row.done]
    if not active:
        return
    reading, rest = loaded.begin([prompts[number] for number in active])
    steps = [[*left, *rows[n].unread] for n, left in zip(active, rest, strict=True)]
    while active:
        batch = [rows[number] for number in active]
        guides = [row.guide for row in batch if row.guide]
        mask = allowed(guides, loaded.width) if guides else None
        for row, choice in zip(batch, reading.choose(steps, mask), strict=True):
            row.choose(choice, ends)
            row.force(ends)
        left = [place for place, row in enumerate(batch) if not row.done]
        if left and len(left) < len(active):  # finished rows cost nothing from here on
            reading = reading.pick(left)
        active = [active[place] for place in left]
        steps = [rows[number].unread for number in active]
