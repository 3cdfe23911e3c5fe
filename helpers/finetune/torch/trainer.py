"""TRL's trainer with nothing left to a default, and a look at what it really feeds the model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpers.engines.torch import machine
from helpers.finetune import masks, ranks
from helpers.finetune.evaluator import Evaluator, Material
from helpers.finetune.masks import Encoded
from helpers.finetune.torch.loss import learned_logits
from helpers.profiles import Profile


class Exact:
    """What is ours of the trainer: it sees that it is fed our rows, and keeps every loss.

    Mixed into `SFTTrainer`, Unsloth's or TRL's own; its one callback is made by `exams`.
    """

    def __init__(self, *args: Any, callbacks: Sequence[Any], **more: Any) -> None:
        """Build the trainer, and let the callback report instead of the trainer's own printer."""
        from transformers import PrinterCallback

        super().__init__(*args, callbacks=[*callbacks], **more)
        (self.exams,) = callbacks
        self.remove_callback(PrinterCallback)
        profile = self.exams.evaluator.profile
        self.lean_loss = profile.backend == "transformers" and self.model.device.type != "cuda"
        self.share_start = not (
            profile.dropout or profile.gradient_checkpointing or ranks.count() > 1
        )

    def compute_loss(
        self, model: Any, inputs: Any, return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        """Use a loss of ours where TRL's kernel is missing: it needs Triton, so a GPU."""
        if not self.lean_loss:
            return super().compute_loss(model, inputs, return_outputs, num_items_in_batch)
        from torch.nn.functional import cross_entropy

        logits, wanted = learned_logits(model, inputs, self.share_start)
        total = cross_entropy(logits.float(), wanted, reduction="sum")
        if num_items_in_batch is None:
            return total / len(wanted)
        return total * ranks.count() / num_items_in_batch  # gradients are averaged over processes

    def training_step(self, model: Any, inputs: Any, num_items_in_batch: Any = None) -> Any:
        """Check the first batch, then train and note the loss."""
        if expected := self.exams.expected:
            check_batch(inputs, expected)
            self.exams.expected = []
        loss = super().training_step(model, inputs, num_items_in_batch)
        self.exams.losses.append(loss.detach() / ranks.count())
        return loss

    def create_model_card(self, *_: Any, **__: Any) -> None:
        """Write no card into every checkpoint."""


class Evaluation:
    """Calls the evaluator where the trainer calls back; mixed into a `TrainerCallback`."""

    def __init__(self, evaluator: Evaluator) -> None:
        """Begin with no losses; the trainer adds a tensor a batch."""
        self.evaluator = evaluator
        self.losses: list[Any] = []
        self.expected: Sequence[Encoded] = []  # the first batch, until it has been seen

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Start the clock and the bar, and say which rows must come first."""
        profile, material = self.evaluator.profile, self.evaluator.material
        self.losses.clear()
        own = ranks.share(profile.batch)
        read = state.global_step * profile.rows_a_step
        self.expected = material.rows(read + ranks.own() * own, own)
        self.evaluator.begin(state.global_step)

    def on_step_end(self, args: Any, state: Any, control: Any, model: Any, **more: Any) -> None:
        """Move the bar; where it is due evaluate, and ask for a checkpoint."""
        self.evaluator.bar.update(1)
        step = state.global_step
        if not self.evaluator.due(step):
            return
        steps = len(self.losses) / self.evaluator.profile.gradient_accumulation_steps
        loss = ranks.total(float(sum(map(float, self.losses)))) / steps
        self.losses.clear()
        rate = more["lr_scheduler"].get_last_lr()[0]
        control.should_save = True
        stalled = ranks.first() and self.evaluator.evaluate(step, loss, rate, model)
        control.should_training_stop |= ranks.agreed(stalled)

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Keep the checkpoint that all have just written, and perhaps pause."""
        ranks.agreed(None)
        spent = ranks.first() and self.evaluator.keep(state.global_step)
        control.should_training_stop |= ranks.agreed(spent)

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Close the bar."""
        self.evaluator.close()


def exams(evaluator: Evaluator) -> Any:
    """Return an evaluator as a callback of transformers' trainer, which Unsloth must precede."""
    from transformers import TrainerCallback

    return type("Exams", (Evaluation, TrainerCallback), {})(evaluator)


def dataset(material: Material) -> Any:
    """Return the rows of all batches, as tokens and labels, in the order they are read in."""
    from datasets import Dataset

    rows = [{"input_ids": row.input_ids, "labels": row.labels} for row in material.train]
    return Dataset.from_list(rows).select(material.order)


def collator(tokenizer: Any) -> Any:
    """Return TRL's collator: it pads a batch's rows on the right, and copies their labels."""
    from trl.trainer.sft_trainer import DataCollatorForLanguageModeling

    return DataCollatorForLanguageModeling(tokenizer.pad_token_id)


def check_batch(inputs: Any, expected: Sequence[Encoded]) -> None:
    """Raise `RuntimeError` unless a batch is what was asserted; see `masks.check_batch`."""
    masks.check_batch(inputs["input_ids"].tolist(), inputs["labels"].tolist(), expected)


def build(model: Any, evaluator: Evaluator) -> Any:
    """Return the trainer, ready to begin, or to go on where the log ends."""
    from trl import SFTConfig, SFTTrainer

    class Trainer(Exact, SFTTrainer):
        pass

    profile = evaluator.profile
    return Trainer(
        model=model,
        args=SFTConfig(
            learning_rate=profile.learning_rate,
            per_device_train_batch_size=ranks.share(profile.batch),
            gradient_accumulation_steps=profile.gradient_accumulation_steps,
            max_steps=profile.steps,
            **settings(profile, evaluator.run, evaluator.config.seed),
        ),
        train_dataset=dataset(evaluator.material),
        data_collator=collator(evaluator.tokenizer),
        processing_class=evaluator.tokenizer,
        callbacks=[exams(evaluator)],
    )


def settings(profile: Profile, run: Path, seed: int) -> dict[str, Any]:
    """Return what else of TRL's settings has a say: its defaults fit another machine.

    How many steps of how many rows, and how fast, whoever builds a trainer says.
    """
    device = machine.device()
    return {
        "output_dir": str(run),
        "num_train_epochs": 1,
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
        "ddp_find_unused_parameters": False,
        "ddp_timeout": ranks.HOURS * 3600,
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
