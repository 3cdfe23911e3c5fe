"""The base models the course speaks of, and which of them it does not train."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SIGNS_OF_OTHER_SENSES = ("vision_config", "audio_config", "image_token_id", "image_token_index")


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


def refuse_other_senses(name: str, config: Mapping[str, Any], processor: bool = False) -> None:
    """Raise `UnsuitableBase` for a model that also sees or hears.

    `config` is its `config.json`; `processor` says that it comes with one, not with a tokenizer.

    >>> refuse_other_senses("a/b", {"model_type": "qwen3"})
    >>> refuse_other_senses("a/b", {"model_type": "gemma3", "vision_config": {}})
    Traceback (most recent call last):
    helpers.profiles.bases.UnsuitableBase: a/b is a vision-language model ...
    """
    found = [sign for sign in SIGNS_OF_OTHER_SENSES if config.get(sign) is not None]
    if not found and not processor:
        return
    sign = f"its config has {found[0]!r}" if found else "it comes with a Processor"
    raise UnsuitableBase(
        f"{name} is a vision-language model ({sign}): part of its weights never sees your text, "
        "its processor expects pictures beside text, and the trainer refuses masks and packing "
        f"for it; take a text-only base such as {TEXT_ONLY}"
    )
