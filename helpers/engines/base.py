"""What every engine is: something that answers examples, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from helpers.rows import Example


class EngineError(ValueError):
    """An engine that cannot be had as asked for; the message names what, and the fix."""


@dataclass(frozen=True)
class Prediction:
    """An engine's answer to one example, the seconds it took, and what the engine adds."""

    id: str
    text: str
    seconds: float
    details: dict[str, Any] = field(default_factory=dict)


class Engine(Protocol):
    """Anything that answers. Equal fingerprints mean equal answers, so they can be resumed."""

    name: str
    batch_size: int
    fingerprint: str
    settings: dict[str, Any]

    def answer(self, examples: Sequence[Example]) -> list[Prediction]:
        """Answer a batch, in its order."""
