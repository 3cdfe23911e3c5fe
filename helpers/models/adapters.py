"""Whether an adapter lands: every weight of it on a module of the base, and on all it should.

Libraries only warn about weights that match nothing, and then the base answers in the adapter's
name. Names and shapes are compared before anything is loaded, for every engine and for fusing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from helpers.core.examples import EngineError
from helpers.models import configuration, text_part, weights

CONFIG, WEIGHTS = "adapter_config.json", "adapter_model.safetensors"
KEY = re.compile(r"base_model\.model\.(.+)\.lora_(A|B)(?:\.default)?\.weight")
TOLD = {"r": "rank", "lora_alpha": "alpha"}  # by what names a run's record tells them
# What else scales or shapes a LoRA, and is at rest in the course's runs.
PLAIN = {"use_dora": False, "use_rslora": False, "alpha_pattern": {}, "rank_pattern": {}}
PLACED = ("layers_to_transform", "layers_pattern", "exclude_modules")  # adapt some layers only


def read_config(adapter: Path) -> dict[str, Any]:
    """Return an adapter's configuration; raises `EngineError` for a damaged one."""
    config = configuration.read(adapter / CONFIG)
    if damage := _damage(config):
        raise EngineError(f"{adapter / CONFIG}: {damage}; copy the adapter again")
    return config


def _damage(config: dict[str, Any]) -> str:
    """Return what is of the wrong kind in an adapter's configuration; empty if nothing is.

    >>> _damage({"peft_type": "LORA", "r": 8, "lora_alpha": 16, "target_modules": ["q_proj"]})
    ''
    >>> _damage({"target_modules": 5})
    "its 'target_modules' is 5, neither names in a list nor a pattern"
    """
    wanted = config.get("target_modules")
    if isinstance(wanted, str):
        try:
            re.compile(wanted)
        except (re.error, OverflowError, RecursionError) as error:
            return f"its 'target_modules' is {wanted!r}, which is no pattern ({error})"
    elif wanted is not None and not _are_names(wanted):
        return f"its 'target_modules' is {wanted!r}, neither names in a list nor a pattern"
    if config.get("peft_type") != "LORA":
        return ""
    rank, alpha = config.get("r"), config.get("lora_alpha")
    if type(rank) is not int or rank < 1:
        return f"its 'r' is {rank!r}, not a whole number above 0"
    if type(alpha) not in (int, float) or not math.isfinite(alpha):
        return f"its 'lora_alpha' is {alpha!r}, not a number"
    return ""


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def check(adapter: Path, base: Path, shown: str, record: Mapping[str, Any]) -> None:
    """Raise `EngineError`, one line, for a LoRA adapter that does not land whole on a base.

    Nor may its configuration say otherwise than the record of its run, or than its own weights. An
    adapter of another kind than LoRA is left to the library that loads it.
    """
    config = read_config(adapter)
    if changed := _changed(config, record):
        raise _foreign(adapter, changed)
    found = weights.shapes_in(adapter / WEIGHTS)
    if not found:
        raise EngineError(f"{adapter / WEIGHTS}: holds no weights; copy the adapter again")
    if config.get("peft_type") != "LORA":
        return
    modules = modules_of(base)
    for name in found:
        if not (KEY.fullmatch(name) or _lands_whole(name, found[name], modules)):
            raise _misfit(adapter, shown, f"{name} belongs to no module of it")
    pairs = _pairs(found, adapter / WEIGHTS)
    for module, pair in pairs.items():
        if problem := _problem(module, pair, modules):
            raise _misfit(adapter, shown, problem)
        rank = pair["A"][0]
        if rank != config["r"] and not config.get("rank_pattern"):
            raise _foreign(adapter, f"r is {config['r']}, and {module} has rank {rank}")
    wanted = set(targets(config, modules))
    if missing := sorted(wanted - pairs.keys()):
        raise _misfit(
            adapter,
            shown,
            f"it adapts {len(wanted & pairs.keys())} of {len(wanted)} modules; {missing[0]} "
            "has no weights in it",
        )
    left = [name for name in pairs if name not in wanted and ".experts." not in name]
    if wanted and left:
        raise _foreign(adapter, f"target_modules leaves out {left[0]}, which has weights")


def _pairs(found: weights.Shapes, file: Path) -> dict[str, weights.Shapes]:
    """Return the shapes of the LoRA matrices in a file, A and B, by their module."""
    pairs: dict[str, weights.Shapes] = {}
    for name, shape in found.items():
        if match := KEY.fullmatch(name):
            if len(shape) != 2:
                raise EngineError(
                    f"{file}: {name} has the shape {list(shape)}, and is no matrix; copy the "
                    "adapter again"
                )
            pairs.setdefault(match[1], {})[match[2]] = shape
    return pairs


def _changed(config: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    """Return what scales or shapes an adapter otherwise than its run's record tells; or nothing.

    A record's digest is of the weights alone. Beside an adapter from elsewhere none tells this.

    >>> _changed({"peft_type": "LORA", "r": 8, "lora_alpha": 99}, {"rank": 8, "alpha": 16})
    'lora_alpha is 99, and its run trained with 16'
    """
    told = {key: record[name] for key, name in TOLD.items() if name in record}
    for key, value in (told | PLAIN | {"peft_type": "LORA"} if told else {}).items():
        if (config.get(key) or PLAIN.get(key)) != value:
            return f"{key} is {config.get(key)!r}, and its run trained with {value!r}"
    return ""


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
    group = _group_size(config, base / "config.json")
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


def _group_size(config: dict[str, Any], file: Path) -> int:
    """Return how many weights of a base share a scale of MLX's; 0 if it has none."""
    quantization = config.get("quantization") or {}
    size = quantization.get("group_size", 0) if isinstance(quantization, dict) else None
    if type(size) is not int:
        raise EngineError(
            f"{file}: its 'quantization' is {quantization!r}, which has no 'group_size' that is a "
            "number; copy the base again"
        )
    return size


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


def _foreign(adapter: Path, what: str) -> EngineError:
    return EngineError(
        f"{adapter / CONFIG}: is not that of the adapter beside it: {what}; put it back, or train "
        "again with fresh"
    )


def _misfit(adapter: Path, shown: str, problem: str) -> EngineError:
    return EngineError(
        f"{adapter}: does not fit {shown}: {problem}; put back the base it was trained on and the "
        "whole adapter, or train it again"
    )
