"""What mlx-lm's training loop is given: our batches, our loss, and an optimizer like torch's."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from helpers.core import runs
from helpers.finetune.evaluator import Material
from helpers.finetune.masks import IGNORED, Encoded
from helpers.profiles import Profile

PAD_TO = 32  # lengths are multiples of it, so that few shapes are compiled
LARGEST_BATCH = 64
LOGITS_AT_ONCE = 1 << 26  # 256 MB in float32, whatever the vocabulary


def padded(rows: Sequence[Encoded]) -> tuple[Any, Any]:
    """Return rows' tokens and labels, [rows, longest], padded on the right."""
    import mlx.core as mx

    longest = max(len(row.input_ids) for row in rows)
    longest = math.ceil((longest - 1) / PAD_TO) * PAD_TO + 1

    def array(values: Sequence[Sequence[int]], filler: int) -> Any:
        return mx.array([[*value, *[filler] * (longest - len(value))] for value in values])

    return array([row.input_ids for row in rows], 0), array([row.labels for row in rows], IGNORED)


def batches(material: Material, profile: Profile, first: int, until: int) -> list[Any]:
    """Return the batches of some steps: tokens, labels, and what the losses are divided by.

    A step's loss is the mean of its supervised tokens, as in torch; where it is accumulated over
    batches, mlx-lm averages those, so each is divided by its share of all the step's tokens.
    """
    import mlx.core as mx

    size, batches = profile.rows_a_step, []
    for step in range(first, until):
        rows = [material.train[n] for n in material.order[step * size : (step + 1) * size]]
        tokens = sum(len(row.learned) for row in rows) / profile.gradient_accumulation_steps
        for part in runs.batches(rows, profile.batch):
            batches.append((*padded(part), mx.array(tokens)))
    return batches


def loss(model: Any, tokens: Any, labels: Any, divisor: Any) -> tuple[Any, Any]:
    """Return a batch's loss in nats a supervised token, and how many it has.

    mlx-lm's own also learns one token of padding after each answer, and its losses compare with
    nobody's.
    """
    import mlx.core as mx

    total, count = _sum(model, tokens, labels)
    return total / divisor, count.astype(mx.int32)


def _sum(model: Any, tokens: Any, labels: Any) -> tuple[Any, Any]:
    import mlx.core as mx
    import mlx.nn as nn

    logits, wanted = model(tokens[:, :-1]).astype(mx.float32), labels[:, 1:]
    learned = wanted != IGNORED
    losses = nn.losses.cross_entropy(logits, mx.where(learned, wanted, 0))
    return (losses * learned).sum(), learned.sum()


def mean_loss(model: Any, rows: Sequence[Encoded]) -> float:
    """Return the mean loss a supervised token of all rows, in nats; the last batch counts too.

    The same number as torch's `generation.mean_loss` gives.
    """
    ordered = sorted(rows, key=lambda row: len(row.input_ids))
    longest = len(ordered[-1].input_ids) + PAD_TO
    batch = max(1, min(LARGEST_BATCH, LOGITS_AT_ONCE // (longest * model.args.vocab_size)))
    sums = [_sum(model, *padded(ordered[at : at + batch])) for at in range(0, len(rows), batch)]
    return sum(total.item() for total, _ in sums) / sum(count.item() for _, count in sums)


def adamw(learning_rate: float | Callable[[Any], Any], weight_decay: float) -> Any:
    """Return AdamW as torch has it (bias-corrected), its gradients cut to a norm of 1."""
    import mlx.optimizers as optimizers

    class Clipped(optimizers.AdamW):
        def update(self, model: Any, gradients: Any) -> None:
            gradients, _ = optimizers.clip_grad_norm(gradients, 1.0)
            super().update(model, gradients)

    return Clipped(
        learning_rate=learning_rate,
        betas=[0.9, 0.999],
        eps=1e-8,
        weight_decay=weight_decay,
        bias_correction=True,
    )


def schedule(profile: Profile) -> Callable[[Any], Any]:
    """Return the learning rate by step: a linear warm-up, then half a cosine, as transformers'."""
    import mlx.core as mx

    warmup = round(profile.warmup * profile.steps)

    def rate(step: Any) -> Any:
        share = (step - warmup) / max(1, profile.steps - warmup)
        falling = mx.maximum(0.0, 0.5 * (1 + mx.cos(math.pi * share)))
        rising = step / max(1, warmup)
        return profile.learning_rate * mx.where(step < warmup, rising, falling)

    return rate
