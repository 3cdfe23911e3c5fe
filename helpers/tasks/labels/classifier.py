"""The best answer without a neural model: TF-IDF of words and characters, and a regression."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpers.core.examples import DataError, Example
from helpers.tasks.base import Progress
from helpers.tasks.splits import folds

STRENGTHS = (1.0, 3.0, 10.0)  # inverse regularization strengths tried on folds
FOLDS_HELD_OUT = 2  # of five


def fit(train: Sequence[Example], strength: float, source: Path) -> Any:
    """Fit the classifier; raises `DataError` that names `source` where these rows fit none."""
    from sklearn.pipeline import make_pipeline

    if len({example.target for example in train}) < 2:
        raise DataError(f"{source}: all rows have one label; a classifier needs two")
    model = make_pipeline(_features(len(train)), _regression(strength))
    try:
        return model.fit([e.prompt for e in train], [e.target for e in train])
    except ValueError as error:
        raise DataError(f"{source}: nothing can be fitted on ({error}); add messages") from error


def choose_strength(rows: Sequence[tuple[str, str, str]], progress: Progress = iter) -> float:
    """Choose the regularization on folds of the rows, a group's rows kept together."""
    groups = [group for _, _, group in rows]
    hits = dict.fromkeys(STRENGTHS, 0)
    held_out = folds(groups)[:FOLDS_HELD_OUT] if len(set(groups)) >= 5 else []
    for fold in progress(held_out):
        held = set(fold)
        kept = [row for i, row in enumerate(rows) if i not in held]
        if len({target for _, target, _ in kept}) < 2:
            continue
        features = _features(len(kept)).fit([prompt for prompt, _, _ in kept])
        seen = features.transform([prompt for prompt, _, _ in kept])
        unseen = features.transform([rows[i][0] for i in fold])
        for strength in STRENGTHS:
            found = _regression(strength).fit(seen, [t for _, t, _ in kept]).predict(unseen)
            hits[strength] += sum(f == rows[i][1] for f, i in zip(found, fold, strict=True))
    return max(STRENGTHS, key=lambda strength: (hits[strength], -strength))


def _features(rows: int) -> Any:
    """Return words and pairs of words, and stretches of characters, that occur often enough."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b")
    characters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2 if rows > 100 else 1
    )
    return make_union(words, characters)


def _regression(strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, max_iter=1000)
