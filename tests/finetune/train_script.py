"""Train in a process of its own: killed on the way, or twice with Unsloth."""

import json
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

import small_runs
from small_runs import SHAKY, lasting

from helpers import tasks
from helpers.finetune import checkpoints
from helpers.finetune.pausing import Paused

SEAL, TAKE = checkpoints.seal, checkpoints.take_adapter


@dataclass(frozen=True)
class Order:
    """What to train, and where to die: `seal 4`, `report 8`, or empty for nowhere."""

    base: str
    data: str
    where: str
    backend: str

    def dies(self, what: str, step: int) -> bool:
        """Return whether this is the place."""
        return self.where == f"{what} {step}"

    def report(self, line: str) -> None:
        """Die when a certain step is reported."""
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
        task = tasks.get("dictated_bash", self.data)
        train = small_runs.trainer(task, self.base, self.backend)
        return lasting(train(report=self.report, **SHAKY, **more))


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
    if order.backend == "mlx":
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
