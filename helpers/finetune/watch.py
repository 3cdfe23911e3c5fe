"""What happens every few steps of training: losses, answers, a score, a checkpoint, a decision."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.finetune import answers, checkpoints, curves
from helpers.finetune.answers import Generator
from helpers.finetune.masks import Encoded
from helpers.finetune.pausing import Allowance
from helpers.profiles import Profile
from helpers.rows import Example
from helpers.tasks.base import Task

Report = Callable[[str], None]


@dataclass(frozen=True)
class Material:
    """What a run learns from and is chosen by; `order` is the row numbers of all its batches."""

    task: Task
    train: Sequence[Encoded]
    order: Sequence[int]
    choosing: Sequence[Encoded]  # all of them are in the validation loss
    asked: Sequence[Example]  # of these, the ones whose generated answers are graded

    def tokens(self, count: int) -> int:
        """Return how many tokens the first `count` rows of the order have."""
        return sum(len(self.train[n].input_ids) for n in self.order[:count])


@dataclass
class Watch:
    """Evaluates every few steps, keeps the log and the best adapter, stops what has stalled.

    Mixed into a `TrainerCallback`. Everything it decides by is in the log, so that a resumed run
    decides the same.
    """

    run: Path
    profile: Profile
    material: Material
    tokenizer: Any
    generate: Generator
    every: int
    patience: int
    away: Path | None
    report: Report
    allowance: Allowance = field(default_factory=Allowance)
    losses: list[Any] = field(default_factory=list)  # a tensor a batch, filled by the trainer
    bar: Any = None
    evaluating: float = 0.0

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Start the clock and the bar."""
        from tqdm import tqdm

        points = curves.read(self.run)
        self.before = (points[-1].seconds, points[-1].seconds_training) if points else (0.0, 0.0)
        self.began, self.first = time.perf_counter(), state.global_step
        self.bar = tqdm(total=self.profile.steps, initial=self.first, desc="steps", mininterval=1)

    def on_step_end(self, args: Any, state: Any, control: Any, model: Any, **more: Any) -> None:
        """Move the bar; every few steps, and at the last, evaluate and ask for a checkpoint."""
        self.bar.update(1)
        step = state.global_step
        if step % self.every and step < self.profile.steps:
            return
        started = time.perf_counter()
        earlier = curves.read(self.run)
        point = self.measure(step, model, more["lr_scheduler"].get_last_lr()[0], started)
        curves.add(self.run, point)
        points = [*earlier, point]
        self.evaluating += time.perf_counter() - started
        pace = (time.perf_counter() - self.began) / (step - self.first)
        better = curves.best(points) == point
        left = pace * (self.profile.steps - step)
        self.report(curves.line(point, self.profile.steps, better, left))
        self.bar.set_postfix(loss=f"{point.train_loss:.3f}", exact=f"{point.exact:.3f}")
        control.should_save = True
        control.should_training_stop |= curves.stalled(points, self.patience)

    def measure(self, step: int, model: Any, rate: float, now: float) -> curves.Point:
        """Measure losses and the score of generated answers."""
        seen = step * self.profile.batch * self.profile.accumulate
        with answers.answering(model, self.profile.checkpointing):
            loss = answers.mean_loss(model, self.material.choosing, self.tokenizer.pad_token_id)
            texts = self.generate(model, self.tokenizer, self.material.task, self.material.asked)
        self.tokenizer.padding_side = "right"  # a generator may have turned it
        grades = self.material.task.grade(texts, self.material.asked)
        buckets = [grade.bucket for grade in grades]
        steps = len(self.losses) / self.profile.accumulate
        train_loss = float(sum(map(float, self.losses))) / steps
        self.losses.clear()
        spent = now - self.began
        return curves.Point(
            step=step,
            epoch=round(seen / len(self.material.train), 4),
            train_loss=train_loss,
            valid_loss=loss,
            exact=buckets.count("exact") / len(buckets),
            effective=(buckets.count("exact") + buckets.count("near")) / len(buckets),
            learning_rate=rate,
            tokens=self.material.tokens(seen),
            seconds=round(self.before[0] + time.perf_counter() - self.began, 2),
            seconds_training=round(self.before[1] + spent - self.evaluating, 2),
        )

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Seal the checkpoint, keep its adapter if it is the best, remove and copy; then pause.

        Only here may a run pause: what it goes on from is whole, and where it survives.
        """
        started = time.perf_counter()
        checkpoint = checkpoints.folder_of(self.run, state.global_step)
        checkpoints.seal(checkpoint)
        if checkpoints.best_step(checkpoint) == state.global_step:
            checkpoints.take_adapter(self.run, state.global_step)
        checkpoints.prune(self.run)
        if self.away:
            checkpoints.copy_out(self.run, self.away, self.report)
        control.should_training_stop |= self.allowance.spent
        self.evaluating += time.perf_counter() - started

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Close the bar."""
        self.bar.close()
