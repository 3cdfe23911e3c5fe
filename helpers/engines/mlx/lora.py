"""One adapter, two frameworks: LoRA weights as PEFT writes them, and as mlx-lm does.

PEFT keeps `lora_A` [rank, in] and `lora_B` [out, rank], and scales by alpha / rank; mlx-lm keeps
both transposed, and the scale itself. A run keeps PEFT's form, whichever framework trained it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.core.examples import EngineError
from helpers.engines.mlx import saving
from helpers.models import adapters

PREFIX = "base_model.model."
PLAIN = adapters.PLAIN | {"bias": "none", "modules_to_save": None}


def mlx_name(name: str) -> str:
    """Return mlx-lm's name of a weight that PEFT has named.

    >>> mlx_name("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight")
    'model.layers.0.self_attn.q_proj.lora_a'
    """
    stem = name.removeprefix(PREFIX).removesuffix(".weight")
    return stem.replace(".lora_A", ".lora_a").replace(".lora_B", ".lora_b")


def peft_name(name: str) -> str:
    """Return PEFT's name of a weight that mlx-lm has named.

    >>> peft_name("model.layers.0.mlp.up_proj.lora_b")
    'base_model.model.model.layers.0.mlp.up_proj.lora_B.weight'
    """
    renamed = name.replace(".lora_a", ".lora_A").replace(".lora_b", ".lora_B")
    return f"{PREFIX}{renamed}.weight"


def read_for_mlx(adapter: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read a PEFT adapter as mlx-lm's configuration and weights; raises `EngineError`."""
    import mlx.core as mx

    config = adapters.read_config(adapter)
    odd = [name for name, plain in PLAIN.items() if (config.get(name) or plain) != plain]
    if config.get("peft_type") != "LORA" or odd:
        raise EngineError(
            f"{adapter}: is no plain LoRA ({', '.join(odd) or config.get('peft_type')}), and "
            "mlx-lm reads no other; use the torch engine"
        )
    tensors = mx.load(str(adapter / "adapter_model.safetensors"))
    weights = {mlx_name(name): weight.T for name, weight in tensors.items()}
    modules = sorted({name.rpartition(".")[0] for name in weights})
    return configuration(config["r"], config["lora_alpha"] / config["r"], 0.0, modules), weights


def configuration(rank: int, scale: float, dropout: float, keys: list[str]) -> dict[str, Any]:
    """Return mlx-lm's `adapter_config.json`; `keys` are full names of modules."""
    parameters = {"rank": rank, "scale": scale, "dropout": dropout, "keys": keys}
    return {"fine_tune_type": "lora", "num_layers": 0, "lora_parameters": parameters}


def write_for_peft(weights: dict[str, Any], rank: int, alpha: float, base: str, to: Path) -> None:
    """Write mlx-lm's LoRA weights as a PEFT adapter upon a base."""
    import mlx.core as mx

    modules = sorted({name.split(".")[-2] for name in weights})
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": base,
        "r": rank,
        "lora_alpha": alpha,
        "lora_dropout": 0.0,
        "bias": "none",
        "target_modules": modules,
        "inference_mode": True,
    }
    to.mkdir(parents=True, exist_ok=True)
    text = json.dumps(config, indent=2) + "\n"
    (to / "adapter_config.json").write_text(text, encoding="utf-8")
    tensors = {peft_name(name): mx.contiguous(weight.T) for name, weight in weights.items()}
    saving.save(to / "adapter_model.safetensors", tensors, {"format": "pt"})


def put_on(model: Any, config: dict[str, Any], weights: dict[str, Any] | None = None) -> None:
    """Put LoRA layers on an MLX model, with weights if there are any; the rest is frozen.

    Raises `EngineError` if the weights belong to another model.
    """
    from mlx_lm.tuner.utils import linear_to_lora_layers

    model.freeze()
    try:
        linear_to_lora_layers(model, 0, config["lora_parameters"])
        if weights is not None:
            _check(model, weights)  # load_weights takes any shape
            model.load_weights(list(weights.items()), strict=False)
    except ValueError as error:
        raise EngineError(
            f"the adapter does not fit the base as mlx-lm builds it ({error}); fuse it with torch "
            "first (notebook 06), or train it again"
        ) from error


def _check(model: Any, weights: dict[str, Any]) -> None:
    """Raise `ValueError` unless every weight has its place."""
    from mlx.utils import tree_flatten

    places = {name: weight.shape for name, weight in tree_flatten(model.parameters())}
    for name, weight in weights.items():
        if name not in places:
            raise ValueError(f"there is no {name.rpartition('.')[0]} in it")
        if places[name] != weight.shape:
            raise ValueError(f"{name} has shape {list(weight.shape)}")


def fuse(model: Any, dequantize: bool = False) -> None:
    """Fuse the LoRA layers of an MLX model into the weights below them.

    On a quantized base the sum is rounded to that base's few bits again, which can lose a weak
    adapter; `dequantize` keeps the sum in full.
    """
    from mlx.utils import tree_unflatten

    fused = [
        (name, module.fuse(dequantize=dequantize))
        for name, module in model.named_modules()
        if hasattr(module, "fuse") and hasattr(module, "lora_a")
    ]
    model.update_modules(tree_unflatten(fused))
