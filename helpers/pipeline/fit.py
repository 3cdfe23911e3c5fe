"""Fit a pipeline's settings: the channel's costs on validation rows, the gate on training rows.

The gate sees every row as it will see new ones: by an n-gram that has not read the row's group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace

import numpy as np

from helpers.core.examples import Example
from helpers.pipeline.features import features
from helpers.pipeline.gate import KIND_OF_TIER, NONE, TALK, Gate
from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.hearing import writer
from helpers.tasks.dictation.hearing.costs import Costs
from helpers.tasks.dictation.hearing.misheard import Misheard
from helpers.tasks.dictation.hearing.talk import Talk
from helpers.tasks.dictation.hearing.writer import Listener
from helpers.tasks.splits import folds

FACTORS = (0.6, 1.6)  # by which each cost is tried
FOLDS = 3
GAIN = 3  # rows
TYPED, HELD = 2.0, 1.0  # what it costs to write down talk unasked, and to hold back a command
THRESHOLDS = tuple(n / 20 for n in range(4, 20))

Progress = Callable[[Iterable], Iterable]


def choose_costs(
    listener: Listener, rows: Sequence[Example], progress: Progress = iter
) -> tuple[Costs, float]:
    """Return the costs with which a listener writes most rows exactly, and the share of those.

    One cost after the other is tried smaller and larger. It changes only for `GAIN` more rows: a
    row more or less is luck. Talk is read as the router has it read, with words left out around.
    """
    best, most = listener.reader.costs, _hits(listener, rows)
    names = [one.name for one in fields(Costs) if one.name != "convention"]
    for name in progress(names):
        for factor in FACTORS:
            costs = replace(best, **{name: round(getattr(best, name) * factor, 3)})
            hits = _hits(_with_costs(listener, costs), rows)
            if hits >= most + GAIN:
                best, most = costs, hits
    return best, most / max(1, len(rows))


def _with_costs(listener: Listener, costs: Costs) -> Listener:
    return replace(listener, reader=listener.reader.with_changes(costs=costs))


def _hits(listener: Listener, rows: Sequence[Example]) -> int:
    readers = {True: replace(listener, talk=Talk()), False: listener}
    written = (readers[kind_of(row) == TALK].candidates(row.prompt) for row in rows)
    targets = (" ".join(row.target.split()) for row in rows)
    return sum(
        bool(texts) and texts[0].text == target
        for texts, target in zip(written, targets, strict=True)
    )


def kind_of(row: Example) -> str:
    """Return the kind of speech of a row of heard speech."""
    return KIND_OF_TIER[row.extra["tier"]]


def unseen_features(
    rows: Sequence[Example],
    more: Sequence[str],
    domain: Domain,
    costs: Costs,
    misheard: Misheard,
    progress: Progress = iter,
) -> list[dict[str, float]]:
    """Return the features of rows, each by a listener that has not read the row's group.

    `more` are texts that every listener reads.
    """
    found: dict[int, dict[str, float]] = {}
    for fold in progress(folds([row.group for row in rows], FOLDS)):
        left_out = set(fold)
        texts = [row.target for i, row in enumerate(rows) if i not in left_out and row.target]
        listener = writer.fit([*more, *texts], domain, costs=costs, misheard=misheard)
        found |= {i: features(rows[i].prompt, listener) for i in fold}
    return [found[i] for i in range(len(rows))]


def fit_gate(numbers: Sequence[dict[str, float]], kinds: Sequence[str]) -> Gate:
    """Fit the gate's weights, and choose on held-out folds from where on nothing is written."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    names = list(numbers[0])
    table = np.array([[row[name] for name in names] for row in numbers])
    model = LogisticRegression(C=10.0, max_iter=2_000)
    shares = cross_val_predict(model, table, kinds, cv=5, method="predict_proba")
    model.fit(table, kinds)
    classes = model.classes_.tolist()
    slopes, intercepts = model.coef_, model.intercept_
    if len(classes) == 2:  # one row of weights, for the second against the first
        slopes, intercepts = (np.concatenate([-part, part]) / 2 for part in (slopes, intercepts))
    weights = {
        kind: dict(zip(names, map(_short, row), strict=True))
        for kind, row in zip(classes, slopes, strict=True)
    }
    biases = dict(zip(classes, map(_short, intercepts), strict=True))
    none = shares[:, classes.index(NONE)]
    return Gate(weights, biases, best_threshold(none, [kind == NONE for kind in kinds]))


def _short(value: float) -> float:
    return round(float(value), 4)


def best_threshold(shares: Sequence[float], talk: Sequence[bool]) -> float:
    """Return the probability of no command from which holding back costs least.

    >>> best_threshold([0.1, 0.2, 0.6, 0.9], [False, False, True, True])
    0.5
    """

    def cost(threshold: float) -> float:
        pairs = zip(shares, talk, strict=True)
        return sum(
            TYPED * (is_talk and share < threshold) + HELD * (not is_talk and share >= threshold)
            for share, is_talk in pairs
        )

    return min(THRESHOLDS, key=lambda threshold: (cost(threshold), abs(threshold - 0.5)))


