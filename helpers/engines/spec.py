"""What there is to know of an engine before it is made, and the one place that registers it."""

from __future__ import annotations

from dataclasses import dataclass

DECODINGS = ("free", "grammar", "rescore")


@dataclass(frozen=True)
class EngineSpec:
    """An engine by name.

    `reads` is the kind of model it needs: "" for none, "folder" for a model's or a run's,
    "file" for a GGUF, "name" for a model behind an endpoint. `decodings` are the ways in which it
    can be asked; `fitted` says that it is fitted on the task's training rows; `options` names what
    else its maker takes. `label` is its name on the scoreboard, `note` what a user should know.

    `module` has a function that makes the engine, imported only when it is called:
    `create(task, name, progress)` where `reads` is empty, else
    `create(task, model, decode, mix, progress, **options)`.
    """

    name: str
    label: str
    module: str
    reads: str = ""
    decodings: tuple[str, ...] = ()
    fitted: bool = False
    options: tuple[str, ...] = ()
    note: str = ""


SPECS: dict[str, EngineSpec] = {}


def register(spec: EngineSpec) -> None:
    """Add an engine; raises `ValueError` for a name that another one has."""
    if SPECS.get(spec.name, spec) != spec:
        raise ValueError(f"there is an engine {spec.name!r} already; take another name")
    SPECS[spec.name] = spec


PROMPTED = ("shots",)  # what a language model may be shown before a question
KEPT = (*PROMPTED, "keep")  # and whether replies are kept


def _engine(folder: str) -> str:
    return f"helpers.engines.{folder}.engine"


for _spec in (
    EngineSpec("rules", "rules", "helpers.engines.baseline"),
    EngineSpec("baseline", "baseline", "helpers.engines.baseline", fitted=True),
    EngineSpec("same_text", "baseline, same text", "helpers.engines.same_text", fitted=True),
    EngineSpec("torch", "PyTorch", _engine("torch"), "folder", DECODINGS, options=PROMPTED),
    EngineSpec("mlx", "MLX", _engine("mlx"), "folder", DECODINGS, options=PROMPTED),
    EngineSpec("gguf", "llama.cpp", _engine("gguf"), "file", DECODINGS, options=PROMPTED),
    EngineSpec("api", "endpoint", _engine("api"), "name", DECODINGS[:1], options=KEPT),
    # Of a room above this one, so it is only named here, and imported where it is made.
    EngineSpec(
        "pipeline", "pipeline, no model", "helpers.pipeline.engine", fitted=True,
        options=("words", "pipeline"),
        note="no language model: the committed gate, rules and lattices",
    ),
):  # fmt: skip
    register(_spec)
