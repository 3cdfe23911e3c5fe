"""How likely an answer is right, and from where on it is typed: a logistic regression.

Margins of an n-gram, a model and a classifier are on scales of their own; a few weights, fitted on
validation rows that were answered right or wrong, make one probability of them. Isotonic regression
would bend to any shape, but needs more rows for each route than there are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.pipeline.route import Route, Router

WRONG, ASKED, LOST = 2.0, 0.5, 1.0  # what it costs to type a wrong answer, to ask, to ask in vain
THRESHOLDS = tuple(n / 20 for n in range(20))
FARTHEST = 10.0  # nats; a lead beyond it says no more
LOOKED_AT = ("known words", "valid tokens", "left out", "glue written", "long")  # by the gate
EDGE = 0.001  # of a probability, so that its log-odds are finite

Numbers = Mapping[str, float]


@dataclass(frozen=True)
class Confidence:
    """Weights of an answer's numbers, and the probability below which it is asked about.

    Without weights nothing is known: every answer is typed.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    bias: float = 0.0
    ask_below: float = 0.0

    def of(self, numbers: Numbers) -> float:
        """Return the probability that an answer with these numbers is right.

        >>> round(Confidence({"margin": 0.5}, -1.0).of({"margin": 4.0, "route lattice": 1.0}), 2)
        0.73
        """
        if not self.weights:
            return 1.0
        odds = self.bias + sum(w * numbers.get(name, 0.0) for name, w in self.weights.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


def numbers_of(route: str, margin: float | None, **more: float) -> dict[str, float]:
    """Return the numbers of an answer: its margin, cut, its route, and what else is known.

    >>> numbers_of("rules", math.inf, agrees=1.0)
    {'margin': 10.0, 'route rules': 1.0, 'agrees': 1.0}
    """
    lead = 0.0 if margin is None else max(0.0, min(FARTHEST, margin))
    return {"margin": lead, f"route {route}": 1.0} | more


def of_dictation(router: Router, route: Route, text: str, agrees: bool) -> dict[str, float]:
    """Return what else is known of an answer to a dictation, and of the route that it came by.

    `agrees` tells whether the answer is the one that the lattice had first.
    """
    return {
        "gate": round(log_odds(route.probability), 4),
        "likely": round(router.likelihood(text) / (len(text) + 1), 4),
        "agrees": float(agrees),
    } | {name: route.features[name] for name in LOOKED_AT}


def log_odds(probability: float) -> float:
    """Return a probability's log-odds, kept finite."""
    share = min(max(probability, EDGE), 1 - EDGE)
    return math.log(share / (1 - share))


def fit(
    rows: Sequence[Numbers], right: Sequence[bool], offered: Sequence[bool], groups: Sequence[str]
) -> Confidence:
    """Fit the weights, and choose from which probability on it costs least to type.

    `offered` tells whether the right answer is among the choices. The threshold is chosen by
    probabilities of folds, which have not seen the row's group. Where all answers are right, or
    all wrong, or alike, or of too few groups, there is nothing to fit.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    hits = [sum(r == side for r in right) for side in (True, False)]
    folds = min(5, len(set(groups)))
    if min(hits) < folds or folds < 2:
        return Confidence()
    every = sorted({name for row in rows for name in row})
    names = [name for name in every if len({row.get(name, 0.0) for row in rows}) > 1]
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    parts = [*GroupKFold(folds).split(table, right, groups)] if names else []
    if not parts or any(len({right[number] for number in seen}) < 2 for seen, _ in parts):
        return Confidence()
    model = LogisticRegression(C=1.0, max_iter=5_000)
    shares = cross_val_predict(
        model, table, list(right), cv=parts, method="predict_proba",
    )[:, 1]  # fmt: skip
    model.fit(table, list(right))
    weights = {n: round(float(w), 4) for n, w in zip(names, model.coef_[0], strict=True)}
    threshold = best_threshold(shares.tolist(), right, offered)
    return Confidence(weights, round(float(model.intercept_[0]), 4), threshold)


def best_threshold(
    shares: Sequence[float], right: Sequence[bool], offered: Sequence[bool]
) -> float:
    """Return the probability below which asking costs less than typing.

    >>> best_threshold([0.9, 0.8, 0.3, 0.2], [True, True, False, False], [True, True, True, False])
    0.35
    """

    def cost(threshold: float) -> float:
        total = 0.0
        for share, is_right, is_offered in zip(shares, right, offered, strict=True):
            asks = share < threshold
            total += (ASKED if is_offered else LOST) if asks else WRONG * (not is_right)
        return total

    return min(THRESHOLDS, key=lambda threshold: (cost(threshold), threshold))
