"""An adapter in the other framework's form: PEFT's for transformers, mlx-lm's for MLX."""

from __future__ import annotations

import json
from pathlib import Path

from helpers.core import runs
from helpers.engines.mlx import lora, saving
from helpers.export import steps
from helpers.export.steps import ExportError
from helpers.models.folders import verified


def to_mlx(run: str | Path, out: str | Path) -> Path:
    """Write a run's adapter as `mlx_lm generate --adapter-path` takes it; return the folder."""
    import mlx.core as mx

    folder = verified(run)
    if folder.adapter is None:
        raise ExportError(f"adapter: {run} has no adapter; name a run of fine-tuning")
    config, weights = lora.read_for_mlx(folder.adapter)
    with steps.folder("adapter", Path(out)) as part:
        tensors = {name: mx.contiguous(weight) for name, weight in weights.items()}
        saving.save(part / "adapters.safetensors", tensors, {})
        text = json.dumps(config, indent=2) + "\n"
        (part / "adapter_config.json").write_text(text, encoding="utf-8")
    return Path(out)


def to_peft(adapter: str | Path, base: str, out: str | Path) -> Path:
    """Write an adapter that mlx-lm made as PEFT takes it, upon `base`; return the folder.

    Raises `ExportError` for one that is no plain LoRA.
    """
    import mlx.core as mx

    adapter = Path(adapter)
    config = json.loads((adapter / "adapter_config.json").read_text(encoding="utf-8"))
    if config.get("fine_tune_type", "lora") != "lora":
        raise ExportError(f"adapter: {adapter} is {config['fine_tune_type']}; PEFT's form is LoRA")
    rank, scale = (config["lora_parameters"][name] for name in ("rank", "scale"))
    weights = mx.load(str(adapter / "adapters.safetensors"))
    with steps.folder("adapter", Path(out)) as part:
        lora.write_for_peft(weights, rank, scale * rank, base, part)
        runs.write(part, {"base": base, "made": [{"step": "adapter", "form": "peft"}]})
    return Path(out)
