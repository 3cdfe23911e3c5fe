"""The gate: which kind of speech a dictation is, by a few numbers and one weight for each.

It is a logistic regression, kept as a JSON table that a person can read; answering with it needs
no library. `fit` fits it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

PROTOCOL, DICTATED, TALK, NONE = "protocol", "dictated", "talk", "none"
KINDS = (PROTOCOL, DICTATED, TALK, NONE)
KIND_OF_TIER = {
    "protocol": PROTOCOL, "plain": DICTATED, "heard": DICTATED, "audio": DICTATED,
    "natural": TALK, "chaotic": TALK, "none": NONE,
}  # fmt: skip


@dataclass(frozen=True)
class Gate:
    """Weights of features for every kind of speech, and from which probability nothing is written.

    `weights[kind][feature]` adds to the kind's log-odds, as `biases[kind]` does.
    """

    weights: Mapping[str, Mapping[str, float]]
    biases: Mapping[str, float]
    hold_back: float = 0.5

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the probability of each kind of speech.

        >>> gate = Gate({"talk": {"glue": 4.0}, "none": {"glue": 4.0}}, {"talk": 0.0, "none": 0.0})
        >>> gate.probabilities({"glue": 0.5})
        {'talk': 0.5, 'none': 0.5}
        """
        odds = {kind: self._odds(kind, features) for kind in self.weights}
        most = max(odds.values())
        shares = {kind: math.exp(value - most) for kind, value in odds.items()}
        total = sum(shares.values())
        return {kind: share / total for kind, share in shares.items()}

    def _odds(self, kind: str, features: Mapping[str, float]) -> float:
        weights = self.weights[kind]
        return self.biases[kind] + sum(weights[name] * features[name] for name in weights)

    def kind(self, probabilities: Mapping[str, float]) -> str:
        """Return the kind of speech to treat a dictation as.

        It is `none` only from `hold_back` on: writing nothing for a command, and something for
        none, do not cost the same.
        """
        if probabilities.get(NONE, 0.0) >= self.hold_back:
            return NONE
        rest = {kind: share for kind, share in probabilities.items() if kind != NONE}
        return max(rest, key=rest.__getitem__)

    def reasons(self, features: Mapping[str, float], kind: str) -> dict[str, float]:
        """Return what each feature adds to a kind's log-odds over the others' mean, most first."""
        others = [name for name in self.weights if name != kind]
        added = {
            name: features[name]
            * (weight - sum(self.weights[other][name] for other in others) / len(others))
            for name, weight in self.weights[kind].items()
        }
        return dict(sorted(added.items(), key=lambda item: -abs(item[1])))
