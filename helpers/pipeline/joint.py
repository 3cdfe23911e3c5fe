"""Two ways to ask a model at once: it writes a text of its own, and ranks that among the listed.

A lattice lists only what the words may stand for, a model that copies may leave words out or put in
others. Where both know what was meant, the list is safer; where only the model does, the list
cannot help. So the model's own text joins the list, for a price, and the mix decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from helpers.core import fingerprints
from helpers.core.examples import Example, Prediction
from helpers.core.source import source_of
from helpers.engines.base import Engine
from helpers.engines.causal import Causal
from helpers.engines.decoding.rescoring import ScoredCandidate


@dataclass(frozen=True)
class Joint(Engine):
    """Ranks what a task on heard speech lists, and what `writer` writes, with the mix of both."""

    writer: Engine
    ranker: Causal
    name: str = "joint"

    @property
    def batch_size(self) -> int:
        """How many rows are answered at once."""
        return self.ranker.batch_size

    @cached_property
    def fingerprint(self) -> str:
        """A name for all that has a say in the answers."""
        parts = self.writer.fingerprint, self.ranker.fingerprint, source_of(__name__)
        return fingerprints.digest("joint", *parts)

    @property
    def settings(self) -> dict[str, Any]:
        """What a record says about the model that ranks."""
        return self.ranker.settings | {"joint": True}

    def answer(self, examples: Sequence[Example]) -> list[Prediction]:
        """Answer a batch, in its order."""
        return self._ranker(examples).answer(examples)

    def scored(self, examples: Sequence[Example]) -> list[list[ScoredCandidate]]:
        """Return every candidate of every row with its scores, to choose a mix by."""
        return self._ranker(examples).scored(examples)

    def forget(self, examples: Sequence[Example]) -> None:
        """Forget what both keep of these examples."""
        self.writer.forget(examples)
        self.ranker.forget(examples)

    def _ranker(self, examples: Sequence[Example]) -> Causal:
        written = self.writer.answer(examples)
        further = {row.prompt: one.text for row, one in zip(examples, written, strict=True)}
        return replace(self.ranker, task=replace(self.ranker.task, further=further))
