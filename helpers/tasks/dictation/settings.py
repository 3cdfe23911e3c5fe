"""The settings of the n-gram writer, chosen on folds of the training rows.

Rows it will be judged on are never looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.writer import Settings, Writer, fit
from helpers.tasks.splits import folds

ORDERS = (5, 6, 7, 8, 9)
WIDTHS = (1, 4, 8, 16)
FOLDS_HELD_OUT = 2  # of five; enough to tell the orders apart, in seconds


@dataclass(frozen=True)
class Trial:
    """One setting tried on held-out folds: the share of rows written exactly."""

    settings: Settings
    exact: float
    n: int


def choose(
    prompts: Sequence[str],
    targets: Sequence[str],
    groups: Sequence[str],
    domain: Domain,
    progress: Callable[[Iterable], Iterable] = iter,
) -> tuple[Settings, list[Trial]]:
    """Choose order and width on folds of the rows given; also return every trial.

    The order is chosen at the default width, then the width at that order; of equals the smaller
    wins. With fewer than five groups there is nothing to hold out and the defaults are returned.
    """
    if len(set(groups)) < 5:
        return Settings(), []
    held_out = folds(groups)[:FOLDS_HELD_OUT]
    hits: dict[Settings, int] = {}
    for order, fold in progress(list(product(ORDERS, held_out))):
        writer = _fit_without(fold, targets, Settings(order), domain)
        key = Settings(order)
        hits[key] = hits.get(key, 0) + _hits(writer, fold, prompts, targets)
    order = _best_of(hits).order
    for fold in held_out:
        writer = _fit_without(fold, targets, Settings(order), domain)
        for width in WIDTHS:
            if width != Settings().width:
                key = Settings(order, width)
                narrow = replace(writer, width=width)
                hits[key] = hits.get(key, 0) + _hits(narrow, fold, prompts, targets)
    n = sum(map(len, held_out))
    trials = [Trial(settings, count / n, n) for settings, count in hits.items()]
    return _best_of({s: c for s, c in hits.items() if s.order == order}), trials


def _best_of(hits: dict[Settings, int]) -> Settings:
    return max(hits, key=lambda s: (hits[s], -s.order, -s.width))


def _fit_without(
    fold: list[int], targets: Sequence[str], settings: Settings, domain: Domain
) -> Writer:
    left_out = set(fold)
    kept = [target for i, target in enumerate(targets) if i not in left_out]
    return fit(kept, domain, settings)


def _hits(
    writer: Writer, fold: list[int], prompts: Sequence[str], targets: Sequence[str]
) -> int:
    return sum(
        writer.candidates(prompts[i])[0].text == " ".join(targets[i].split()) for i in fold
    )
