"""TRL's trainer with nothing left to a default, and a look at what it really feeds the model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpers.engines.torch import machine
from helpers.finetune import curves
from helpers.finetune.evaluator import Evaluator
from helpers.finetune.masks import IGNORED, Encoded
from helpers.finetune.torch.loss import learned_logits
from helpers.profiles import Profile


class Exact:
    """What is ours of the trainer: it sees that it is fed our rows, and keeps every loss.

    Mixed into `SFTTrainer`, Unsloth's or TRL's own.
    """

    losses: list[Any]
    expected: list[Encoded] | None  # the first batch, until it has been seen
    lean_loss: bool
    share_start: bool

    def compute_loss(
        self, model: Any, inputs: Any, return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        """Use a loss of ours where TRL's kernel is missing: it needs Triton, so a GPU."""
        if not self.lean_loss:
            return super().compute_loss(model, inputs, return_outputs, num_items_in_batch)
        from torch.nn.functional import cross_entropy

        logits, wanted = learned_logits(model, inputs, self.share_start)
        total = cross_entropy(logits.float(), wanted, reduction="sum")
        return total / (len(wanted) if num_items_in_batch is None else num_items_in_batch)

    def training_step(self, model: Any, inputs: Any, num_items_in_batch: Any = None) -> Any:
        """Check the first batch, then train and note the loss."""
        if self.expected is not None:
            check_batch(inputs, self.expected)
            self.expected = None
        loss = super().training_step(model, inputs, num_items_in_batch)
        self.losses.append(loss.detach())
        return loss

    def create_model_card(self, *_: Any, **__: Any) -> None:
        """Write no card into every checkpoint."""


class Evaluation:
    """Calls the evaluator where the trainer calls back; mixed into a `TrainerCallback`."""

    def __init__(self, evaluator: Evaluator) -> None:
        """Begin with no losses; the trainer adds a tensor a batch."""
        self.evaluator = evaluator
        self.losses: list[Any] = []

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Start the clock and the bar."""
        self.evaluator.begin(state.global_step)

    def on_step_end(self, args: Any, state: Any, control: Any, model: Any, **more: Any) -> None:
        """Move the bar; where it is due evaluate, and ask for a checkpoint."""
        self.evaluator.bar.update(1)
        step = state.global_step
        if not self.evaluator.due(step):
            return
        steps = len(self.losses) / self.evaluator.profile.gradient_accumulation_steps
        loss = float(sum(map(float, self.losses))) / steps
        self.losses.clear()
        rate = more["lr_scheduler"].get_last_lr()[0]
        control.should_save = True
        stalled = self.evaluator.evaluate(step, loss, rate, model)
        control.should_training_stop |= stalled

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Keep the checkpoint that has just been written, and perhaps pause."""
        control.should_training_stop |= self.evaluator.keep(state.global_step)

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Close the bar."""
        self.evaluator.close()


def check_batch(inputs: Any, expected: Sequence[Encoded]) -> None:
    """Raise `RuntimeError` unless a batch on its way into the model is what was asserted.

    Whatever library prepared it: no row cut, packed, shuffled or masked otherwise.
    """
    rows = zip(inputs["input_ids"].tolist(), inputs["labels"].tolist(), strict=True)
    for (ids, labels), row in zip(rows, expected, strict=True):
        size = len(row.input_ids)
        same = tuple(ids[:size]) == row.input_ids and tuple(labels[:size]) == row.labels
        if not same or set(labels[size:]) - {IGNORED}:
            raise RuntimeError(
                f"the trainer feeds the model other tokens than row {row.id!r} has; its version "
                "prepares rows in a way this course does not know: install the pinned versions"
            )


def build(model: Any, evaluator: Evaluator) -> Any:
    """Return the trainer, ready to begin, or to go on where the log ends."""
    from datasets import Dataset
    from transformers import PrinterCallback, TrainerCallback
    from trl import SFTConfig, SFTTrainer
    from trl.trainer.sft_trainer import DataCollatorForLanguageModeling

    class Callback(Evaluation, TrainerCallback):
        pass

    class Trainer(Exact, SFTTrainer):
        pass

    profile, material = evaluator.profile, evaluator.material
    rows = [{"input_ids": row.input_ids, "labels": row.labels} for row in material.train]
    callback = Callback(evaluator)
    trainer = Trainer(
        model=model,
        args=SFTConfig(**settings(profile, evaluator.run, evaluator.config.seed)),
        train_dataset=Dataset.from_list(rows).select(material.order),
        data_collator=DataCollatorForLanguageModeling(evaluator.tokenizer.pad_token_id),
        processing_class=evaluator.tokenizer,
        callbacks=[callback],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.losses = callback.losses
    trainer.lean_loss = profile.backend == "transformers" and model.device.type != "cuda"
    trainer.share_start = not (profile.dropout or profile.gradient_checkpointing)
    points = curves.read(evaluator.run)
    at = (points[-1].step if points else 0) * profile.rows_a_step
    trainer.expected = [material.train[n] for n in material.order[at : at + profile.batch]]
    return trainer


def settings(profile: Profile, run: Path, seed: int) -> dict[str, Any]:
    """Return every setting of TRL's trainer that has a say: its defaults fit another machine."""
    device = machine.device()
    return {
        "output_dir": str(run),
        # how long, and what a step is
        "max_steps": profile.steps,
        "num_train_epochs": 1,
        "per_device_train_batch_size": profile.batch,
        "gradient_accumulation_steps": profile.gradient_accumulation_steps,
        # how fast
        "learning_rate": profile.learning_rate,
        "lr_scheduler_type": "cosine",
        "warmup_steps": round(profile.warmup * profile.steps),
        "weight_decay": profile.weight_decay,
        "max_grad_norm": 1.0,
        "optim": "adamw_torch_fused",
        "label_smoothing_factor": 0.0,
        "loss_type": "nll",
        # in which precision; the defaults are bf16 and recomputed activations
        "bf16": profile.precision == "bf16",
        "fp16": profile.precision == "fp16",
        "use_cpu": device == "cpu",
        "gradient_checkpointing": profile.gradient_checkpointing,
        "gradient_checkpointing_kwargs": {"use_reentrant": False},
        "torch_compile": False,
        # which rows: ours, as they are, in our order
        "dataset_kwargs": {"skip_prepare_dataset": True},
        "max_length": profile.max_length,
        "completion_only_loss": False,  # the labels say which tokens count
        "assistant_only_loss": False,
        "packing": False,
        "padding_free": False,
        "shuffle_dataset": False,
        "train_sampling_strategy": "sequential",
        "remove_unused_columns": False,
        "dataloader_num_workers": 0,
        "dataloader_drop_last": False,
        "dataloader_pin_memory": device == "cuda",
        "seed": seed,
        "data_seed": seed,
        # our callback evaluates, saves and tells
        "eval_strategy": "no",
        "save_strategy": "no",
        "logging_strategy": "no",
        "save_only_model": False,
        "report_to": "none",
        "disable_tqdm": True,
        "push_to_hub": False,
    }
