"""Train in a process of its own: killed on the way, or twice with Unsloth."""

import json
import os
import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from helpers import profiles, records, tasks
from helpers.finetune import checkpoints, with_mlx, with_torch
from helpers.finetune.pausing import Paused

SEAL, TAKE = checkpoints.seal, checkpoints.take_adapter


@dataclass(frozen=True)
class Order:
    """What to train, and where to die: `seal 4`, `report 8`, or nowhere but with Unsloth."""

    base: str
    data: str
    where: str
    changes: dict
    engine: str = "transformers"

    def dies(self, what: str, step: int) -> bool:
        """Return whether this is the place."""
        return self.where == f"{what} {step}"

    def report(self, line: str) -> None:
        """Die when a certain step is told."""
        step = line.removeprefix("step ").split("/")[0]
        if self.where == f"report {step}":
            die()

    def seal(self, checkpoint: Path) -> None:
        """Seal a checkpoint, or die over it."""
        if self.dies("seal", checkpoints.step_of(checkpoint)):
            die()
        SEAL(checkpoint)

    def train(self, **more) -> dict:
        """Train and return what the same run always repeats."""
        engine = "unsloth" if self.where == "unsloth" else self.engine
        profile = replace(
            profiles.get("cpu", engine=engine, base=self.base),
            rank=16, alpha=32, batch=4, steps=8, learning_rate=1e-2, max_length=128,
        )  # fmt: skip
        task = tasks.get("dictated_bash", self.data)
        finetune = with_mlx.finetune if engine == "mlx" else with_torch.finetune
        run = finetune(task, profile, report=self.report, **self.changes, **more)
        return records.without_times(records.read(run))


def die() -> None:
    """Leave no time for anything."""
    os.kill(os.getpid(), signal.SIGKILL)


def interrupt(run: Path, step: int) -> Path:
    """Stop as Colab does, in the middle; what goes on then is paused once more."""
    if step == 4:
        raise KeyboardInterrupt
    return TAKE(run, step)


def main() -> None:
    """Carry out the order given as JSON."""
    order = Order(**json.loads(sys.argv[1]))
    if order.engine == "mlx":
        import mlx.core  # noqa: F401 - before torch's products are borrowed, as in the test
    checkpoints.seal = order.seal
    straight = order.train()
    checkpoints.take_adapter = interrupt
    try:
        order.train(fresh=True)
    except KeyboardInterrupt:
        checkpoints.take_adapter = TAKE
        try:
            order.train(minutes=1e-6)
        except Paused:
            print(json.dumps([straight, order.train()]))


if __name__ == "__main__":
    main()
