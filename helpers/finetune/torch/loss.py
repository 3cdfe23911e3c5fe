"""The loss of what is learned, and no more computed for it than that takes.

A trainer that knows nothing of the rows asks the head for all tokens, most of which are read and
not learned, and reads the system turn anew in every row. Here the head is asked for learned tokens
alone, and what all rows of a batch begin with is read once: the same loss, with less work.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from helpers.finetune.masks import IGNORED

FEWEST = 4  # tokens that are worth a forward of their own


def learned_logits(model: Any, inputs: Any, share: bool = False) -> tuple[Any, Any]:
    """Return the logits of a batch's learned tokens, [tokens, vocabulary], and the tokens.

    `inputs` has `input_ids`, `attention_mask` and `labels`, padded on the right. With `share` what
    the rows begin with in common is read once; not where dropout makes every reading another.
    """
    ids, labels = inputs["input_ids"], inputs["labels"]
    start = common_start(ids, labels) if share else 0
    cache = read_start(model, ids, start) if start else None
    start = start if cache else 0
    labels = labels[:, start + 1 :]
    learned = labels != IGNORED
    more = {"past_key_values": cache} if cache else {}
    with only(getattr(model, "module", model), learned):  # where processes share a batch
        logits = model(
            input_ids=ids[:, start:],
            attention_mask=inputs["attention_mask"],
            use_cache=cache is not None,
            **more,
        ).logits
    if logits.dim() == 3:  # a forward that does not call its head as a module
        logits = logits[:, :-1][learned]
    return logits, labels[learned]


def common_start(ids: Any, labels: Any) -> int:
    """Return how many tokens all rows begin with, short of the first that tells a learned one.

    >>> import torch
    >>> ids = torch.tensor([[5, 6, 7, 8, 1, 2, 3], [5, 6, 7, 8, 9, 2, 3]])
    >>> common_start(ids, torch.where(ids < 4, ids, -100))
    0
    >>> common_start(ids, torch.where(ids == 2, ids, -100))
    4
    """
    if len(ids) < 2:
        return 0
    same = (ids == ids[:1]).all(0).int().cumprod(0).sum()
    first = (labels != IGNORED).any(0).int().argmax()
    start = min(int(same), int(first) - 1)
    return start if start >= FEWEST else 0


def read_start(model: Any, ids: Any, start: int) -> Any:
    """Return the cache of what all rows begin with, a copy a row; None where it cannot be had.

    Gradients flow back through it, summed over the rows. A cache of more than keys and values, a
    convolution's or a window's, is not shared.
    """
    from transformers.cache_utils import DynamicLayer

    cache = model(input_ids=ids[:1, :start], use_cache=True, logits_to_keep=1).past_key_values
    layers = getattr(cache, "layers", None)
    if not layers or any(type(layer) is not DynamicLayer for layer in layers):
        return None
    cache.batch_repeat_interleave(len(ids))
    return cache


@contextmanager
def only(model: Any, learned: Any) -> Iterator[None]:
    """Let a model's head be asked for learned tokens alone: [rows, tokens - 1] says which."""

    def select(_: Any, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        hidden, *rest = arguments
        return hidden[:, :-1][learned], *rest

    handle = model.get_output_embeddings().register_forward_pre_hook(select)
    try:
        yield
    finally:
        handle.remove()
