"""Names for what lies in a model's folder: of all of it, of its parts, of an adapter."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from helpers.core import fingerprints
from helpers.core.files import sha256
from helpers.models import adapters

TEXTS = (
    "config.json",
    "adapter_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "chat_template.jinja",
    "model.safetensors.index.json",
)
TOKENIZER = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")
TEMPLATE = "chat_template.jinja"


def of_base(base: Path) -> dict[str, str]:
    """Return names for a base's content: of all of it, of its template, and of its tokenizer."""
    found = contents(base)
    return {
        "base_digest": fingerprints.digest(found),
        "template_digest": fingerprints.digest(found.get(TEMPLATE)),
        "tokenizer_digest": fingerprints.digest([found.get(name) for name in TOKENIZER]),
    }


def contents(folder: Path) -> dict[str, list[Any]]:
    """Return each file's size and sha256: configuration, tokenizer, template and weights.

    PEFT writes the modules of an adapter in an order that changes from run to run: it counts for
    nothing.
    """
    files = [folder / name for name in TEXTS] + sorted(folder.glob("*.safetensors"))
    found = {
        file.name: [file.stat().st_size, _sha256(file, file.stat().st_mtime_ns)]
        for file in files
        if file.exists()
    }
    if adapters.CONFIG in found:
        config = adapters.read_config(folder)
        if isinstance(config.get("target_modules"), list):
            config["target_modules"] = sorted(config["target_modules"])
        found[adapters.CONFIG] = [0, fingerprints.digest(config)]
    return found


def adapter_digest(folder: Path) -> str:
    """Return the digest of an adapter's weights."""
    return fingerprints.digest(contents(folder)["adapter_model.safetensors"])


@lru_cache(maxsize=256)
def _sha256(file: Path, changed: int) -> str:
    return sha256(file)
