"""Whether an adapter lands: every weight of it on a module of the base, and on all it should.

Libraries only warn about weights that match nothing, and then the base answers in the adapter's
name. Names and shapes are compared before anything is loaded, for every engine and for fusing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from helpers.core.examples import EngineError
from helpers.models import configuration, text_part, weights

CONFIG, WEIGHTS = "adapter_config.json", "adapter_model.safetensors"
KEY = re.compile(r"base_model\.model\.(.+)\.lora_(A|B)(?:\.default)?\.weight")
PLACED = ("layers_to_transform", "layers_pattern", "exclude_modules")  # adapt some layers only


def read_config(adapter: Path) -> dict[str, Any]:
    """Return an adapter's configuration; raises `EngineError`."""
    return configuration.read(adapter / CONFIG)


def check(adapter: Path, base: Path, shown: str) -> None:
    """Raise `EngineError`, one line, for a LoRA adapter that does not land whole on a base.

    An adapter of another kind than LoRA is left to the library that loads it.
    """
    config = read_config(adapter)
    found = weights.shapes_in(adapter / WEIGHTS)
    if not found:
        raise EngineError(f"{adapter / WEIGHTS}: holds no weights; copy the adapter again")
    if config.get("peft_type") != "LORA":
        return
    modules = modules_of(base)
    pairs: dict[str, dict[str, tuple[int, ...]]] = {}
    for name, shape in found.items():
        if match := KEY.fullmatch(name):
            pairs.setdefault(match[1], {})[match[2]] = shape
        elif not _lands_whole(name, shape, modules):
            raise _misfit(adapter, shown, f"{name} belongs to no module of it")
    for module, pair in pairs.items():
        if problem := _problem(module, pair, modules):
            raise _misfit(adapter, shown, problem)
    wanted = set(targets(config, modules))
    if missing := sorted(wanted - pairs.keys()):
        raise _misfit(
            adapter,
            shown,
            f"it adapts {len(wanted & pairs.keys())} of {len(wanted)} modules; {missing[0]} "
            "has no weights in it",
        )


def modules_of(base: Path) -> dict[str, tuple[int, ...]]:
    """Return the modules of a base that have a matrix, by name, with its shape: outputs, inputs.

    A matrix that MLX has quantized is as wide as its scales say; one packed otherwise is unknown,
    an empty shape. The output layer may be the embedding once more. Of a base that also sees they
    are those of its text part.
    """
    config = configuration.read(base / "config.json")
    found = weights.shapes(base)
    if text_part.decoder_of(config):
        found = {text_part.name_of(name): shape for name, shape in found.items()}
    group = (config.get("quantization") or {}).get("group_size", 0)
    modules = {}
    for name, shape in found.items():
        if not name.endswith(".weight") or len(shape) != 2:
            continue
        module = name.removesuffix(".weight")
        if module.startswith(("layers.", "embed_tokens")):  # saved without what it hangs under
            module = f"model.{module}"
        scales = found.get(name.replace(".weight", ".scales"))
        packed = 1 in shape
        modules[module] = (scales[0], scales[1] * group) if scales else () if packed else shape
    for module, shape in list(modules.items()):
        if module.endswith("embed_tokens"):
            modules.setdefault("lm_head", shape)
    return modules


def targets(config: dict[str, Any], modules: Iterable[str]) -> list[str]:
    """Return the modules that an adapter's configuration says it adapts.

    None where it names only some layers: which ones is PEFT's business. Experts are left out, for
    models hold them together.

    >>> targets({"target_modules": ["q_proj"]}, ["a.q_proj", "a.k_proj", "b.q_proj"])
    ['a.q_proj', 'b.q_proj']
    """
    wanted = config.get("target_modules")
    if wanted is None or wanted == "all-linear" or any(config.get(key) for key in PLACED):
        return []
    if isinstance(wanted, str):
        return [name for name in modules if re.fullmatch(wanted, name)]
    return [
        name
        for name in modules
        if any(name == one or name.endswith(f".{one}") for one in wanted)
        and ".experts." not in name
    ]


def _problem(
    module: str, pair: dict[str, tuple[int, ...]], modules: dict[str, tuple[int, ...]]
) -> str:
    """Return what is wrong with a module's two matrices, A [rank, in] and B [out, rank]."""
    if module not in modules:
        return f"there is no module {module} in it"
    if pair.keys() != {"A", "B"}:
        return f"{module} has lora_{'A' if 'A' in pair else 'B'} alone"
    (rank, inputs), (outputs, other), shape = pair["A"], pair["B"], modules[module]
    if rank != other or (shape and shape not in ((outputs, inputs), (inputs, outputs))):
        return (
            f"{module} is {' × '.join(map(str, shape))} there, and its adapter's matrices are "
            f"{rank} × {inputs} and {outputs} × {other}"
        )
    return ""


def _lands_whole(
    name: str, shape: tuple[int, ...], modules: dict[str, tuple[int, ...]]
) -> bool:
    """Return whether a weight that is no LoRA pair (a saved module, DoRA's magnitude) has a place.

    >>> _lands_whole("base_model.model.lm_head.weight", (9, 4), {"lm_head": (9, 4)})
    True
    """
    stem = name.removeprefix("base_model.model.")
    return any(stem.startswith(f"{module}.") for module in modules)


def _misfit(adapter: Path, shown: str, problem: str) -> EngineError:
    return EngineError(
        f"{adapter}: does not fit {shown}: {problem}; put back the base it was trained on and the "
        "whole adapter, or train it again"
    )
