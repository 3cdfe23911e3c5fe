"""Texts that may follow a row as a tree: what they begin with in common is read once.

All nodes of a tree are read in one step; each sees what the row has read and the nodes on its own
way from the root ("tree attention", Miao et al. 2023, SpecInfer, arXiv:2305.09781).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from helpers.engines.decoding.reading import LOGITS, Tokens

if TYPE_CHECKING:
    import numpy as np

ROOT = -1  # where the row ended
NODES = 256  # of a tree: each attends to all, so a large tree costs its square
READ = 2048  # in one step


@dataclass(frozen=True)
class Tree:
    """Some of the texts that may follow row number `row`.

    `nodes` numbers the tokens that are read, each by its parent and itself, parents first. `ways`
    tells for a text's number which node each of its tokens comes after: the last token is asked
    for and never read.
    """

    row: int
    nodes: dict[tuple[int, int], int] = field(default_factory=dict)
    ways: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def add(self, number: int, text: Tokens) -> None:
        """Add a text of at least one token.

        >>> tree = Tree(row=0)
        >>> tree.add(0, [5, 6, 9]); tree.add(1, [5, 7, 9])
        >>> tree.nodes
        {(-1, 5): 0, (0, 6): 1, (0, 7): 2}
        >>> tree.ways[1]
        [(-1, 5), (0, 7), (2, 9)]
        """
        node, way = ROOT, []
        for token, _ in pairwise(text):
            way.append((node, token))
            node = self.nodes.setdefault((node, token), len(self.nodes))
        self.ways[number] = [*way, (node, text[-1])]

    def sight(self) -> np.ndarray:
        """Return which nodes each node sees: its ancestors and itself, boolean [nodes, nodes]."""
        import numpy as np

        sees = np.eye(len(self.nodes), dtype=bool)
        for (parent, _), node in self.nodes.items():
            if parent != ROOT:
                sees[node] |= sees[parent]
        return sees


def planted(followed: Sequence[Sequence[Tokens]], width: int) -> Iterator[list[Tree]]:
    """Yield the trees of every row's texts, in batches that fit into memory together.

    `width` logits a node decide how much fits; a row with many texts has several trees.
    """
    most = max(1, min(READ, LOGITS // width))
    size = min(NODES, most)
    trees = [tree for row, texts in enumerate(followed) for tree in trees_of(row, texts, size)]
    trees.sort(key=lambda tree: len(tree.nodes))
    batch: list[Tree] = []
    for tree in trees:  # the newest is the largest, and all are padded to it
        if batch and (len(batch) + 1) * len(tree.nodes) > most:
            yield batch
            batch = []
        batch.append(tree)
    if batch:
        yield batch


def trees_of(row: int, texts: Sequence[Tokens], most: int) -> Iterator[Tree]:
    """Yield the trees of a row's texts, each of at most `most` nodes or of one text."""
    tree = Tree(row)
    for number in sorted(range(len(texts)), key=lambda n: list(texts[n])):
        if tree.ways and len(tree.nodes) + len(texts[number]) > most:
            yield tree
            tree = Tree(row)
        tree.add(number, texts[number])
    if tree.ways:
        yield tree
