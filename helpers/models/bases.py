"""The base models the course speaks of, and which of them it does not train."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MULTIMODAL_KEYS = ("vision_config", "audio_config", "image_token_id", "image_token_index")
MULTIMODAL_CLASS = "ForConditionalGeneration"


class UnsuitableBase(ValueError):
    """A base that this course does not fine-tune; the message says why and what to take."""


@dataclass(frozen=True)
class Base:
    """A base model: its hub name, billions of weights, and what was done or reported with it."""

    name: str
    billions: float
    kind: str  # "text", or "vision-language": not trained here
    about: str


BASES = (
    Base("Qwen/Qwen3-0.6B", 0.6, "text", "the smallest that did the bash job as well as 1.7B"),
    Base("Qwen/Qwen3-1.7B", 1.7, "text", "the one first shipped for the bash job"),
    Base("Qwen/Qwen2.5-1.5B-Instruct", 1.5, "text", "the best of the bash job's three"),
    Base("Qwen/Qwen2.5-7B-Instruct", 7.6, "text", "a 7B instruct, as the labels' article used"),
    Base("google/gemma-3-1b-it", 1.0, "text", "the text-only Gemma 3"),
    Base(
        "google/gemma-3-4b-it", 4.3, "vision-language",
        "what the voice commands' article trained; it carries a vision tower",
    ),
)  # fmt: skip
TEXT_ONLY = "Qwen/Qwen3-0.6B"


def base_of(name: str) -> Base | None:
    """Return what the course knows of a base; None for one of your own.

    >>> base_of("Qwen/Qwen3-1.7B").billions
    1.7
    """
    return next((base for base in BASES if base.name == name), None)


def multimodal_reason(config: Mapping[str, Any], processor: bool = False) -> str:
    """Return why a model that also sees or hears is not taken; empty for one of text alone.

    `config` is its `config.json`; `processor` says that it comes with one, not with a tokenizer.

    >>> multimodal_reason({"model_type": "qwen3", "architectures": ["Qwen3ForCausalLM"]})
    ''
    >>> multimodal_reason({"model_type": "gemma3", "vision_config": {}})
    "is a vision-language model (its config has 'vision_config'): ..."
    """
    signs = [f"its config has {s!r}" for s in MULTIMODAL_KEYS if config.get(s) is not None]
    if not config.get("is_encoder_decoder"):  # T5's class has this ending too, and reads only
        kinds = config.get("architectures") or []
        signs += [f"its class is {kind}" for kind in kinds if kind.endswith(MULTIMODAL_CLASS)]
    signs += ["it comes with a Processor"] if processor else []
    if not signs:
        return ""
    return (
        f"is a vision-language model ({signs[0]}): part of its weights never sees your text, "
        "its processor expects pictures beside text, and the trainer refuses masks and packing "
        f"for it; take a text-only base such as {TEXT_ONLY}"
    )
