"""Fuse an adapter into its base's weights: one folder that loads anywhere, without PEFT.

The sum is made in float32 and rounded once. A base that MLX quantized is dequantized first: to
round the sum to its few bits again can lose a weak adapter.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.core import runs
from helpers.engines.mlx import loading as mlx_loading
from helpers.engines.mlx import lora, rope
from helpers.engines.torch import loading
from helpers.export import steps
from helpers.export.steps import ExportError
from helpers.models import text_part
from helpers.models.folders import ModelFolder, locate

DTYPES = ("float32", "bfloat16", "float16")
KEPT = (
    "task", "variant", "system", "mix", "decode", "base", "base_revision", "base_license", "run",
    "rank", "alpha", "train_rows", "best_step", "choose_on", "seed",
)  # fmt: skip


def fuse(run: str | Path, out: str | Path, dtype: str = "bfloat16") -> Path:
    """Write a run's base with its adapter in it as a Hugging Face folder; return the folder.

    Weights are safetensors of `dtype`. Raises `ExportError` or `EngineError`, one line each, and
    leaves nothing half-written.
    """
    run, out = Path(run), Path(out)
    if dtype not in DTYPES:
        raise ExportError(f"fuse: there is no type {dtype!r}; choose one of {', '.join(DTYPES)}")
    folder = locate(run)
    if folder.adapter is None:
        raise ExportError(f"fuse: {run} has no adapter; it is whole as it is")
    with steps.folder("fuse", out) as part:
        if folder.quantized:
            _with_mlx(folder, part, dtype)
        else:
            _with_torch(folder, part, dtype)
        keep_record(folder.record, part, {"step": "fuse", "dtype": dtype})
    return out


def keep_record(record: dict[str, Any], folder: Path, made: dict[str, Any]) -> None:
    """Put beside an artefact what engines ask of a run, and how it was made."""
    kept = {name: record[name] for name in KEPT if name in record}
    runs.write(folder, kept | {"made": [*record.get("made", []), made]})


def _with_torch(folder: ModelFolder, out: Path, dtype: str) -> None:
    import torch

    loaded = loading.load(folder, "float32", "cpu", merge=True)
    _as_trained(loaded.model)
    loaded.model.to(getattr(torch, dtype)).save_pretrained(out)
    loaded.tokenizer.save_pretrained(out)
    if not text_part.decoder_of(folder.config):
        # transformers leaves out of LFM2's, and words otherwise in Granite's, what others read
        config = {name: value for name, value in folder.config.items() if name != "torch_dtype"}
        text = json.dumps(rope.flat(config) | {"dtype": dtype}, indent=2) + "\n"
        (out / "config.json").write_text(text, encoding="utf-8")


def _as_trained(model: Any) -> None:
    """Keep of a base's advice for sampling nothing but its ids: exams follow none of it."""
    from transformers import GenerationConfig

    advice = model.generation_config
    if advice is not None:
        names = ("bos_token_id", "eos_token_id", "pad_token_id")
        ids = {name: getattr(advice, name, None) for name in names}
        model.generation_config = GenerationConfig(**ids)


def _with_mlx(folder: ModelFolder, out: Path, dtype: str) -> None:
    import mlx.core as mx
    from mlx_lm.utils import dequantize_model, load_config

    loaded = mlx_loading.load(folder, merge=False)
    lora.fuse(loaded.model, dequantize=True)
    model = dequantize_model(loaded.model)
    model.set_dtype(getattr(mx, dtype))
    config = load_config(folder.base)
    for name in ("quantization", "quantization_config"):
        config.pop(name, None)
    mlx_loading.save(model, loaded.tokenizer, config | {"torch_dtype": dtype}, out)
