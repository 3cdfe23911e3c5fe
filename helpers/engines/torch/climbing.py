"""Reading trees of texts with a causal model of transformers, round by round, many rows at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from helpers.engines.decoding.contest import Climb, Contest, Step, rounds
from helpers.engines.decoding.prefix_tree import ROOT, Tree
from helpers.engines.decoding.sliding import BeyondWindow

if TYPE_CHECKING:
    from helpers.engines.torch.reading import Reading

SURE = 8.0  # nats: a lead that is wider is known to be so, and no more
TEXTS = 2  # of a row read in one round: fewer rounds, for a few nodes more


@dataclass
class Row:
    """A row's tree, what is to be read of it, and in which slots of the cache its nodes lie."""

    climb: Climb
    after: dict[int, list[int]]
    rounds: Iterator[list[Step]]
    slots: dict[int, tuple[int, ...]] = field(default_factory=lambda: {ROOT: ()})

    @classmethod
    def of(cls, tree: Tree, first: Any, contest: Contest | None) -> Row:
        """Return the row of a tree; `first` are the log-probabilities at its root, [width]."""
        after = tree.after()
        shares = dict(zip(after[ROOT], first[after[ROOT]].tolist(), strict=True))
        climb = Climb(tree, {ROOT: shares})
        whole = iter([list(tree.nodes)])
        return cls(climb, after, rounds(climb, contest, SURE, texts=TEXTS) if contest else whole)


def climb(
    reading: Reading, first: Any, trees: Sequence[Tree], contests: Sequence[Contest] | None
) -> list[Climb]:
    """Read trees, each after its row, as far as the contests ask; return what was learned.

    `first` holds the log-probabilities after each row, [rows, width].
    """
    for tree in trees:  # beyond a window the nodes would see more than the model ever does
        if reading.window and reading.mask.shape[1] + tree.depth > reading.window:
            raise BeyondWindow(tree.row, reading.window)
    rows = [Row.of(tree, first[tree.row], contests and contests[tree.row]) for tree in trees]
    reading, taken = reading.pick([tree.row for tree in trees]), 0
    left = rows
    while True:
        steps = [next(row.rounds, []) for row in left]
        going = [n for n, some in enumerate(steps) if some]
        if not going:
            return [row.climb for row in rows]
        if len(going) < len(left):
            left, steps = [left[n] for n in going], [steps[n] for n in going]
            reading = reading.pick(going)
        taken += _round(reading, left, steps, taken)


def _round(
    reading: Reading, rows: Sequence[Row], steps: Sequence[Sequence[Step]], taken: int
) -> int:
    """Read nodes of each row, parents first, behind `taken` slots; return how many slots more."""
    import torch

    longest, device = max(map(len, steps)), reading.mask.device
    ids = torch.zeros((len(rows), longest), dtype=torch.long)
    sees = torch.zeros((len(rows), longest, taken + longest), dtype=torch.bool)
    sees[:, :, taken:] = torch.eye(longest, dtype=torch.bool)  # a pad sees itself
    wanted: list[tuple[int, int, int]] = []  # row, place, token
    for n, (row, new) in enumerate(zip(rows, steps, strict=True)):
        for place, (parent, token) in enumerate(new):
            node = row.climb.tree.nodes[parent, token]
            ids[n, place] = token
            sees[n, place, list(row.slots[parent])] = True
            row.slots[node] = (*row.slots[parent], taken + place)
            wanted += [(n, place, follower) for follower in row.after[node]]
    read = reading.mask.bool()[:, None].expand(-1, longest, -1)
    sees = torch.cat([read, sees.to(device)], dim=2)[:, None]  # [rows, 1, nodes, slots]
    dtype = reading.model.dtype
    hidden = torch.full(sees.shape, torch.finfo(dtype).min, dtype=dtype, device=device)
    logits = reading.model(
        input_ids=ids.to(device),
        past_key_values=reading.cache,
        attention_mask=hidden.masked_fill(sees, 0.0),
        position_ids=sees.sum(-1)[:, 0] - 1,
    ).logits[..., : reading.width].float()
    whole = logits.logsumexp(-1)
    at = torch.tensor(wanted, device=device).T
    shares = (logits[tuple(at)] - whole[tuple(at[:2])]).tolist()
    for (n, place, token), share in zip(wanted, shares, strict=True):
        found = rows[n].climb
        found.shares.setdefault(found.tree.nodes[steps[n][place]], {})[token] = share
    return longest
