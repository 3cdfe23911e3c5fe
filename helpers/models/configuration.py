"""A model's `config.json`: read, and checked before anything else is fetched or loaded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.core.examples import EngineError
from helpers.models import text_part
from helpers.models.bases import multimodal_reason

KINDS: dict[str, tuple[Any, str]] = {  # of what is read before the libraries check it
    "model_type": (str, "a text"),
    "architectures": (list, "a list of texts"),
    "max_position_embeddings": ((int, float), "a number"),
}


def check(shown: str, config: dict[str, Any]) -> None:
    """Raise `EngineError` for a model that sees or hears, brings its own code, or is damaged.

    One that sees and has a text part of its own passes: who cannot take the part out says so.

    >>> check("a/b", {"model_type": "qwen3"})
    >>> check("a/b", {"auto_map": {"AutoModel": "code.Model"}})
    Traceback (most recent call last):
    helpers.engines.base.EngineError: a/b: needs code of its own (auto_map) ...
    """
    part = config.get("text_config")
    for fields in (config, part if isinstance(part, dict) else {}):
        if fault := _fault(fields):
            raise EngineError(f"{shown}: its config.json has {fault}; mend it, or copy it again")
    if not text_part.decoder_of(config) and (why := multimodal_reason(config)):
        raise EngineError(f"{shown} {why}")
    if "auto_map" in config:
        raise EngineError(
            f"{shown}: needs code of its own (auto_map), and no remote code is run; choose a "
            "model that transformers knows"
        )


def _fault(fields: dict[str, Any]) -> str:
    """Return which field is of another kind than it should be; empty if none is, or it is null.

    >>> _fault({"architectures": [None]}), _fault({"model_type": None})
    ("'architectures' as [null], not a list of texts", '')
    """
    for name, (types, meaning) in KINDS.items():
        value = fields.get(name)
        texts = not isinstance(value, list) or all(isinstance(one, str) for one in value)
        if value is not None and not (isinstance(value, types) and texts):
            return f"{name!r} as {json.dumps(value)[:80]}, not {meaning}"
    return ""


def read(path: Path) -> dict[str, Any]:
    """Return the JSON object in a file of a model's folder; raises `EngineError`."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise EngineError(f"{path}: is not JSON ({error}); copy the folder again") from error
    if not isinstance(value, dict):
        raise EngineError(f"{path}: is not a JSON object; copy the folder again")
    return value
