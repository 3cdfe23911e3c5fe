"""Quantize a fused folder for MLX: 8 or 4 bits a weight, groups of weights sharing a scale."""

from __future__ import annotations

from pathlib import Path

from helpers.engines.mlx import loading
from helpers.export import fuse, steps
from helpers.export.steps import ExportError
from helpers.models.folders import locate
from helpers.models.loading import tokenizer_of

BITS = (8, 4)
GROUP = 64  # weights that share a scale and an offset, as mlx-lm's own default


def quantize(folder: str | Path, out: str | Path, bits: int, group: int = GROUP) -> Path:
    """Write a model's folder quantized for MLX; return the new folder.

    Raises `ExportError` for bits that are not offered, or a folder that still has its adapter.
    """
    folder, out = Path(folder), Path(out)
    if bits not in BITS:
        raise ExportError(f"quantize: {bits} bits are not offered; choose 8 or 4")
    found = locate(folder)
    if found.adapter is not None:
        raise ExportError(f"quantize: {folder} is a base with an adapter; fuse it first")
    if found.quantized:
        raise ExportError(f"quantize: {folder} is quantized already; start from the fused folder")
    with steps.folder("quantize", out) as part:
        _quantize(found.base, part, bits, group)
        made = {"step": "quantize", "bits": bits, "group": group}
        fuse.keep_record(found.record, part, made)
    return out


def _quantize(source: Path, out: Path, bits: int, group: int) -> None:
    from mlx_lm.utils import load_config, quantize_model

    model = loading.load_model(source)
    model, config = quantize_model(model, load_config(source), group, bits)
    loading.save(model, tokenizer_of(source), config, out)
