"""A model's `config.json`: read, and checked before anything else is fetched or loaded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.core.examples import EngineError
from helpers.models import text_part
from helpers.models.bases import multimodal_reason


def check(shown: str, config: dict[str, Any]) -> None:
    """Raise `EngineError` for a model that sees or hears, or that brings its own code.

    One that sees and has a text part of its own passes: who cannot take the part out says so.

    >>> check("a/b", {"model_type": "qwen3"})
    >>> check("a/b", {"auto_map": {"AutoModel": "code.Model"}})
    Traceback (most recent call last):
    helpers.engines.base.EngineError: a/b: needs code of its own (auto_map) ...
    """
    if not text_part.decoder_of(config) and (why := multimodal_reason(config)):
        raise EngineError(f"{shown} {why}")
    if "auto_map" in config:
        raise EngineError(
            f"{shown}: needs code of its own (auto_map), and no remote code is run; choose a "
            "model that transformers knows"
        )


def read(path: Path) -> dict[str, Any]:
    """Return the JSON object in a file of a model's folder; raises `EngineError`."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise EngineError(f"{path}: is not JSON ({error}); copy the folder again") from error
    if not isinstance(value, dict):
        raise EngineError(f"{path}: is not a JSON object; copy the folder again")
    return value
