"""Texts that may follow a row as a tree: what they begin with in common is read once.

All nodes of a tree are read in one step; each sees what the row has read and the nodes on its own
way from the root ("tree attention", Miao et al. 2023, SpecInfer, arXiv:2305.09781).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from helpers.engines.decoding.reading import LOGITS, Tokens

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

    def after(self) -> dict[int, list[int]]:
        """Return which tokens may come after each node, in some text.

        >>> tree = Tree(row=0)
        >>> tree.add(0, [5, 6, 9]); tree.add(1, [5, 7, 9])
        >>> tree.after()
        {-1: [5], 0: [6, 7], 1: [9], 2: [9]}
        """
        steps = (step for way in self.ways.values() for step in way)
        found: dict[int, list[int]] = {}
        for node, token in dict.fromkeys(steps):
            found.setdefault(node, []).append(token)
        return found

    @property
    def depth(self) -> int:
        """How many nodes lie on the longest way."""
        return max(map(len, self.ways.values())) - 1


def planted(
    followed: Sequence[Sequence[Tokens]], width: int, at_once: int = 0
) -> Iterator[list[Tree]]:
    """Yield the trees of every row's texts, in batches that fit into memory together.

    `width` logits a node decide how much fits; a row with many texts has several trees. Where only
    so many texts of a row are read `at_once`, it has one.
    """
    most = max(1, min(READ, LOGITS // width))
    size = sum(len(text) for texts in followed for text in texts) if at_once else min(NODES, most)
    trees = [tree for row, texts in enumerate(followed) for tree in trees_of(row, texts, size)]

    def nodes(tree: Tree) -> int:
        return min(len(tree.nodes), at_once * tree.depth or len(tree.nodes))

    trees.sort(key=nodes)
    batch: list[Tree] = []
    for tree in trees:  # the newest is the largest, and all are padded to it
        if batch and (len(batch) + 1) * nodes(tree) > most:
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
