"""N-grams fitted on more text than a job has rows: pruned for memory, kept by content."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.core import fingerprints
from helpers.core.source import source_of
from helpers.tasks.dictation import likelihood
from helpers.tasks.dictation.likelihood import Likelihood
from helpers.tasks.dictation.ngram import NGram

CUTOFF = 2  # longer n-grams that occur no more often are forgotten; chosen on validation rows


def fit(targets: Sequence[str], order: int, cutoff: int = CUTOFF) -> Likelihood:
    """Return the pruned n-grams of these texts; the first time takes some minutes for 125,000."""
    texts = [" ".join(target.split()) for target in targets if target.strip()]
    key = fingerprints.digest(texts, order, cutoff, source_of(likelihood.__name__))

    def make() -> list[list[object]]:
        fitted = likelihood.fit(texts, order, cutoff)
        return [_table(fitted.characters.model), _table(fitted.shapes.model)]

    characters, shapes = (NGram(*table) for table in fingerprints.remember("ngram", key, make))
    return likelihood.of(characters, shapes)


def _table(model: NGram) -> list[object]:
    probability, backoff = _rounded(model.log_probability), _rounded(model.log_backoff)
    return [model.order, probability, backoff, model.alphabet]


def _rounded(table: dict[str, float]) -> dict[str, float]:
    """Six decimals of a logarithm change no answer, and halve the file."""
    return {gram: round(value, 6) for gram, value in table.items()}
