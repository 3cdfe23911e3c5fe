"""What answers a row: a text, and what its maker adds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """An answer's text, what its maker adds, and its margin, as a `Prediction` has it."""

    text: str
    details: dict[str, Any] = field(default_factory=dict)
    margin: float | None = None
