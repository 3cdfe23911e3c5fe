"""Whether a base can be trained as a profile wants, whatever library trains it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.models.bases import fp16_reason
from helpers.profiles import Profile, UnsuitableBase


def check(profile: Profile, config: Mapping[str, Any]) -> None:
    """Raise `UnsuitableBase` for a base, by its configuration, that a profile asks too much of.

    >>> from helpers import profiles
    >>> check(profiles.get("cpu", max_length=4096), {"max_position_embeddings": 1024})
    Traceback (most recent call last):
    helpers.models.bases.UnsuitableBase: ...2m reads 1024 tokens and max_length is 4096; set ...
    """
    why = fp16_reason(config.get("model_type") or "")
    if profile.precision == "fp16" and why:
        raise UnsuitableBase(
            f"{profile.base} cannot be trained in fp16: {why}; set precision to 'fp32', or to "
            "'bf16' where the card has it"
        )
    limit = config.get("max_position_embeddings") or profile.max_length
    if limit < profile.max_length:
        raise UnsuitableBase(
            f"{profile.base} reads {limit} tokens and max_length is {profile.max_length}; set "
            f"max_length to {limit}"
        )
