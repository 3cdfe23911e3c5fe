"""A pipeline as one JSON file: its gate, costs, thresholds, words, and its parts with digests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from helpers.core import paths
from helpers.core.files import replace_file
from helpers.pipeline import parts
from helpers.pipeline.confidence import Confidence
from helpers.pipeline.gate import Gate
from helpers.tasks.base import Task
from helpers.tasks.dictation.hearing.costs import Costs


class SettingsError(ValueError):
    """A pipeline's file that cannot be used; the message names it and the fix."""


@dataclass(frozen=True)
class ModelPart:
    """A model's folder, what runs it, and the way it is asked on each route; "" is not at all.

    `base` is the folder of what an adapter lies upon, `mix` the model's weight in rescoring.
    """

    folder: str
    engine: str
    ways: Mapping[str, str]
    mix: Mapping[str, float]
    base: str = ""


@dataclass(frozen=True)
class Settings:
    """What a job's pipeline answers with. Paths are from the file's folder, as in `sha256`.

    `rows` are training rows, first those of the job's own folder; `confusions` is what Whisper
    made of what was said. `gate` and `costs` belong to dictation, `words` are a reader's own.
    """

    task: str
    rows: tuple[str, ...]
    sha256: Mapping[str, str]
    confidence: Confidence = Confidence()
    gate: Gate | None = None
    costs: Costs | None = None
    confusions: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    whisper: str = "tiny.en"
    model: ModelPart | None = None
    about: Mapping[str, Any] = field(default_factory=dict)


def path_of(task: str) -> Path:
    """Return where a job's committed pipeline lies."""
    return paths.data("pipeline") / f"{task}.json"


def of_task(task: Task) -> Settings:
    """Return what a job's pipeline begins with: the committed gate and costs of a dictation.

    Raises `SettingsError` where a dictation has none.
    """
    if task.domain is None:
        return Settings(task.name, (), {})
    return read(path_of(task.name))


def write(settings: Settings, path: Path) -> None:
    """Write a pipeline's file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(settings), indent=1, ensure_ascii=False)
    replace_file(path, text + "\n", private=bool(settings.words))


def parts_of(path: Path) -> list[str]:
    """Return the paths of a pipeline's parts, from its file; none of what is no pipeline's file."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return [*table["sha256"]] if table["rows"] else []
    except (OSError, ValueError, TypeError, KeyError):
        return []


def read(path: Path) -> Settings:
    """Read a pipeline's file and check its parts.

    Raises `SettingsError` or `PartError`, which name the file, the part, and the fix.
    """
    try:
        settings = _settings(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        why = "there is no such file" if isinstance(error, FileNotFoundError) else error.strerror
        raise SettingsError(f"{path}: {why}; {fix_of(path)}") from error
    except (ValueError, TypeError, KeyError, AttributeError, StopIteration) as error:
        raise SettingsError(f"{path}: is no pipeline's file; {fix_of(path)}") from error
    parts.check(settings.sha256, path, fix_of(path, settings.task))
    return settings


def fix_of(path: Path, task: str = "TASK") -> str:
    """Return how a pipeline's file is made."""
    if path.parent == path_of("").parent:
        return f"fit it again with: python -m helpers gate {path.stem}"
    return f"make it again with: python -m helpers pipeline {task} --out {path}"


def _settings(table: dict[str, Any]) -> Settings:
    gate = Gate(**table["gate"]) if table["gate"] else None
    if gate:
        gate.probabilities(dict.fromkeys(next(iter(gate.weights.values())), 0.0))
    known = {
        "rows": tuple(table["rows"]),
        "gate": gate,
        "costs": Costs(**table["costs"]) if table["costs"] else None,
        "confidence": Confidence(**table["confidence"]),
        "model": ModelPart(**table["model"]) if table["model"] else None,
    }
    settings = Settings(**table | known)
    named = {*settings.rows, *filter(None, [settings.confusions])}
    if not named <= settings.sha256.keys():
        raise KeyError("a part has no digest")
    if not settings.rows:
        raise KeyError("it has no rows to learn from")
    return settings
