"""What it takes to decode with a framework: read some tokens further, and say what comes next.

A loop of our own instead of each framework's `generate`: rows may read different numbers of tokens
in one step (forced ones need no step each), finished rows leave the batch, and the beginning that
all prompts share is read once. Torch and MLX each have a `Reading`; all else is common to them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np

    from helpers.engines.decoding.contest import Contest

Tokens = Sequence[int]

PAIRS = 128  # candidates read at once; each brings a copy of its row's cache
LOGITS = 1 << 26  # logits read at once: 256 MB, and as much again for each copy on the way


class Choice(NamedTuple):
    """The likeliest token, its log-probability, and its lead over the second best, in nats."""

    token: int
    share: float
    lead: float


class Reading(Protocol):
    """What a model has read of its rows."""

    def choose(self, rows: Sequence[Tokens], allowed: np.ndarray | None = None) -> list[Choice]:
        """Read each row's next tokens and choose what follows, among what is `allowed`.

        `allowed` is boolean, [rows, tokens of the vocabulary]; None allows every token.
        """

    def pick(self, rows: Sequence[int]) -> Reading:
        """Return the reading of the rows named, in that order, some perhaps several times."""

    def totals(
        self,
        rows: Sequence[Tokens],
        followed: Sequence[Sequence[Tokens]],
        contests: Sequence[Contest] | None = None,
    ) -> list[list[float]]:
        """Read each row's next tokens; return log P of each text that may follow it.

        `followed` lists texts for every row; they are scored in batches and not read on from. In
        contests a text that cannot win may have what it had until that was known.
        """


def shared_beginning(prompts: Sequence[Tokens]) -> int:
    """Return how many tokens all prompts begin with, the last token of a prompt not counted.

    >>> shared_beginning([[7, 1, 2, 3], [7, 1, 5]]), shared_beginning([[7, 1], [7, 1]])
    (2, 1)
    """
    count = 0
    for tokens in zip(*(prompt[:-1] for prompt in prompts), strict=False):
        if len(set(tokens)) > 1:
            break
        count += 1
    return count


def in_batches(
    followed: Sequence[Sequence[Tokens]],
    width: int,
    score: Callable[[Sequence[int], Sequence[Tokens]], list[float]],
) -> list[list[float]]:
    """Score every text of every row, those of like length together, a batch at a time.

    `score` takes rows' numbers and a text for each, and returns a number for each; `width` logits
    a token decide how many texts fit into memory at once.

    >>> in_batches([[[1], [1, 2]], [[3]]], 10, lambda rows, texts: [sum(t) for t in texts])
    [[1, 3], [3]]
    """
    places = [(row, n) for row, texts in enumerate(followed) for n in range(len(texts))]
    places.sort(key=lambda place: len(followed[place[0]][place[1]]))
    longest = max(len(followed[row][n]) for row, n in places)
    size = min(PAIRS, max(1, LOGITS // (longest * width)))
    found = [[0.0] * len(texts) for texts in followed]
    for at in range(0, len(places), size):
        part = places[at : at + size]
        scores = score([row for row, _ in part], [followed[row][n] for row, n in part])
        for (row, n), total in zip(part, scores, strict=True):
            found[row][n] = total
    return found
