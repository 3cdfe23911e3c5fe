"""What every engine is: something that answers examples, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from helpers.core.examples import Example, Prediction


class Engine(Protocol):
    """Anything that answers. Equal fingerprints mean equal answers, so they can be resumed."""

    name: str
    batch_size: int
    fingerprint: str
    settings: dict[str, Any]

    def answer(self, examples: Sequence[Example]) -> list[Prediction]:
        """Answer a batch, in its order."""

    def forget(self, examples: Sequence[Example]) -> None:
        """Forget what is kept of these examples outside of runs, so that they are answered anew."""
