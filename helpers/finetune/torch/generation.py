"""Ask a model in training: its generated answers, and its loss on the right ones."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from helpers.core import runs
from helpers.core.examples import Example, Prediction
from helpers.engines.base import Engine
from helpers.finetune.masks import IGNORED, Encoded
from helpers.finetune.torch.loss import learned_logits
from helpers.models import tokens
from helpers.tasks.base import Task
from helpers.tasks.prompts import render, turn_end

LOGITS_AT_ONCE = 1 << 27  # half a gigabyte in fp32, whatever the vocabulary
LARGEST_BATCH = 64


@dataclass(frozen=True)
class Generator(Engine):
    """An engine over a model in training: batches of like length, the likeliest token, not mended.

    By the model's own `generate`, not the torch engine's loop: on CUDA the forwards that Unsloth
    puts in place keep what they have read to themselves, and leave the cache that they are given
    empty. The model changes at every step, so no fingerprint names its answers.
    """

    task: Task
    model: Any
    tokenizer: Any
    max_new_tokens: int = 128
    batch_size: int = 64
    name: str = "generate"
    fingerprint: str = ""

    @property
    def settings(self) -> dict[str, Any]:
        """What a record tells of these answers."""
        return {"max_new_tokens": self.max_new_tokens, "batch": self.batch_size}

    def answer(self, examples: Sequence[Example]) -> list[Prediction]:
        """Answer all examples; returns the answers in their order."""
        rendered = [render(self.tokenizer, self.task, e).guarded_prompt for e in examples]
        prompts = tokens.encode(self.tokenizer, rendered)
        numbers = sorted(range(len(prompts)), key=lambda n: len(prompts[n]))
        answers: dict[int, Prediction] = {}
        for batch in runs.batches(numbers, self.batch_size):
            started = time.perf_counter()
            texts = continued(
                self.model, self.tokenizer, [prompts[n] for n in batch], self.max_new_tokens
            )
            seconds = (time.perf_counter() - started) / len(batch)
            for n, text in zip(batch, texts, strict=True):
                answers[n] = Prediction(examples[n].id, text, seconds)
        return [answers[n] for n in range(len(prompts))]


def continued(
    model: Any, tokenizer: Any, prompts: Sequence[Sequence[int]], max_new_tokens: int
) -> list[str]:
    """Return the greedy continuation of each prompt's tokens, up to its turn's end."""
    import torch
    from transformers import GenerationConfig

    longest = max(map(len, prompts))
    pads = [longest - len(prompt) for prompt in prompts]
    rows = zip(pads, prompts, strict=True)
    ids = [[*[tokenizer.pad_token_id] * pad, *prompt] for pad, prompt in rows]
    marks = [[0] * pad + [1] * (longest - pad) for pad in pads]
    ends = {tokenizer.convert_tokens_to_ids(turn_end(tokenizer)), tokenizer.eos_token_id} - {None}
    rows_of_embedding = model.get_input_embeddings().weight.shape[0]
    settings = GenerationConfig(
        max_new_tokens=max_new_tokens,
        do_sample=False,
        eos_token_id=sorted(ends),
        pad_token_id=tokenizer.pad_token_id,
        # rows that only pad the embedding are no tokens; the engine does not write them either
        suppress_tokens=list(range(len(tokenizer), rows_of_embedding)) or None,
        use_cache=True,
    )
    with torch.no_grad(), settings_of(model, settings), compact_head(model):
        found = model.generate(
            input_ids=torch.tensor(ids, device=model.device),
            attention_mask=torch.tensor(marks, device=model.device),
            generation_config=settings,
        )
    written = [until(row, ends) for row in found[:, longest:].tolist()]
    return tokenizer.batch_decode(
        written, skip_special_tokens=True, clean_up_tokenization_spaces=False
    )


def until(row: Sequence[int], ends: Collection[int]) -> list[int]:
    """Return a row up to where it ends, its end left out.

    >>> until([5, 6, 2, 0, 0], {2})
    [5, 6]
    """
    return list(takewhile(lambda token: token not in ends, row))


@contextmanager
def compact_head(model: Any) -> Iterator[None]:
    """Let a model's head read what it is given from one piece of memory.

    `generate` asks it for each row's last token, a slice with gaps; on a CPU torch then copies the
    head's weights once a row: six seconds for 64 rows of a vocabulary of 49,152.
    """

    def compact(_: Any, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        hidden, *rest = arguments
        return hidden.contiguous(), *rest

    handle = model.get_output_embeddings().register_forward_pre_hook(compact)
    try:
        yield
    finally:
        handle.remove()


@contextmanager
def settings_of(model: Any, settings: Any) -> Iterator[None]:
    """Let a model generate by these settings alone, and give it back its own.

    What `generate` is given it fills up from the base's `generation_config.json`: a penalty for
    repetition there would change an exam, and no one would see why.
    """
    owner = model.get_base_model() if hasattr(model, "get_base_model") else model
    own, owner.generation_config = owner.generation_config, settings
    try:
        yield
    finally:
        owner.generation_config = own


def mean_loss(model: Any, rows: Sequence[Encoded], pad: int) -> float:
    """Return the mean loss a supervised token of all rows, in nats; the last batch counts too.

    A mean of batches' means would weigh tokens of short rows more; and losses of two trainers
    that average differently cannot be compared, so both are measured here.
    """
    import torch
    from torch.nn.functional import cross_entropy

    ordered = sorted(rows, key=lambda row: len(row.input_ids))
    longest, words = len(ordered[-1].input_ids), model.get_input_embeddings().weight.shape[0]
    batch = max(1, min(LARGEST_BATCH, LOGITS_AT_ONCE // (longest * words)))
    total, count = 0.0, 0
    with torch.no_grad():
        for at in range(0, len(ordered), batch):
            inputs = padded(ordered[at : at + batch], pad, model.device)
            logits, wanted = learned_logits(model, inputs)
            total += cross_entropy(logits.float(), wanted, reduction="sum").item()
            count += len(wanted)
    return total / count


def padded(rows: Sequence[Encoded], pad: int, device: Any) -> dict[str, Any]:
    """Return rows as tensors padded on the right: tokens, their mask, and labels."""
    import torch

    longest = max(len(row.input_ids) for row in rows)

    def tensor(values: Sequence[Sequence[int]], filler: int) -> Any:
        full = [[*row, *[filler] * (longest - len(row))] for row in values]
        return torch.tensor(full, device=device)

    return {
        "input_ids": tensor([row.input_ids for row in rows], pad),
        "attention_mask": tensor([[1] * len(row.input_ids) for row in rows], 0),
        "labels": tensor([row.labels for row in rows], IGNORED),
    }
