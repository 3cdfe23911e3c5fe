"""The engine of transformers models, on a CPU, by CUDA or on Apple's GPU."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.engines import causal
from helpers.engines.causal import Causal
from helpers.engines.torch.loading import load
from helpers.models.folders import origin
from helpers.tasks.base import Progress, Task


@dataclass(frozen=True)
class Torch(Causal):
    """Answers with PyTorch."""

    name: str = "torch"


def create(
    task: Task,
    folder: str | Path,
    decode: str = "free",
    mix: float | None = None,
    progress: Progress = iter,
    **options: Any,
) -> Torch:
    """Return the engine of a model or a run; raises `EngineError` if it cannot be had.

    `folder` may also be a model's name on the hub. Without `mix` the run's own is taken, or the
    model alone.
    """
    loaded = causal.checked(load(folder), task, folder)
    task, mix = causal.prepared(loaded, task, decode, mix, progress)
    metadata = loaded.metadata | origin(loaded.record)
    return Torch(task, loaded, decode, mix, metadata=metadata, **options)
