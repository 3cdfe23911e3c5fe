"""What a framework does for a run, and the one place that chooses torch or MLX."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from helpers.engines.base import Engine
from helpers.finetune.evaluator import Evaluator
from helpers.finetune.masks import Encoded
from helpers.finetune.mlx.backend import MlxBackend
from helpers.finetune.torch.backend import TorchBackend
from helpers.profiles import TORCH, Profile
from helpers.tasks.base import Task


class Backend(Protocol):
    """A framework: it loads, trains and answers; all else is common."""

    def ready(self, profile: Profile) -> None:
        """Import what a profile needs, or raise an error that says how to install it."""

    def load(self, profile: Profile, seed: int) -> Any:
        """Load a profile's base, frozen, with a new adapter drawn from a seed."""

    def count(self, model: Any) -> dict[str, int]:
        """Return how many weights are trained, and how many there are with the frozen ones."""

    def train(self, model: Any, evaluator: Evaluator, checkpoint: Path | None) -> None:
        """Train from a checkpoint, or from the start, to the end, a stall or a pause."""

    def answering(
        self, model: Any, tokenizer: Any, profile: Profile
    ) -> AbstractContextManager[None]:
        """Let a model in training answer, and put it back to training as it was."""

    def mean_loss(self, model: Any, tokenizer: Any, rows: Sequence[Encoded]) -> float:
        """Return the mean loss a supervised token of all rows, in nats."""

    def engine(self, model: Any, tokenizer: Any, task: Task, max_new_tokens: int) -> Engine:
        """Return what answers with a model in training: freely, the likeliest token."""

    def memory(self) -> dict[str, int | None]:
        """Return the most memory that was held, for the record."""

    def release(self) -> None:
        """Give memory back after a model is no longer referred to."""


def get(profile: Profile) -> Backend:
    """Return the backend that trains a profile.

    >>> from helpers import profiles
    >>> type(get(profiles.get("mac"))).__name__, type(get(profiles.get("t4"))).__name__
    ('MlxBackend', 'TorchBackend')
    """
    return TorchBackend() if profile.backend in TORCH else MlxBackend()
