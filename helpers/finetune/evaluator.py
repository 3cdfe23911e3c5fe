"""What happens every few steps of training: losses, answers, a score, a checkpoint, a decision."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.core.examples import Example
from helpers.finetune import checkpoints, curves, ranks
from helpers.finetune.config import FinetuneConfig
from helpers.finetune.masks import Encoded
from helpers.finetune.pausing import Allowance
from helpers.profiles import Profile
from helpers.scoring import Scored
from helpers.tasks.base import Task

Report = Callable[[str], None]
# Return the loss of a model in training on the validation rows, and its answers, graded.
Examine = Callable[[Any], tuple[float, Scored]]


@dataclass(frozen=True)
class Material:
    """What a run learns from and is chosen by; `order` is the row numbers of all its batches."""

    task: Task
    train: Sequence[Encoded]
    order: Sequence[int]
    validation: Sequence[Encoded]
    loss_rows: Sequence[Encoded]  # of these, the ones whose answers are in the validation loss
    eval_rows: Sequence[Example]  # of these, the ones whose generated answers are graded
    longest: int  # tokens of the longest answer learned, its end counted
    system: str | None = ""  # the system turn of all rows to train on; None if they have several

    def rows(self, first: int, count: int) -> list[Encoded]:
        """Return `count` rows in the order they are read in, from the `first` on."""
        return [self.train[n] for n in self.order[first : first + count]]

    def tokens(self, count: int) -> int:
        """Return how many tokens the first `count` rows of the order have."""
        return sum(len(self.train[n].input_ids) for n in self.order[:count])


@dataclass
class Evaluator:
    """Evaluates every few steps, keeps the log and the best adapter, stops what has stalled.

    A backend calls `begin`, then at every step that is `due` first `evaluate`, and `keep` once
    the step's checkpoint is written, and in the end `close`. Everything decided here is decided by
    the log, so that a resumed run decides the same.
    """

    run: Path
    profile: Profile
    config: FinetuneConfig
    material: Material
    tokenizer: Any
    examine: Examine
    report: Report
    allowance: Allowance = field(default_factory=Allowance)
    bar: Any = None
    first: int = 0  # the step that this process begins at
    evaluating: float = 0.0  # seconds
    earlier: tuple[float, float] = field(default=(0.0, 0.0))  # seconds of earlier processes

    @property
    def every(self) -> int:
        """Steps between two evaluations."""
        return self.config.steps_between(self.profile.steps)

    def begin(self, step: int) -> None:
        """Start the clock and the bar."""
        from tqdm import tqdm

        if points := curves.read(self.run):
            self.earlier = points[-1].seconds, points[-1].seconds_training
        self.began, self.first, self.evaluating = time.perf_counter(), step, 0.0
        self.bar = tqdm(
            total=self.profile.steps, initial=step, desc="steps", mininterval=1,
            disable=not ranks.first(),
        )  # fmt: skip

    def before(self, model: Any) -> curves.Point:
        """Examine a model that has learned nothing: step 0 of its curve, which no log keeps."""
        loss, scored = self.examine(model)
        exact, effective = scored.record["exact"], scored.record["effective"]
        return curves.Point(0, 0.0, math.nan, loss, exact, effective, 0.0, 0, 0.0, 0.0)

    def due(self, step: int) -> bool:
        """Return whether the model is examined after this step."""
        return step % self.every == 0 or step >= self.profile.steps

    def ended(self, points: Sequence[curves.Point]) -> bool:
        """Return whether a log tells of a run that has trained to its end."""
        over = bool(points) and points[-1].step >= self.profile.steps
        return over or curves.stalled(points, self.config.patience)

    def evaluate(self, step: int, train_loss: float, rate: float, model: Any) -> bool:
        """Measure losses and the score of generated answers, and log them.

        Returns whether the run is over: nothing has got better for too long.
        """
        started = time.perf_counter()
        loss, scored = self.examine(model)
        rows, spent = step * self.profile.rows_a_step, started - self.began
        point = curves.Point(
            step=step,
            epoch=round(rows / len(self.material.train), 4),
            train_loss=train_loss,
            valid_loss=loss,
            exact=scored.record["exact"],
            effective=scored.record["effective"],
            learning_rate=rate,
            tokens=self.material.tokens(rows),
            seconds=round(self.earlier[0] + time.perf_counter() - self.began, 2),
            seconds_training=round(self.earlier[1] + spent - self.evaluating, 2),
        )
        curves.add(self.run, point)
        points = curves.read(self.run)
        self.evaluating += time.perf_counter() - started
        pace = (time.perf_counter() - self.began) / (step - self.first)
        left = pace * (self.profile.steps - step)
        self.report(curves.line(point, self.profile.steps, curves.best(points) == point, left))
        self.bar.set_postfix(loss=f"{point.train_loss:.3f}", exact=f"{point.exact:.3f}")
        return curves.stalled(points, self.config.patience)

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
        if self.config.backup:
            checkpoints.copy_out(self.run, self.config.backup, self.report)
        self.evaluating += time.perf_counter() - started
        return self.allowance.spent

    def close(self) -> None:
        """Close the bar."""
        self.bar.close()
