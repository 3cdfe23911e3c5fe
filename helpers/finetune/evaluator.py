"""What happens every few steps of training: losses, answers, a score, a checkpoint, a decision."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.core.examples import Example
from helpers.finetune import checkpoints, curves
from helpers.finetune.masks import Encoded
from helpers.finetune.pausing import Allowance
from helpers.finetune.torch.generation import Generator
from helpers.profiles import Profile
from helpers.tasks.base import Task

Report = Callable[[str], None]


@dataclass(frozen=True)
class Material:
    """What a run learns from and is chosen by; `order` is the row numbers of all its batches."""

    task: Task
    train: Sequence[Encoded]
    order: Sequence[int]
    choosing: Sequence[Encoded]  # the answers of all of them are in the validation loss
    asked: Sequence[Example]  # of these, the ones whose generated answers are graded
    longest: int  # tokens of the longest answer learned, its end counted
    system: str | None = ""  # the system turn of all rows to train on; None if they have several

    def tokens(self, count: int) -> int:
        """Return how many tokens the first `count` rows of the order have."""
        return sum(len(self.train[n].input_ids) for n in self.order[:count])


# Return the loss on the choosing rows and the generated answers of a model in training.
Exam = Callable[[Any], tuple[float, list[str]]]


@dataclass
class Watch:
    """Evaluates every few steps, keeps the log and the best adapter, stops what has stalled.

    A trainer calls `begin`, then at every step that is `due` first `evaluate`, and `keep` once
    the step's checkpoint is written, and in the end `close`. Everything decided here is decided by
    the log, so that a resumed run decides the same.
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
    bar: Any = None
    evaluating: float = 0.0

    def begin(self, step: int) -> None:
        """Start the clock and the bar."""
        from tqdm import tqdm

        points = curves.read(self.run)
        self.before = (points[-1].seconds, points[-1].seconds_training) if points else (0.0, 0.0)
        self.began, self.first = time.perf_counter(), step
        self.bar = tqdm(total=self.profile.steps, initial=step, desc="steps", mininterval=1)

    def due(self, step: int) -> bool:
        """Return whether the model is examined after this step."""
        return step % self.every == 0 or step >= self.profile.steps

    def evaluate(self, step: int, train_loss: float, rate: float, exam: Exam, model: Any) -> bool:
        """Measure losses and the score of generated answers, and log them.

        Returns whether the run is over: nothing has got better for too long.
        """
        started = time.perf_counter()
        loss, texts = exam(model)
        seen = step * self.profile.batch * self.profile.accumulate
        grades = self.material.task.grade(texts, self.material.asked)
        buckets = [grade.bucket for grade in grades]
        spent = started - self.began
        point = curves.Point(
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
        curves.add(self.run, point)
        points = curves.read(self.run)
        self.evaluating += time.perf_counter() - started
        pace = (time.perf_counter() - self.began) / (step - self.first)
        left = pace * (self.profile.steps - step)
        self.report(curves.line(point, self.profile.steps, curves.best(points) == point, left))
        self.bar.set_postfix(loss=f"{point.train_loss:.3f}", exact=f"{point.exact:.3f}")
        return curves.stalled(points, self.patience)

    def keep(self, step: int) -> bool:
        """Seal a checkpoint, keep its adapter if it is the best, remove and copy.

        Returns whether it is time to pause. Only here may a run pause: what it goes on from is
        whole, and where it survives.
        """
        started = time.perf_counter()
        checkpoint = checkpoints.folder_of(self.run, step)
        checkpoints.seal(checkpoint)
        if checkpoints.best_step(checkpoint) == step:
            checkpoints.take_adapter(self.run, step)
        checkpoints.prune(self.run)
        if self.away:
            checkpoints.copy_out(self.run, self.away, self.report)
        self.evaluating += time.perf_counter() - started
        return self.allowance.spent

    def close(self) -> None:
        """Close the bar."""
        self.bar.close()
