"""What mlx-lm's loop lacks, in its callback: exams, whole checkpoints, a resume, an early end.

A loss on validation rows that compares with torch's, generated answers graded by the task,
checkpoints that hold the optimizer, and the choice of the best.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from helpers.engines.mlx import lora, saving
from helpers.finetune import checkpoints, masks
from helpers.finetune.evaluator import Evaluator
from helpers.finetune.mlx import training
from helpers.profiles import Profile

STATE = "optimizer.safetensors"


class Over(Exception):
    """A run has stalled, or is to pause: the one way to end mlx-lm's loop early."""


class Exams:
    """Calls the evaluator where mlx-lm reports a loss; mixed into its `TrainingCallback`."""

    def __init__(self, evaluator: Evaluator, model: Any, optimizer: Any) -> None:
        """Remember what is examined, and what a checkpoint holds."""
        self.evaluator, self.model, self.optimizer = evaluator, model, optimizer
        self.first = 0  # the step that this call begins at
        self.page = sys.stdout  # where reports go; mlx-lm's box takes over what is printed

    @property
    def iters(self) -> int:
        """How many batches are left to train on."""
        return (self.evaluator.profile.steps - self.first) * self._accumulated

    def batches(self) -> Iterator[Any]:
        """Return the batches that are left, in our order, each made when it is asked for."""
        evaluator = self.evaluator
        steps = range(self.first, evaluator.profile.steps)
        for step in steps:
            yield from training.batches(evaluator.material, evaluator.profile, step, step + 1)

    def counted(self, dataset: Iterator[Any], **_: Any) -> Iterator[Any]:
        """Walk over the batches as they come, for mlx-lm; check the first, and move the bar."""
        profile, material = self.evaluator.profile, self.evaluator.material
        for number, (tokens, labels, divisor) in enumerate(dataset):
            if number == 0:
                expected = material.rows(self.first * profile.rows_a_step, profile.batch)
                masks.check_batch(tokens.tolist(), labels.tolist(), expected)
            if number % self._accumulated == 0:
                self.evaluator.bar.update(1)
            yield tokens, labels, divisor

    def settings(self) -> dict[str, Any]:
        """Return what else `TrainingArgs` is told: when to call back, and to save nothing."""
        profile = self.evaluator.profile
        return {
            "steps_per_report": self.evaluator.every * self._accumulated,
            "steps_per_save": self.iters + 1,  # checkpoints are ours: they hold the optimizer too
            "adapter_file": str(self._unused),
            "grad_checkpoint": profile.gradient_checkpointing,
        }

    @property
    def _accumulated(self) -> int:
        return self.evaluator.profile.gradient_accumulation_steps

    @property
    def _unused(self) -> Path:
        return self.evaluator.run / ".last.safetensors"

    @contextmanager
    def at_work(self, checkpoint: Path | None) -> Iterator[None]:
        """Go on from a checkpoint, or begin; the loop inside ends where the evaluator says so."""
        import mlx.core as mx

        self.optimizer.init(self.model.trainable_parameters())
        self.first = restore(checkpoint, self.model, self.optimizer) if checkpoint else 0
        mx.reset_peak_memory()
        self._seed(self.first)
        self.page = sys.stdout
        self.evaluator.begin(self.first)
        try:
            with quiet():
                yield
        except Over:
            pass
        finally:
            self.evaluator.close()
            self._unused.unlink(missing_ok=True)

    def on_train_loss_report(self, train_info: dict[str, Any]) -> None:
        """Examine the model, keep a checkpoint, and go on or end."""
        step = self.first + train_info["iteration"] // self._accumulated
        with redirect_stdout(self.page):
            over = self._examine(step, train_info["train_loss"])
        if over and step < self.evaluator.profile.steps:
            raise Over
        self._seed(step)

    def _examine(self, step: int, loss: float) -> bool:
        evaluator, rate = self.evaluator, self.optimizer.learning_rate.item()
        over = evaluator.evaluate(step, loss, rate, self.model)
        checkpoint = checkpoints.folder_of(evaluator.run, step)
        save(checkpoint, self.model, self.optimizer, evaluator.profile)
        return over | evaluator.keep(step)

    def _seed(self, step: int) -> None:
        """Let dropout after a resume be what it would have been."""
        import mlx.core as mx

        mx.random.seed((self.evaluator.config.seed << 32) + step)


def callback(evaluator: Evaluator, model: Any, optimizer: Any) -> Any:
    """Return an evaluator as a callback of mlx-lm's loop."""
    from mlx_lm.tuner.callbacks import TrainingCallback

    return type("Callback", (Exams, TrainingCallback), {})(evaluator, model, optimizer)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep mlx-lm's coloured box off the page: the evaluator reports what it would say.

    In a notebook the box would be a widget, and take what is printed into it.
    """
    from mlx_lm.cli_ui import make_console

    console = make_console()
    before = console.quiet, console.is_jupyter
    console.quiet, console.is_jupyter = True, False
    try:
        yield
    finally:
        console.quiet, console.is_jupyter = before


def save(folder: Path, model: Any, optimizer: Any, profile: Profile) -> None:
    """Write a checkpoint: the adapter as PEFT has it, and all that training goes on from."""
    from mlx.utils import tree_flatten

    weights = dict(tree_flatten(model.trainable_parameters()))
    lora.write_for_peft(weights, profile.rank, profile.alpha, profile.base, folder)
    state = dict(tree_flatten(optimizer.state))
    saving.save(folder / STATE, state, {"step": str(checkpoints.step_of(folder))})


def restore(folder: Path, model: Any, optimizer: Any) -> int:
    """Load a checkpoint into a model with LoRA layers and its optimizer; return its step."""
    import mlx.core as mx
    from mlx.utils import tree_unflatten

    _, weights = lora.read_for_mlx(folder)
    model.load_weights(list(weights.items()), strict=False)
    optimizer.state = tree_unflatten(list(mx.load(str(folder / STATE)).items()))
    return checkpoints.step_of(folder)
