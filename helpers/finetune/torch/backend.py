"""Fine-tune with TRL and PEFT; the model from Unsloth, or from transformers alone.

`finetune` is one call from a notebook. Killed or paused, and called again, it goes on to the same
result.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from helpers.finetune import run
from helpers.finetune.evaluator import Watch
from helpers.finetune.pausing import Paused
from helpers.finetune.run import Trainer, retell
from helpers.finetune.torch import generation, models, trainer
from helpers.profiles import Profile
from helpers.tasks.base import Task

__all__ = ["ENGINES", "Paused", "finetune", "ready", "resolve", "retell"]

ENGINES = ("unsloth", "transformers")


def finetune(task: Task, profile: str | Profile = "", **options: Any) -> Path:
    """Train an adapter with torch and return the folder of its run.

    The options, what is raised and what a run is are those of `run.finetune`.
    """
    return run.finetune(TRAINER, task, profile, **options)


resolve = partial(run.resolve, engines=ENGINES)
ready = models.import_engine


def _load(profile: Profile, seed: int) -> Any:
    return models.load_adapted(profile, seed)


def _train(model: Any, watch: Watch, seed: int, checkpoint: Path | None) -> None:
    at_work = trainer.build(model, watch, seed)
    at_work.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)


def _memory() -> dict[str, int | None]:
    return {"peak_gpu_memory_mb": models.peak_gpu_memory_mb()}


TRAINER = Trainer(
    ENGINES,
    models.import_engine,
    _load,
    models.count_weights,
    _train,
    lambda limit: generation.greedy(max_new_tokens=limit),
    _memory,
    models.release,
)
