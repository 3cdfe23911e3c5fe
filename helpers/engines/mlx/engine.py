"""The engine of mlx-lm models: on Apple silicon by its GPU, on Linux by the CPU."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.engines import causal
from helpers.engines.causal import Causal
from helpers.engines.mlx.loading import load
from helpers.models.folders import origin
from helpers.tasks.base import Progress, Task


@dataclass(frozen=True)
class Mlx(Causal):
    """Answers with MLX."""

    name: str = "mlx"


def create(
    task: Task,
    folder: str | Path,
    decode: str = "free",
    mix: float | None = None,
    progress: Progress = iter,
    **options: Any,
) -> Mlx:
    """Return the engine of a model or a run; raises `EngineError` if it cannot be had.

    `folder` is a model of Hugging Face's or mlx-lm's form, quantized or not, its name on the hub,
    or a run, whichever framework trained it.
    """
    loaded = causal.checked(load(folder), task, folder)
    task, mix = causal.prepared(loaded, task, decode, mix, progress)
    metadata = loaded.metadata | origin(loaded.record)
    return Mlx(task, loaded, decode, mix, metadata=metadata, **options)
