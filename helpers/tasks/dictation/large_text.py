"""An n-gram fitted on more text than a job has rows: pruned for memory, kept by content."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.core import fingerprints
from helpers.core.source import source_of
from helpers.tasks.dictation import ngram
from helpers.tasks.dictation.ngram import NGram

CUTOFF = 2  # longer n-grams that occur no more often are forgotten; chosen on validation rows


def fit(targets: Sequence[str], order: int, cutoff: int = CUTOFF) -> NGram:
    """Return the pruned n-gram of these texts; the first time takes about a minute for 125,000."""
    texts = [" ".join(target.split()) for target in targets if target.strip()]
    code = source_of(ngram.__name__)
    key = fingerprints.digest(texts, order, cutoff, code)

    def make() -> list[object]:
        model = ngram.fit(texts, order, cutoff)
        return [_rounded(model.log_probability), _rounded(model.log_backoff), model.alphabet]

    probability, backoff, alphabet = fingerprints.remember("ngram", key, make)
    return NGram(order, probability, backoff, alphabet)


def _rounded(table: dict[str, float]) -> dict[str, float]:
    """Six decimals of a logarithm change no answer, and halve the file."""
    return {gram: round(value, 6) for gram, value in table.items()}
