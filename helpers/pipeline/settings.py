"""What a pipeline without a model ships: its gate and the channel's costs, in one JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from helpers.core import paths
from helpers.core.files import replace_file
from helpers.pipeline.gate import Gate
from helpers.tasks.dictation.hearing.costs import Costs


class SettingsError(ValueError):
    """A pipeline's file that cannot be used; the message names it and the fix."""


@dataclass(frozen=True)
class Settings:
    """A job's gate and costs, and what is known of how they were fitted."""

    gate: Gate
    costs: Costs
    about: Mapping[str, Any] = field(default_factory=dict)


def path_of(task: str) -> Path:
    """Return where a job's committed settings lie."""
    return paths.data("pipeline") / f"{task}.json"


def write(settings: Settings, path: Path) -> None:
    """Write settings to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(settings), indent=1, ensure_ascii=False)
    replace_file(path, text + "\n")


def read(path: Path) -> Settings:
    """Read settings; raises `SettingsError` that names the file and the fix."""
    mending = f"fit it again with: python -m helpers gate {path.stem}"
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        gate, costs = Gate(**table["gate"]), Costs(**table["costs"])
        gate.probabilities(dict.fromkeys(next(iter(gate.weights.values())), 0.0))
    except FileNotFoundError as error:
        raise SettingsError(f"{path}: is missing; {mending}") from error
    except (ValueError, TypeError, KeyError, AttributeError, StopIteration) as error:
        raise SettingsError(f"{path}: is no pipeline's file; {mending}") from error
    return Settings(gate, costs, table.get("about", {}))
