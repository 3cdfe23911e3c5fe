"""Engines by name. An engine's module, and what it needs, is imported when it is made."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from helpers.core.examples import EngineError
from helpers.engines.base import Engine
from helpers.engines.spec import DECODINGS, SPECS, EngineSpec
from helpers.models import folders
from helpers.models.folders import ModelFolder
from helpers.tasks.base import Progress, Task

BEST = "best"  # the way to decode that validation rows chose, in a run's record

Model = str | Path | ModelFolder | None


def spec_of(name: str) -> EngineSpec:
    """Return what there is to know of an engine; raises `EngineError` that lists the names."""
    if name not in SPECS:
        raise EngineError(f"there is no engine {name!r}; choose one of {', '.join(SPECS)}")
    return SPECS[name]


def create(
    name: str,
    task: Task,
    progress: Progress = iter,
    model: Model = None,
    decode: str = "free",
    mix: float | None = None,
    shots: int | None = None,
    repair: bool = True,
    words: Path | None = None,
    pipeline: Path | None = None,
    keep: bool | None = None,
) -> Engine:
    """Return an engine ready to answer; a baseline is fitted on the task's training rows.

    `model` is a model's folder, its name on the hub, or a run's folder, for engines that have one,
    or what `locate` returned; `mix` is its weight when rescoring, `shots` how many training rows a
    prompted one is shown, `words` a list of the reader's own for one that hears, `pipeline` the
    file of a pipeline; `keep` off, and an endpoint's replies are not kept. Free answers are
    repaired by the task's own code unless `repair` is off. Decode `best`, and the model is asked in
    the way that validation rows chose for its run.
    Raises `EngineError` for what does not exist or fit together, and `DataError` for rows that
    cannot be read.
    """
    spec = spec_of(name)
    own = {"words": words, "pipeline": pipeline}
    check(spec, model is not None, decode, mix, shots, repair, own)
    if decode == BEST:
        decode, repair = best_way(model)
        check(spec, True, decode, mix, shots)
    module = import_module(spec.module)
    given = own | {"shots": shots, "keep": keep}
    more = {
        option: value
        for option, value in given.items()
        if value is not None and option in spec.options
    }
    if not spec.reads:
        return module.create(task, name, progress, **more)
    engine = module.create(task, model, decode, mix, progress, **more)
    if decode != "free" or not repair:
        return engine
    from helpers.engines.repair import Repaired

    return Repaired(engine, task)


def check(
    spec: EngineSpec,
    model: bool,
    decode: str,
    mix: float | None,
    shots: int | None,
    repair: bool = True,
    own: Mapping[str, Any] | None = None,
) -> None:
    """Raise `EngineError` for options that an engine lacks, or that would change nothing.

    `own` are files of the reader's own, by option.
    """
    name, best = spec.name, decode == BEST and spec.reads in ("folder", "file")
    if best and model:
        if not repair:
            raise EngineError("what is best was chosen with its repairs; leave repair out")
        return  # the run's record names one that it can do, or `create` says that it names none
    if decode not in DECODINGS and not best:
        known = ", ".join((*DECODINGS, BEST))
        raise EngineError(f"there is no decoding {decode!r}; choose one of {known}")
    if spec.reads and not model:
        raise EngineError(
            f"engine {name!r} needs a model; name its folder, or a run's (for api its name)"
        )
    if model and not spec.reads:
        raise EngineError(f"engine {name!r} has no model; leave the model out, or choose torch")
    if decode != "free" and decode not in spec.decodings:
        can = ", ".join(spec.decodings) or "nothing: leave the decoding out"
        raise EngineError(f"engine {name!r} cannot decode {decode!r}; it decodes {can}")
    if mix is not None and decode != "rescore":
        raise EngineError("mix is the model's weight in rescoring; leave it out, or decode rescore")
    if shots is not None and "shots" not in spec.options:
        raise EngineError(f"engine {name!r} is shown no rows; leave shots out, or choose a model")
    for option, file in (own or {}).items():
        if file is not None and option not in spec.options:
            raise EngineError(f"engine {name!r} reads no file of yours; leave {option} out")
    if not repair and not (spec.reads and decode == "free"):
        raise EngineError("repair is of a model's free answers; leave it out, or decode free")


def best_way(model: Model) -> tuple[str, bool]:
    """Return how validation rows chose to decode a run, and whether its answers are repaired.

    Raises `EngineError` for a model for which nothing was chosen.
    """
    way = _recorded(model, "decode")
    if not way:
        raise EngineError(
            f"{model}: its record names no best way to decode; `python -m helpers choose` lets "
            f"validation rows choose one, or name one of {', '.join(DECODINGS)}"
        )
    decode, _, repair = way.partition(" + ")
    return decode, bool(repair) or decode != "free"


def locate(spec: EngineSpec, model: Model) -> Model:
    """Return where an engine's model lies, to be passed on to all who ask of it; None stays None.

    Raises `EngineError` with the fix. A model behind an endpoint is its name.
    """
    if model is None or spec.reads not in ("folder", "file"):
        return model
    if spec.reads == "folder":
        return folders.locate(model)
    from helpers.engines.gguf import loading as gguf

    return gguf.find(model)


def system_of(model: Model) -> str | None:
    """Return the system turn that a run's rows had; empty where no record tells, None of several.

    A line of input has none of its own, so the model is asked with this one.
    """
    return _recorded(model, "system")


def variant_of(model: Model) -> str:
    """Return how a run's model was asked in training; empty for a base, or without a model."""
    return _recorded(model, "variant")


def task_of(model: Model) -> str:
    """Return the task a run's model was tuned for; empty for a base, or without a model."""
    return _recorded(model, "task")


def _recorded(model: Model, key: str) -> str:
    if not model:
        return ""
    if not isinstance(model, ModelFolder) and Path(model).suffix == ".gguf":
        from helpers.engines.gguf import loading as gguf

        return gguf.record_of(model).get(key, "")
    return folders.locate(model).record.get(key, "")
