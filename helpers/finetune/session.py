"""A run at work: who holds it, what it goes on from, and what makes it finished.

Whoever trains, the command line or the cells of a notebook, trains between `hold` and `finish`:

    with session.hold():
        if not session.ended:
            trainer.train(resume_from_checkpoint=session.checkpoint)
        session.finish(model)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.core import runs
from helpers.finetune import checkpoints, curves, ranks, record
from helpers.finetune.backends import Backend
from helpers.finetune.evaluator import Evaluator
from helpers.finetune.pausing import Allowance, opening, pause


@dataclass
class Session:
    """A run with all it needs but the model and the framework's own calls."""

    evaluator: Evaluator
    backend: Backend
    settings: dict[str, Any]  # what names the run
    checkpoint: Path | None = None  # what it goes on from; known while it is held

    @property
    def run(self) -> Path:
        """The folder of the run."""
        return self.evaluator.run

    @property
    def finished(self) -> bool:
        """Whether the run has its record and its adapter."""
        return checkpoints.finished(self.run)

    @property
    def ended(self) -> bool:
        """Whether there is nothing left to train."""
        return self.finished or self.evaluator.ended(curves.read(self.run))

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keep other processes out, and make the run what it was at its newest whole checkpoint.

        Finished checkpoints are copied to the config's `backup_dir`, and fetched from there if
        the run is further on there. Its `minutes` begin now. Of several processes the first holds
        it. Raises `ValueError` for a `backup_dir` whose copy of the run would be the run itself.
        """
        backup = self.evaluator.config.backup
        if backup and _same_folder(backup / self.run.name, self.run):
            raise ValueError(
                f"backup_dir is {backup}, where the runs themselves lie; name another folder"
            )
        if ranks.first():
            with self._held():
                self.checkpoint = ranks.agreed(self.checkpoint)
                yield
        else:
            self.checkpoint = ranks.agreed(None)
            yield

    @contextmanager
    def _held(self) -> Iterator[None]:
        config, report = self.evaluator.config, self.evaluator.report
        with runs.only_one(self.run):
            self.evaluator.allowance = Allowance(config.minutes)
            if config.fresh:
                checkpoints.forget(self.run, config.backup)
            if config.backup and checkpoints.restore(self.run, config.backup):
                report(f"fetched {self.run.name} from {config.backup}")
            if self.finished:
                report(f"finished before, as {self.run.name}; its evaluations were:")
                self._retell()
                self._settle()
            else:
                self._go_on()
            yield

    def _retell(self) -> None:
        """Report the evaluations of a finished run as they were reported while it trained."""
        points, evaluator = curves.read(self.run), self.evaluator
        for number, point in enumerate(points, 1):
            better = curves.best(points[:number]) == point
            evaluator.report(curves.line(point, evaluator.profile.steps, better))

    def _go_on(self) -> None:
        evaluator = self.evaluator
        self.checkpoint = checkpoints.resume(self.run)
        if self.ended:
            return
        points, steps = curves.read(self.run), evaluator.profile.steps
        if line := opening(points, steps, evaluator.config.minutes):
            evaluator.report(line)

    def finish(self, model: Any) -> Path:
        """Keep the best adapter and write the record; return the folder of the run.

        Raises `Paused` if the run stopped before its end.
        """
        evaluator = self.evaluator
        if not self.ended:
            used, fresh = evaluator.allowance.used, evaluator.config.fresh
            raise pause(curves.read(self.run), evaluator.profile.steps, used, fresh)
        if ranks.first():
            if not self.finished:
                self._record(model)
            self._settle()
        return self.run

    def _record(self, model: Any) -> None:
        evaluator = self.evaluator
        material, base = evaluator.material, evaluator.profile.base
        checkpoints.take_adapter(self.run, curves.best(curves.read(self.run)).step)
        of_base = record.origin(base) | record.held_out(evaluator.config, material)
        of_base["system"] = material.system  # a line of `predict` is asked with it
        measured = record.outcome(self.run) | self.backend.memory()
        weights = self.backend.count(model)
        runs.write(self.run, self.settings | of_base | weights | measured)

    def _settle(self) -> None:
        """Remove what a finished run no longer needs, and copy the rest where it survives."""
        checkpoints.clear(self.run)
        if backup := self.evaluator.config.backup:
            checkpoints.copy_out(self.run, backup, self.evaluator.report)


def _same_folder(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)
