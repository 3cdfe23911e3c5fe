"""How much faster a run trains than plain TRL and PEFT do on the same rows."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from helpers import profiles, tasks
from helpers.finetune import masks
from helpers.finetune.config import FinetuneConfig
from helpers.finetune.evaluator import Evaluator, Material
from helpers.finetune.pausing import Allowance
from helpers.finetune.run import prepare
from helpers.finetune.torch import generation, models, trainer
from helpers.models import loading
from helpers.profiles import Profile

ROUNDS = 2
HELD_OUT = 64  # validation rows whose loss is compared


class Unexamined(Evaluator):
    """Follows a training that nothing is asked of on the way."""

    def due(self, step: int) -> bool:
        """Return that it never is."""
        return False


def train(base: str, rows: int = 16, steps: int = 6) -> dict[str, Any]:
    """Train a few steps both ways, by turns; return the ratio, and the losses after the steps.

    Plain is TRL and PEFT as they come, with fp32 weights and the rows in a shuffled order; both
    learn the same rows, from the same first adapter.
    """
    profile = profiles.resolve("cpu", "dictated_bash", base=base, batch=rows, steps=steps)
    profile = replace(profile, backend="transformers", gradient_accumulation_steps=1)
    tokenizer = loading.load_tokenizer(base)
    material = prepare(tasks.get("dictated_bash"), profile, tokenizer, FinetuneConfig())
    taken: dict[str, list[float]] = {"plain": [], "fast": []}
    losses = {}
    for _ in range(ROUNDS):
        for name, timed in (("plain", plain), ("fast", fast)):
            seconds, losses[name] = timed(profile, material, tokenizer)
            taken[name].append(seconds / steps)
    found = {f"seconds_a_step_{name}": round(min(each), 3) for name, each in taken.items()}
    ratios = [one / other for one, other in zip(taken["plain"], taken["fast"], strict=True)]
    return {
        "base": base,
        "rows_a_step": rows,
        "steps": steps,
        "precision": profile.precision,
        "ratio": round(median(ratios), 2),
        **found,
        **{f"loss_{name}": round(loss, 4) for name, loss in losses.items()},
    }


def fast(profile: Profile, material: Material, tokenizer: Any) -> tuple[float, float]:
    """Return the seconds that our trainer takes, and the loss after it."""
    model = models.load_adapted(profile, 0)
    return unexamined(model, profile, material, tokenizer), _loss(model, material, tokenizer)


def unexamined(model: Any, profile: Profile, material: Material, tokenizer: Any) -> float:
    """Train a model to the last step, nothing asked of it on the way; return the seconds."""
    with tempfile.TemporaryDirectory() as folder:
        evaluator = Unexamined(
            Path(folder), profile, FinetuneConfig(), material, tokenizer, _no_exam, print,
            Allowance(),
        )  # fmt: skip
        return trainer.build(model, evaluator).train().metrics["train_runtime"]


def plain(profile: Profile, material: Material, tokenizer: Any) -> tuple[float, float]:
    """Return the seconds that TRL's own trainer takes on the same rows, and the loss after it."""
    from datasets import Dataset
    from transformers import Trainer
    from trl import SFTConfig, SFTTrainer
    from trl.trainer.sft_trainer import DataCollatorForLanguageModeling

    class Plain(SFTTrainer):
        def compute_loss(self, *inputs: Any, **more: Any) -> Any:
            return Trainer.compute_loss(self, *inputs, **more)  # TRL's kernel needs a GPU

    profile = replace(profile, precision="fp32")
    order = list(material.order)
    random.Random(0).shuffle(order)
    rows = [
        {"input_ids": material.train[n].input_ids, "labels": material.train[n].labels}
        for n in order
    ]
    with tempfile.TemporaryDirectory() as folder:
        model = models.load_adapted(profile, 0)
        found = Plain(
            model=model,
            args=SFTConfig(
                learning_rate=profile.learning_rate,
                per_device_train_batch_size=profile.batch,
                gradient_accumulation_steps=profile.gradient_accumulation_steps,
                max_steps=profile.steps,
                **trainer.settings(profile, Path(folder), 0),
            ),
            train_dataset=Dataset.from_list(rows),
            data_collator=DataCollatorForLanguageModeling(tokenizer.pad_token_id),
            processing_class=tokenizer,
        ).train()
    return found.metrics["train_runtime"], _loss(model, material, tokenizer)


def _loss(model: Any, material: Material, tokenizer: Any) -> float:
    rows: list[masks.Encoded] = list(material.validation[:HELD_OUT])
    return generation.mean_loss(model.eval(), rows, tokenizer.pad_token_id)


def _no_exam(_: Any) -> Any:
    raise RuntimeError("a benchmark of speed examines nothing")
