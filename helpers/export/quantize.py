"""Quantize a fused folder for MLX: 8 or 4 bits a weight, groups of weights sharing a scale.

Given rows, each rounding is made up for by the weights that are rounded after it: GPTQ
(arXiv:2210.17323), as mlx-lm has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpers.engines.mlx import loading
from helpers.export import fuse, steps
from helpers.export.steps import ExportError
from helpers.models import tokens
from helpers.models.folders import locate
from helpers.models.loading import tokenizer_of

BITS = (8, 4)
GROUP = 64  # weights that share a scale and an offset, as mlx-lm's own default
EMBEDDING = 6  # bits of what GPTQ leaves alone, as mlx-lm's own default
TOKENS = 128  # of a piece of text that shows what each matrix is fed
LEAST = 32  # tokens from which anything can be learned about the weights


def quantize(
    folder: str | Path,
    out: str | Path,
    bits: int,
    group: int = GROUP,
    texts: Sequence[str] = (),
) -> Path:
    """Write a model's folder quantized for MLX; return the new folder.

    With `texts`, such as prompts and answers of training rows, it is rounded by GPTQ, and the
    embedding gets `EMBEDDING` bits. Raises `ExportError` for bits that are not offered, or a
    folder that still has its adapter.
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
        _quantize(found.base, part, bits, group, texts)
        made = {"step": "quantize", "bits": bits, "group": group, "texts": len(texts)}
        fuse.keep_record(found.record, part, made)
    return out


def _quantize(source: Path, out: Path, bits: int, group: int, texts: Sequence[str]) -> None:
    from mlx_lm.utils import load_config, quantize_model

    model, tokenizer, config = loading.load_model(source), tokenizer_of(source), load_config(source)
    if texts:
        from mlx_lm.quant.gptq import gptq_quantize

        data = _pieces(tokenizer, texts)
        model, config["quantization"] = gptq_quantize(model, data, bits, group, EMBEDDING, group)
    else:
        model, config = quantize_model(model, config, group, bits)
    loading.save(model, tokenizer, config, out)


def _pieces(tokenizer: Any, texts: Sequence[str]) -> Any:
    """Return texts one after the other, cut into rows of `TOKENS` tokens: an array of MLX.

    Less text than that is one shorter row. Raises `ExportError` for hardly any.
    """
    import mlx.core as mx

    encoded = [tokens.encode(tokenizer, [text])[0] for text in texts]
    joined = [token for piece in encoded for token in piece]
    if len(joined) < LEAST:
        raise ExportError(f"quantize: {len(joined)} tokens of text are too few; give {LEAST}")
    size = min(TOKENS, len(joined))
    rows = len(joined) // size
    return mx.array(joined[: rows * size]).reshape(rows, size)
