"""The text part of a base that also sees: a language model of its own inside a larger one.

Gemma 3 from 4B on and Qwen3.5 are such bases. Unsloth trains the part alone (`text_only`), on a
GPU; engine torch answers with it; what is fused is the part, a text model as any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers.models.bases import TEXT_ONLY

# How a part's weights begin inside the whole, in the hub's files and in transformers' own.
BEGINNINGS = {
    "language_model.model.": "model.",
    "model.language_model.": "model.",
    "language_model.lm_head.": "lm_head.",
    "lm_head.": "lm_head.",
}


def decoder_of(config: Mapping[str, Any]) -> str:
    """Return the type of the text model inside a vision-language base; empty if it has none.

    It has to be its family's own, which transformers can load: Unsloth takes no other, for of a
    borrowed one (a Llama in a LLaVA) the weights would not be found. `config` is `config.json`.

    >>> decoder_of({"model_type": "qwen3"}), decoder_of({"model_type": "gemma3_text"})
    ('', '')
    """
    whole, part = config.get("model_type"), config.get("text_config")
    kind = part.get("model_type") if isinstance(part, dict) else None
    if not kind or not whole or not kind.startswith(whole) or "vision_config" not in config:
        return ""
    from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES

    return kind if kind in MODEL_FOR_CAUSAL_LM_MAPPING_NAMES else ""


def name_of(weight: str) -> str:
    """Return what a weight of the whole is called in the text part; empty if it is not in it.

    >>> name_of("language_model.model.norm.weight"), name_of("model.language_model.norm.weight")
    ('model.norm.weight', 'model.norm.weight')
    >>> name_of("language_model.lm_head.weight"), name_of("vision_tower.head.bias")
    ('lm_head.weight', '')
    """
    for inside, own in BEGINNINGS.items():
        if weight.startswith(inside):
            return own + weight.removeprefix(inside)
    return ""


def load_weights(folder: Path) -> dict[str, Any]:
    """Return the text part's weights, as torch's, by their names in the part."""
    from safetensors import safe_open

    found = {}
    for file in sorted(folder.glob("*.safetensors")):
        with safe_open(file, framework="pt") as opened:
            names = list(opened.keys())
            found |= {name_of(name): opened.get_tensor(name) for name in names if name_of(name)}
    return found


def reason_against(config: Mapping[str, Any], who: str) -> str:
    """Return why something that takes text models alone does not take a base; empty if it does.

    >>> reason_against({"model_type": "qwen3"}, "MLX")
    ''
    """
    if not decoder_of(config):
        return ""
    return (
        f"is a vision-language model, whose text part {who} cannot take out of it: it is trained "
        "by Unsloth on a GPU (text_only), answers in engine torch, and once fused is a text model "
        f"for all; else take a text-only base such as {TEXT_ONLY}"
    )
