"""Ask a model in training: its generated answers, and its loss on the right ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from helpers.core.examples import Example
from helpers.finetune.masks import IGNORED, Encoded
from helpers.tasks.base import Task
from helpers.tasks.prompts import render, turn_end

LOGITS_AT_ONCE = 1 << 27  # half a gigabyte in fp32, whatever the vocabulary
LARGEST_BATCH = 64

# Answer all examples with this model and tokenizer, in their order.
Generator = Callable[[Any, Any, Task, Sequence[Example]], list[str]]


def greedy(batch: int = 64, max_new_tokens: int = 128) -> Generator:
    """Return the plain generator: batches of like length, padded left, the likeliest token.

    By the model's own `generate`, not the engine's loop: on CUDA the forwards that Unsloth puts in
    place keep what they have read to themselves, and leave the cache that they are given empty.
    """

    def generate(model: Any, tokenizer: Any, task: Task, examples: Sequence[Example]) -> list[str]:
        prompts = [render(tokenizer, task, example).prompt for example in examples]
        numbers = sorted(range(len(prompts)), key=lambda n: len(prompts[n]))
        texts: dict[int, str] = {}
        for at in range(0, len(numbers), batch):
            part = numbers[at : at + batch]
            found = continued(model, tokenizer, [prompts[n] for n in part], max_new_tokens)
            texts |= dict(zip(part, found, strict=True))
        return [texts[n] for n in range(len(prompts))]

    return generate


def continued(model: Any, tokenizer: Any, prompts: list[str], max_new_tokens: int) -> list[str]:
    """Return the greedy continuation of each prompt up to its turn's end."""
    import torch
    from transformers import GenerationConfig

    encoded = tokenizer(
        prompts, add_special_tokens=False, padding=True, padding_side="left", return_tensors="pt"
    ).to(model.device)
    end = tokenizer.convert_tokens_to_ids(turn_end(tokenizer))
    rows = model.get_input_embeddings().weight.shape[0]
    settings = GenerationConfig(
        max_new_tokens=max_new_tokens,
        do_sample=False,
        temperature=1.0,  # these three only keep a base's own settings from being warned about
        top_p=1.0,
        top_k=50,
        eos_token_id=sorted({end, tokenizer.eos_token_id} - {None}),
        pad_token_id=tokenizer.pad_token_id,
        # rows that only pad the embedding are no tokens; the engine does not write them either
        suppress_tokens=list(range(len(tokenizer), rows)) or None,
        use_cache=True,
    )
    with torch.no_grad():
        found = model.generate(
            input_ids=encoded["input_ids"],
            attention_mask=encoded["attention_mask"],
            generation_config=settings,
        )
    written = found[:, encoded["input_ids"].shape[1] :]
    return tokenizer.batch_decode(
        written, skip_special_tokens=True, clean_up_tokenization_spaces=False
    )


@contextmanager
def answering(model: Any, checkpointing: bool = False) -> Iterator[None]:
    """Let a model in training answer, and put it back to training as it was.

    Unsloth's models have a switch of their own, which also turns the padding side.
    """
    if hasattr(model, "for_inference"):
        model.for_inference()
    model.eval()
    try:
        yield
    finally:
        if hasattr(model, "for_training"):
            model.for_training(use_gradient_checkpointing=checkpointing)
        model.train()


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
            tensors = padded(ordered[at : at + batch], pad, model.device)
            labels = tensors.pop("labels")[:, 1:]
            logits = model(**tensors, use_cache=False).logits[:, :-1]
            learned = labels != IGNORED
            losses = cross_entropy(logits[learned].float(), labels[learned], reduction="sum")
            total += losses.item()
            count += int(learned.sum())
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
