"""A causal language model that reads several rows at once, some tokens further at a time.

A loop of our own instead of `generate`: rows may read different numbers of tokens in one step
(forced ones need no step each), finished rows leave the batch, and the beginning that all prompts
share is read once.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Tokens = Sequence[int]


@dataclass
class Reading:
    """What a model has read of its rows: the key-value cache, and which of its slots count.

    Rows that read fewer tokens in a step are padded on the left, so the last logits are always
    those of a row's last token. Padding leaves slots in the cache that `mask` hides.
    """

    model: Any
    cache: Any
    mask: Any  # [rows, slots], 1 where a token stands
    ragged: bool = False  # some slot is hidden

    def feed(self, rows: Sequence[Tokens], every: bool = False) -> Any:
        """Read each row's next tokens; return the logits after the last, or after every one.

        Shapes: [rows, width], or [rows, longest, width] with shorter rows at the right end.
        """
        import torch

        longest = max(map(len, rows))
        self.ragged = self.ragged or any(len(row) < longest for row in rows)
        pads = [[0] * (longest - len(row)) for row in rows]
        ids = [[*pad, *row] for pad, row in zip(pads, rows, strict=True)]
        marks = [[*pad, *([1] * len(row))] for pad, row in zip(pads, rows, strict=True)]
        device = self.mask.device
        self.mask = torch.cat([self.mask, torch.tensor(marks, device=device)], dim=1)
        where = {}
        if self.ragged:  # without hidden slots the model's own positions and mask are right
            positions = (self.mask.cumsum(1) - 1).clamp(min=0)[:, -longest:]
            where = {"attention_mask": self.mask, "position_ids": positions}
        logits = self.model(
            input_ids=torch.tensor(ids, device=device),
            past_key_values=self.cache,
            use_cache=True,
            logits_to_keep=0 if every else 1,
            **where,
        ).logits
        return logits.float() if every else logits[:, -1].float()

    def pick(self, rows: Sequence[int]) -> Reading:
        """Return the reading of the rows named, in that order, some perhaps several times."""
        import torch

        index = torch.tensor(rows, device=self.mask.device)
        cache = copy.copy(self.cache)
        cache.layers = [copy.copy(layer) for layer in self.cache.layers]
        cache.batch_select_indices(index)
        return Reading(self.model, cache, self.mask[index], self.ragged)


def begin(model: Any, prompts: Sequence[Tokens]) -> tuple[Reading, list[Tokens]]:
    """Read what all prompts begin with, once; return the reading and what is left of each.

    Something is left of every prompt, so that there are logits to go on from.
    """
    import torch
    from transformers import DynamicCache

    empty = torch.ones((1, 0), dtype=torch.long, device=model.device)
    reading = Reading(model, DynamicCache(config=model.config), empty)
    shared = shared_beginning(prompts) if len(prompts) > 1 else 0
    if shared:
        reading.feed([prompts[0][:shared]])
        reading = reading.pick([0] * len(prompts))
    else:
        reading.mask = empty.expand(len(prompts), 0)
    return reading, [prompt[shared:] for prompt in prompts]


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
