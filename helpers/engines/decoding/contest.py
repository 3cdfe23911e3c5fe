"""Reading only what can still win: a list of answers read best first, as a tree that grows.

A log-probability only falls as a text is read on. So what was read of an answer bounds its score
from above, and an answer whose bound lies below the best complete ones need not be read further
(best-first search with an admissible bound: Hart, Nilsson, Raphael 1968).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpers.engines.decoding.prefix_tree import Tree

if TYPE_CHECKING:
    import numpy as np

Step = tuple[int, int]  # a node, by its parent and its token


@dataclass(frozen=True)
class Contest:
    """What the answers' own scores are, and the model's weight beside them."""

    own: Sequence[float]
    mix: float

    def mixed(self, number: int, model: float) -> float:
        """Return an answer's score where its log-probability is `model`."""
        return self.mix * model + (1 - self.mix) * self.own[number]


@dataclass
class Climb:
    """A tree half read: the log-probabilities of tokens after each node that was read."""

    tree: Tree
    shares: dict[int, Mapping[int, float] | np.ndarray] = field(default_factory=dict)

    def total(self, number: int) -> float:
        """Return a text's log-probability as far as it was read: no less than its own."""
        way = self.tree.ways[number]
        return float(sum(self.shares[node][token] for node, token in way if node in self.shares))

    def unread(self, numbers: Sequence[int]) -> list[Step]:
        """Return the nodes on some texts' ways that were not read, parents first."""
        steps = (step for number in numbers for step in self.tree.ways[number][:-1])
        nodes = self.tree.nodes
        return [step for step in dict.fromkeys(steps) if nodes[step] not in self.shares]


def rounds(
    climb: Climb, contest: Contest, sure: float, complete: list[float] | None = None, texts: int = 1
) -> Iterator[list[Step]]:
    """Yield what to read next, of the best `texts` at a time, until nothing is left that counts.

    Only the best text need be right, and the second where it comes within `sure` nats. `complete`
    gathers the scores of the texts that were read to their end, in this tree and those before.
    """
    complete = [] if complete is None else complete
    open_ = set(climb.tree.ways)
    while open_:
        bounds = {n: contest.mixed(n, climb.total(n)) for n in open_}
        for number in [n for n in open_ if not climb.unread([n])]:
            complete.append(bounds[number])
            open_.remove(number)
        complete[:] = sorted(complete, reverse=True)[:2]
        if complete:
            least = max([complete[0] - sure, *complete[1:]])
            open_ = {n for n in open_ if bounds[n] >= least}
        if open_:
            best = sorted(open_, key=lambda n: (-bounds[n], n))[:texts]
            yield climb.unread(best)
