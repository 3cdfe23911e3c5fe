"""How large an artefact is, and how far two models' logits are apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from helpers.engines.loaded import Loaded
from helpers.models.folders import locate


def weigh(artefact: str | Path, weights: int) -> dict[str, float]:
    """Return the bytes that hold an artefact's weights, and the bits for each of its `weights`.

    A run is weighed with its base, without which its adapter is nothing; of a GGUF the whole
    file, tokenizer and all.
    """
    path = Path(artefact)
    if path.suffix == ".gguf":
        files = [path]
    else:
        folder = locate(path)
        folders = [folder.base, *([folder.adapter] if folder.adapter else [])]
        files = [file for where in folders for file in where.glob("*.safetensors")]
    size = sum(file.stat().st_size for file in files)
    return {"bytes": size, "bits_a_weight": 8 * size / weights}


def logits_apart(one: Loaded, other: Loaded, texts: Sequence[str]) -> float:
    """Return the largest difference of two torch models' logits after any token of the texts."""
    import torch

    def logits(loaded: Loaded, ids: list[int]) -> torch.Tensor:
        tokens = torch.tensor([ids], device=loaded.model.device)
        return loaded.model(tokens).logits.float().cpu()

    apart = 0.0
    with torch.inference_mode():
        for ids in one.encode(texts):
            apart = max(apart, (logits(one, ids) - logits(other, ids)).abs().max().item())
    return apart
