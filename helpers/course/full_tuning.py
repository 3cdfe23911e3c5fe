"""An adapter against all weights: the same rows, order and loss, each at its own best rate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from helpers import profiles, scoring, tasks
from helpers.course.training_speed import unexamined
from helpers.evaluation import comparison
from helpers.finetune.config import FinetuneConfig
from helpers.finetune.evaluator import Material
from helpers.finetune.run import SLACK, prepare
from helpers.finetune.torch import generation, models
from helpers.models import loading
from helpers.profiles import Profile

METHODS = ("lora", "full")
# Shares of an adapter's usual rate; validation rows choose. All weights of a large model want about
# a tenth of it (Schulman, "LoRA Without Regret", Thinking Machines, 2025); a tiny one bears more.
RATES = (0.1, 0.3, 1, 3)
HELD_OUT = 300  # validation rows whose loss chooses the rate
BYTES = 4  # a trained weight is kept in fp32


@dataclass(frozen=True)
class Tuned:
    """A model tuned by one method at one rate, and what it lost on validation rows."""

    model: Any
    rate: float
    seconds: float
    loss: float  # nats a learned token


def full(base: str, rows: int = 32, steps: int = 150, limit: int | None = None) -> dict[str, Any]:
    """Train an adapter and all weights at the same rates; return both at their best.

    The loss on validation rows chooses a method's rate; test rows grade the two chosen, decoding
    freely, and compare them row by row. `limit` grades fewer.
    """
    profile = profiles.resolve("cpu", "dictated_bash", base=base, batch=rows, steps=steps)
    # In halves a step at a small rate is lost in rounding, so both sides keep their weights whole.
    profile = replace(
        profile, backend="transformers", precision="fp32", gradient_accumulation_steps=1
    )
    tokenizer = loading.load_tokenizer(base)
    task = tasks.get("dictated_bash")
    test = task.load("test")[:limit]
    material = prepare(task, profile, tokenizer, FinetuneConfig(loss_rows=HELD_OUT))
    found: dict[str, Any] = {"base": base, "rows_a_step": rows, "steps": steps, "n": len(test)}
    right = {}
    rates = [share * profile.learning_rate for share in RATES]
    for method in METHODS:
        tried = [_tuned(method, rate, profile, material, tokenizer) for rate in rates]
        best = min(tried, key=lambda one: one.loss)
        engine = generation.Generator(task, best.model, tokenizer, material.longest + SLACK)
        right[method] = scoring.examine(task, engine, test).exact
        weights = models.count_weights(best.model)["trainable_weights"]
        found[method] = {
            "rate": best.rate,
            "exact": round(sum(right[method]) / len(test), 4),
            "trainable_weights": weights,
            "kept_mb": round(BYTES * weights / 1e6, 1),
            "seconds_a_step": round(median(one.seconds for one in tried) / steps, 3),
            "loss_by_rate": {f"{one.rate:.2g}": round(one.loss, 4) for one in tried},
        }
    groups = [example.group for example in test]
    return found | {"full_against_lora": comparison.paired(right["full"], right["lora"], groups)}


def _tuned(method: str, rate: float, profile: Profile, material: Material, tokenizer: Any) -> Tuned:
    profile = replace(profile, learning_rate=rate)
    model = models.load_adapted(profile, 0) if method == "lora" else _whole(profile)
    seconds = unexamined(model, profile, material, tokenizer)
    model.eval()
    loss = generation.mean_loss(model, material.loss_rows, tokenizer.pad_token_id)
    return Tuned(model, rate, seconds, loss)


def _whole(profile: Profile) -> Any:
    """Load a base with all its weights to be trained."""
    library = models.fast_language_model(profile.backend)
    model, _ = library.from_pretrained(
        model_name=loading.source(profile.base), **models.loading_settings(profile)
    )
    return model
