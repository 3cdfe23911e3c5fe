"""Engines by name. An engine's module, and what it needs, is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from helpers.core.examples import EngineError
from helpers.engines.base import Engine
from helpers.tasks.base import Progress, Task

NAMES = ("rules", "baseline", "same_text", "torch", "mlx", "gguf", "api")
MODELS = {name: f"helpers.engines.{name}.engine" for name in NAMES[3:]}
DECODES = ("free", "grammar", "rescore")


def create(
    name: str,
    task: Task,
    progress: Progress = iter,
    model: str | Path | None = None,
    decode: str = "free",
    mix: float | None = None,
    shots: int | None = None,
) -> Engine:
    """Return an engine ready to answer; a baseline is fitted on the task's training rows.

    `model` is a model's folder, its name on the hub, or a run's folder, for engines that have one;
    `mix` is its weight when rescoring, `shots` how many training rows a prompted one is shown.
    Raises `EngineError` for what does not exist or fit together, and `DataError` for rows that
    cannot be read.
    """
    if name not in NAMES:
        raise EngineError(f"there is no engine {name!r}; choose one of {', '.join(NAMES)}")
    if shots is not None and name != "api":
        raise EngineError(f"engine {name!r} is shown no rows; leave shots out, or choose api")
    if name in MODELS:
        if model is None:
            raise EngineError(
                f"engine {name!r} needs a model; name its folder, or a run's (for api its name)"
            )
        more = {} if shots is None else {"shots": shots}
        return import_module(MODELS[name]).create(task, model, decode, mix, progress, **more)
    if model is not None:
        raise EngineError(f"engine {name!r} has no model; leave the model out, or choose torch")
    from helpers.engines import baseline

    if name == "rules":
        return baseline.rules(task)
    if name == "same_text":
        from helpers.corpora import same_text

        return baseline.same_text(task, task.load("train"), same_text.rows(task), progress)
    return baseline.fitted(task, task.load("train"), progress)


def variant_of(model: str | Path | None) -> str:
    """Return how a run's model was asked in training; empty for a base, or without a model."""
    return _told(model, "variant")


def task_of(model: str | Path | None) -> str:
    """Return the task a run's model was tuned for; empty for a base, or without a model."""
    return _told(model, "task")


def _told(model: str | Path | None, key: str) -> str:
    from helpers.engines.gguf import loading
    from helpers.models import folders

    if model and Path(model).suffix == ".gguf":
        return loading.record_of(model).get(key, "")
    return folders.locate(model).record.get(key, "") if model else ""
