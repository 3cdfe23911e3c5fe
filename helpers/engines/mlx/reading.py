"""Reading with a model of mlx-lm: its own batched caches, which keep rows of unlike lengths."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from helpers.engines.decoding import sliding
from helpers.engines.decoding.reading import (
    Choice,
    Tokens,
    in_batches,
    shared_beginning,
)

if TYPE_CHECKING:
    import numpy as np

    from helpers.engines.decoding.contest import Contest


@dataclass
class Reading:
    """What an MLX model has read of its rows, in one cache a layer."""

    model: Any
    caches: list[Any]
    width: int  # of the logits, how many belong to tokens

    def feed(self, rows: Sequence[Tokens]) -> Any:
        """Read each row's next tokens; return the logits after the last, [rows, width].

        All but the last are read first, and what is not asked for is never computed: MLX is lazy,
        so the largest matrix, from states to logits, is multiplied for the last tokens only.
        """
        import mlx.core as mx

        longest = max(map(len, rows)) - 1
        if longest:
            pads = [longest - len(row) + 1 for row in rows]
            ids = [[*row[:-1], *[0] * pad] for row, pad in zip(rows, pads, strict=True)]
            lengths = [len(row) - 1 for row in rows]
            for layer in self.caches:
                layer.prepare(lengths=lengths, right_padding=pads)
            self.model(mx.array(ids), cache=self.caches)
            for layer in self.caches:
                layer.finalize()  # rolls the padding to the left, where it is masked
            mx.eval([layer.state for layer in self.caches])
        logits = self.model(mx.array([[row[-1]] for row in rows]), cache=self.caches)
        return logits[:, -1, : self.width].astype(mx.float32)

    def pick(self, rows: Sequence[int]) -> Reading:
        """Return the reading of the rows named, in that order, some perhaps several times."""
        import mlx.core as mx

        caches = [copy.copy(layer) for layer in self.caches]
        for layer in caches:
            layer.filter(mx.array(list(rows)))
        return Reading(self.model, caches, self.width)

    def choose(self, rows: Sequence[Tokens], allowed: np.ndarray | None = None) -> list[Choice]:
        """Read each row's next tokens and choose what follows, among what is `allowed`."""
        import mlx.core as mx

        logits = self.feed(rows)
        if allowed is not None:
            logits = mx.where(mx.array(allowed), logits, -mx.inf)
        tokens = logits.argmax(1)
        best = logits.max(1)
        others = mx.where(mx.arange(self.width) == tokens[:, None], -mx.inf, logits)
        leads, shares = best - others.max(1), best - logits.logsumexp(1)
        return list(map(Choice, tokens.tolist(), shares.tolist(), leads.tolist()))

    def totals(
        self,
        rows: Sequence[Tokens],
        followed: Sequence[Sequence[Tokens]],
        contests: Sequence[Contest] | None = None,
    ) -> list[list[float]]:
        """Read each row's next tokens; return log P of each text that may follow it, contest or no.
        """
        logits = self.feed(rows)
        first = logits - logits.logsumexp(1, keepdims=True)
        return in_batches(
            followed, self.width, lambda owners, texts: self._follow(first, owners, texts)
        )

    def _follow(self, first: Any, owners: Sequence[int], texts: Sequence[Tokens]) -> list[float]:
        """Return the log-probabilities of texts, each after the row that owns it."""
        import mlx.core as mx

        totals = first[mx.array(list(owners)), mx.array([text[0] for text in texts])]
        longest = max(map(len, texts)) - 1
        if longest:
            ids = mx.array([[*text[:-1], *[0] * (longest + 1 - len(text))] for text in texts])
            known = mx.array([[*text[1:], *[-1] * (longest + 1 - len(text))] for text in texts])
            reading = self.pick(owners)
            logits = self.model(ids, cache=reading.caches)[..., : self.width].astype(mx.float32)
            logits = logits - logits.logsumexp(-1, keepdims=True)
            gained = mx.take_along_axis(logits, mx.maximum(known, 0)[..., None], -1)[..., 0]
            totals = totals + mx.where(known < 0, 0.0, gained).sum(1)
        return totals.tolist()


def begin(model: Any, prompts: Sequence[Tokens], width: int) -> sliding.Begun:
    """Read what all prompts begin with, once; return the reading and what is left of each.

    Something is left of every prompt, so that there are logits to go on from.
    """
    from mlx_lm.models.cache import RotatingKVCache, make_prompt_cache

    caches = make_prompt_cache(model)
    window = min((c.max_size for c in caches if isinstance(c, RotatingKVCache)), default=0)
    reading = Reading(model, [type(c).merge([c]) for c in caches], width)
    shared = shared_beginning(prompts) if len(prompts) > 1 else 0
    if shared:
        reading.feed([prompts[0][:shared]])
    if len(prompts) > 1:
        reading = reading.pick([0] * len(prompts))
    begun = reading, [prompt[shared:] for prompt in prompts]
    return sliding.kept(partial(begin, model, width=width), window, prompts, begun)
