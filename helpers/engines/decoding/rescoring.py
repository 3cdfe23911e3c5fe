"""Score every candidate a task lists for a row, and choose among them.

A candidate's score is w·log P(model) + (1 − w)·log P(lister): a log-linear mix (product of
experts). The lister is what the task fits to list them: an n-gram for commands, a linear
classifier for labels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.core.examples import Example
    from helpers.tasks.base import Task

GRID = tuple(round(0.1 * step, 1) for step in range(11))


@dataclass(frozen=True)
class ScoredCandidate:
    """A candidate, with its log-probability from the model and from the task's own scorer."""

    text: str
    model: float
    own: float
    tokens: int = 0

    def mixed(self, mix: float) -> float:
        """Return the score at the model's weight `mix`."""
        return mix * self.model + (1 - mix) * self.own


def ranked(candidates: Sequence[ScoredCandidate], mix: float) -> list[ScoredCandidate]:
    """Return candidates best first; of equals the one listed first.

    >>> candidates = [ScoredCandidate("ls -L", -2.0, -9.0), ScoredCandidate("ls -l", -3.0, -4.0)]
    >>> ranked(candidates, 0.5)[0].text
    'ls -l'
    """
    return sorted(candidates, key=lambda candidate: -candidate.mixed(mix))


def best_of(
    candidates: Sequence[ScoredCandidate], mix: float
) -> tuple[str, float, dict[str, Any]]:
    """Return the best candidate's text, its margin over the second, and how it was chosen."""
    best, *others = ranked(candidates, mix)
    margin = round(best.mixed(mix) - others[0].mixed(mix), 4) if others else math.inf
    return best.text, margin, {
        "tokens": best.tokens,
        "candidates": len(candidates),
        "log_probability": round(best.model, 4),
    }


def choose_mix(
    task: Task,
    scored: Sequence[Sequence[ScoredCandidate]],
    examples: Sequence[Example],
    grid: Sequence[float] = GRID,
) -> tuple[float, dict[float, float]]:
    """Return the weight that gives right answers most, and the share exact at every weight.

    A row's mixed scores become probabilities of its candidates, which add up to one; what counts
    is the mean probability of the right one, the share that answers drawn by it would get right.
    It hardly moves where a row is won by a hair, so it depends less on chance than the share of
    best answers does, and one row can't outweigh others, as it could by its log-probability.
    Of equals the one nearest to the middle wins. The rows must be new to the model and to the
    task's own scorer: what either was fitted on it knows by heart.
    """
    shares = {}
    for mix in grid:
        texts = [ranked(candidates, mix)[0].text for candidates in scored]
        grades = task.grade(texts, examples)
        shares[mix] = sum(grade.bucket == "exact" for grade in grades) / len(grades)
    won = _won(task, scored, examples)
    given = {mix: sum(_probability(*row, mix) for row in won) for mix in grid}
    best = [mix for mix in grid if math.isclose(given[mix], max(given.values()), abs_tol=1e-9)]
    middle = sum(best) / len(best)
    return min(best, key=lambda mix: abs(mix - middle)), shares


Won = tuple[Sequence[ScoredCandidate], Sequence[bool]]
"""A row's candidates, and which of them are right."""


def _won(
    task: Task, scored: Sequence[Sequence[ScoredCandidate]], examples: Sequence[Example]
) -> list[Won]:
    """Return the rows of which a right answer is listed."""
    asked = [row for row, listed in zip(examples, scored, strict=True) for _ in listed]
    texts = [candidate.text for listed in scored for candidate in listed]
    grades = iter(task.grade(texts, asked))
    right = [[next(grades).bucket == "exact" for _ in listed] for listed in scored]
    return [(listed, marks) for listed, marks in zip(scored, right, strict=True) if any(marks)]


def _probability(listed: Sequence[ScoredCandidate], right: Sequence[bool], mix: float) -> float:
    """Return the probability of the right candidates among all."""
    scores = [candidate.mixed(mix) for candidate in listed]
    highest = max(scores)
    shares = [math.exp(score - highest) for score in scores]
    return sum(share for share, mark in zip(shares, right, strict=True) if mark) / sum(shares)
