"""The engine of transformers models, on a CPU, by CUDA or on Apple's GPU."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.core.examples import EngineError
from helpers.engines import causal
from helpers.engines.causal import Causal
from helpers.engines.torch.loading import load
from helpers.models.folders import origin
from helpers.tasks.base import Progress, Task


@dataclass(frozen=True)
class Torch(Causal):
    """Answers with PyTorch."""

    name: str = "torch"


ATTENTION = {"full_attention", "sliding_attention", "chunked_attention"}


def keeps_state(config: Any) -> bool:
    """Return whether some layers keep a running state, as LFM2's do, beside keys and values.

    What is read cannot be masked away in it: rows of unlike lengths are answered one by one.
    """
    return bool(set(getattr(config, "layer_types", None) or ()) - ATTENTION)


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
    if keeps_state(loaded.model.config):
        if decode == "rescore":
            raise EngineError(
                f"{folder}: keeps a running state, which no list of candidates can share in torch; "
                "decode with grammar, or take engine mlx"
            )
        options = {"at_once": 1} | options
    task, mix = causal.prepared(loaded, task, decode, mix, progress)
    metadata = loaded.metadata | origin(loaded.record)
    return Torch(task, loaded, decode, mix, metadata=metadata, **options)
