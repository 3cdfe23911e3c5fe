"""Reading with a causal model of transformers: a key-value cache, and which of its slots count."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers.engines.reading import Choice, Tokens, in_batches, shared_beginning

if TYPE_CHECKING:
    import numpy as np


@dataclass
class Reading:
    """What a model has read of its rows: the key-value cache, and which of its slots count.

    Rows that read fewer tokens in a step are padded on the left, so the last logits are always
    those of a row's last token. Padding leaves slots in the cache that `mask` hides.
    """

    model: Any
    cache: Any
    mask: Any  # [rows, slots], 1 where a token stands
    width: int  # of the logits, how many belong to tokens
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
        logits = logits[..., : self.width].float()
        return logits if every else logits[:, -1]

    def pick(self, rows: Sequence[int]) -> Reading:
        """Return the reading of the rows named, in that order, some perhaps several times."""
        import torch

        index = torch.tensor(rows, device=self.mask.device)
        cache = copy.copy(self.cache)
        cache.layers = [copy.copy(layer) for layer in self.cache.layers]
        cache.batch_select_indices(index)
        return Reading(self.model, cache, self.mask[index], self.width, self.ragged)

    def choose(self, rows: Sequence[Tokens], allowed: np.ndarray | None = None) -> list[Choice]:
        """Read each row's next tokens and choose what follows, among what is `allowed`."""
        import torch

        logits = self.feed(rows)
        if allowed is not None:
            mask = torch.from_numpy(allowed).to(logits.device)
            logits = logits.masked_fill(~mask, float("-inf"))
        best = logits.topk(2)
        leads = (best.values[:, 0] - best.values[:, 1]).tolist()
        shares = (best.values[:, 0] - logits.logsumexp(1)).tolist()
        return list(map(Choice, best.indices[:, 0].tolist(), shares, leads))

    def totals(
        self, rows: Sequence[Tokens], followed: Sequence[Sequence[Tokens]]
    ) -> list[list[float]]:
        """Read each row's next tokens; return log P of each text that may follow it."""
        first = self.feed(rows).log_softmax(-1)
        return in_batches(
            followed, self.width, lambda owners, texts: self._follow(first, owners, texts)
        )

    def _follow(self, first: Any, owners: Sequence[int], texts: Sequence[Tokens]) -> list[float]:
        """Return the log-probabilities of texts, each after the row that owns it."""
        import torch

        device = first.device
        starts = torch.tensor([text[0] for text in texts], device=device)
        totals = first[torch.tensor(owners, device=device), starts].double()
        longest = max(map(len, texts)) - 1
        if longest:
            shares = self.pick(owners).feed([text[:-1] for text in texts], every=True)
            shares = shares.log_softmax(-1)
            wanted = [[-1] * (longest + 1 - len(text)) + list(text[1:]) for text in texts]
            targets = torch.tensor(wanted, device=device)
            gained = shares.gather(-1, targets.clamp(min=0).unsqueeze(-1)).squeeze(-1)
            totals = totals + gained.masked_fill(targets < 0, 0.0).double().sum(1)
        return totals.tolist()


def begin(model: Any, prompts: Sequence[Tokens], width: int) -> tuple[Reading, list[Tokens]]:
    """Read what all prompts begin with, once; return the reading and what is left of each.

    Something is left of every prompt, so that there are logits to go on from.
    """
    import torch
    from transformers import DynamicCache

    empty = torch.ones((1, 0), dtype=torch.long, device=model.device)
    reading = Reading(model, DynamicCache(config=model.config), empty, width)
    shared = shared_beginning(prompts) if len(prompts) > 1 else 0
    if shared:
        reading.feed([prompts[0][:shared]])
        reading = reading.pick([0] * len(prompts))
    else:
        reading.mask = empty.expand(len(prompts), 0)
    return reading, [prompt[shared:] for prompt in prompts]
