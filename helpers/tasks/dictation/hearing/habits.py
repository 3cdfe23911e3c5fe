"""Spelling that commands hardly have: what a character n-gram cannot see from so far back.

It reads eight characters and has seldom met a new option with a number after it, so that it likes
`--retry3` as much as `--retry 3`. Here each token is looked at whole, and what training texts never
hold costs a few nats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from helpers.core.examples import Candidate

COST = 4.0  # nats for each token that nobody writes so
WITH_NUMBER = re.compile(r"--[a-z-]{3,}\d[\d.]*")
HOST = re.compile(r"[\w.-]+@[\w.-]+:")  # what is copied from or to there follows at once
SUBCOMMAND = re.compile("[a-z]+(-[A-Za-z])?")
JOINED = re.compile("([a-z]+)(-[A-Za-z])")  # a subcommand, and a flag of one letter


@dataclass(frozen=True)
class Habits:
    """What training texts hold: long options with numbers in them, and subcommands."""

    options: frozenset[str] = frozenset()
    subcommands: frozenset[str] = frozenset()

    def cost(self, text: str) -> float:
        """Return how many nats the odd tokens of a text cost.

        >>> habits = learned(["tmux new -d", "sum --sha256 a"])
        >>> [habits.cost(text) for text in ("curl --retry3 b", "tmux new-s b", "scp me@host: b")]
        [4.0, 4.0, 4.0]
        >>> habits.cost("sum --sha256 b"), habits.cost("scp b me@host:")
        (0.0, 0.0)
        """
        return COST * sum(1 for _ in self._odd(text.split()))

    def _odd(self, tokens: Sequence[str]) -> Iterator[str]:
        for at, token in enumerate(tokens):
            joined = JOINED.fullmatch(token) if at == 1 else None
            if (
                (WITH_NUMBER.fullmatch(token) and token not in self.options)
                or (HOST.fullmatch(token) and at + 1 < len(tokens) and tokens[at + 1][0].isalnum())
                or (joined and token not in self.subcommands and joined[1] in self.subcommands)
            ):
                yield token

    def ranked(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return candidates, best first, once each has paid for its odd tokens."""
        paid = [one._replace(score=one.score - self.cost(one.text)) for one in candidates]
        return sorted(paid, key=lambda one: -one.score)


def learned(texts: Iterable[str]) -> Habits:
    """Return the habits of texts."""
    options: set[str] = set()
    subcommands: set[str] = set()
    for text in texts:
        tokens = text.split()
        options.update(token for token in tokens if WITH_NUMBER.fullmatch(token))
        subcommands.update(token for token in tokens[1:2] if SUBCOMMAND.fullmatch(token))
    return Habits(frozenset(options), frozenset(subcommands))
