"""Repair as a step of its own: an engine around another one, which mends its free answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from helpers.core import fingerprints
from helpers.core.examples import Example, Prediction
from helpers.core.source import source_of
from helpers.engines.base import Engine
from helpers.tasks.base import Task


@dataclass(frozen=True)
class Repaired(Engine):
    """An engine whose answers a task's own code mends, from the question alone.

    An answer's details then have what was written (`raw`) and every mending (`repairs`).
    """

    engine: Engine
    task: Task

    @property
    def name(self) -> str:
        """The engine's name."""
        return self.engine.name

    @property
    def batch_size(self) -> int:
        """How many rows the engine takes at once."""
        return self.engine.batch_size

    @cached_property
    def fingerprint(self) -> str:
        """A name for all that has a say in the mended answers."""
        return fingerprints.digest(
            "repaired", self.engine.fingerprint, self.task.fingerprint(), source_of(__name__)
        )

    @property
    def settings(self) -> dict[str, Any]:
        """What a record says about the engine, and that its answers were repaired."""
        return self.engine.settings | {"repair": True}

    def answer(self, examples: Sequence[Example]) -> list[Prediction]:
        """Answer a batch, in its order, and mend every answer."""
        predictions = self.engine.answer(examples)
        return [self._mend(p, e) for p, e in zip(predictions, examples, strict=True)]

    def forget(self, examples: Sequence[Example]) -> None:
        """Forget what the engine keeps of these examples."""
        self.engine.forget(examples)

    def _mend(self, prediction: Prediction, example: Example) -> Prediction:
        mended = self.task.repair(prediction.text, example)
        return replace(
            prediction, text=mended.text, details=prediction.details | mended.details
        )
