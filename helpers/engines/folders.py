"""Where a model's files lie: a plain folder, or a run of fine-tuning with its adapter."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers import cache, paths
from helpers.engines.base import EngineError

TEXTS = (
    "config.json",
    "adapter_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "chat_template.jinja",
)
BLOCK = 1 << 20


@dataclass(frozen=True)
class ModelFolder:
    """A model to load: its base (or merged) weights, the adapter upon them, the run's record."""

    path: Path
    base: Path
    adapter: Path | None = None
    record: dict[str, Any] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A name for the content of every file that has a say in the answers."""
        return cache.digest([contents(folder) for folder in (self.base, self.adapter) if folder])


def locate(path: str | Path) -> ModelFolder:
    """Find the parts of a model folder and check them; raises `EngineError` with the fix."""
    path = Path(path)
    if not path.is_dir():
        raise EngineError(f"{path}: there is no such folder; name a model's folder or a run's")
    if (path / "config.json").exists():
        check(path)
        return ModelFolder(path, path)
    if not (path / "record.json").exists():
        raise EngineError(
            f"{path}: has neither config.json (a model) nor record.json (a run of fine-tuning); "
            "name a folder that has one"
        )
    record = _json(path / "record.json")
    if "base" not in record:
        raise EngineError(f"{path}: its record names no base; name a run of fine-tuning")
    base = paths.root() / record["base"]
    if not base.is_dir():
        raise EngineError(f"{path}: its base {record['base']} is not there; put it back")
    check(base)
    adapter = path / "adapter"
    for name in ("adapter_config.json", "adapter_model.safetensors"):
        if not (adapter / name).exists():
            raise EngineError(f"{adapter / name}: is missing; finish the run, then score it")
    return ModelFolder(path, base, adapter, record)


def check(folder: Path) -> None:
    """Raise `EngineError` for a folder whose model this course cannot, or will not, load."""
    if not (folder / "config.json").exists():
        raise EngineError(f"{folder}: has no config.json; name a Hugging Face model folder")
    config = _json(folder / "config.json")
    seeing = "vision_config" in config or "image_token_id" in config
    kinds = config.get("architectures") or []
    if seeing or any(kind.endswith("ForConditionalGeneration") for kind in kinds):
        raise EngineError(
            f"{folder}: is a vision-language model ({config.get('model_type')}), whose tokenizer "
            "is a processor and whose prompts are not plain text; choose a text-only base"
        )
    if "auto_map" in config:
        raise EngineError(
            f"{folder}: needs code of its own (auto_map), and no remote code is run; choose a "
            "model that transformers knows"
        )
    if not list(folder.glob("*.safetensors")):
        raise EngineError(f"{folder}: has no *.safetensors; save the weights in that form")
    if not (folder / "tokenizer.json").exists():
        raise EngineError(f"{folder}: has no tokenizer.json; save the fast tokenizer beside it")


def contents(folder: Path) -> dict[str, list[Any]]:
    """Return each file's size and sha256: configuration, tokenizer, template and weights."""
    files = [folder / name for name in TEXTS] + sorted(folder.glob("*.safetensors"))
    return {
        file.name: [file.stat().st_size, _sha256(file)] for file in files if file.exists()
    }


def _sha256(file: Path) -> str:
    found = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            found.update(block)
    return found.hexdigest()


def _json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise EngineError(f"{path}: is not JSON ({error}); copy the folder again") from error
    if not isinstance(value, dict):
        raise EngineError(f"{path}: is not a JSON object; copy the folder again")
    return value
