"""From a dictation to a text: lattice, scorer and beam together, and how to fit them.

This is the best answer without a neural model. Its settings are chosen on folds of the training
rows; rows it will be judged on are never looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

from helpers.core.examples import Candidate
from helpers.tasks.dictation import lattice, ngram
from helpers.tasks.dictation.decode import Scorer, best
from helpers.tasks.dictation.spacing import Rules
from helpers.tasks.dictation.vocabulary import BASH, Vocabulary
from helpers.tasks.splits import folds

ORDERS = (5, 6, 7, 8, 9)
WIDTHS = (1, 4, 8, 16)
FOLDS_HELD_OUT = 2  # of five; enough to tell the orders apart, in seconds


@dataclass(frozen=True)
class Settings:
    """What folds choose: the n-gram's order in characters and the beam's width in texts."""

    order: int = 8
    width: int = 8


@dataclass(frozen=True)
class Writer:
    """Writes dictations down with one scorer; call `candidates`."""

    scorer: Scorer
    vocabulary: Vocabulary = BASH
    literals: frozenset[str] = frozenset()
    width: int = 8
    joins: lattice.Joins = field(default_factory=lattice.Joins, repr=False)

    def lattice(self, dictation: str) -> lattice.Lattice:
        """Build the lattice of everything `dictation` may mean to this writer."""
        return lattice.build(dictation, self.vocabulary, self.literals, self.joins)

    def candidates(self, dictation: str, k: int = 1) -> list[Candidate]:
        """Return the `k` best texts, best first, with their scores."""
        return best(self.lattice(dictation), self.scorer, max(self.width, k), k)


def by_rules(vocabulary: Vocabulary = BASH) -> Writer:
    """Return the writer that needs no training rows.

    >>> by_rules().candidates("find dot dash name star dot txt")[0].text
    'find . -name *.txt'
    """
    return Writer(Rules(vocabulary), vocabulary, joins=lattice.Joins(vocabulary))


def fit(
    targets: Sequence[str], settings: Settings | None = None, vocabulary: Vocabulary = BASH
) -> Writer:
    """Fit a writer on target texts: the n-gram, and which reserved words are also plain words."""
    settings = settings or Settings()
    texts = [" ".join(target.split()) for target in targets]
    return Writer(
        ngram.fit(texts, settings.order),
        vocabulary,
        lattice.literals_in(texts, vocabulary),
        settings.width,
        lattice.Joins(vocabulary),
    )


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
    vocabulary: Vocabulary = BASH,
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
        writer = _fit_without(fold, targets, Settings(order), vocabulary)
        key = Settings(order)
        hits[key] = hits.get(key, 0) + _hits(writer, fold, prompts, targets)
    order = _best_of(hits).order
    for fold in held_out:
        writer = _fit_without(fold, targets, Settings(order), vocabulary)
        for width in WIDTHS:
            if width != Settings().width:
                key = Settings(order, width)
                narrow = Writer(writer.scorer, vocabulary, writer.literals, width, writer.joins)
                hits[key] = hits.get(key, 0) + _hits(narrow, fold, prompts, targets)
    n = sum(map(len, held_out))
    trials = [Trial(settings, count / n, n) for settings, count in hits.items()]
    return _best_of({s: c for s, c in hits.items() if s.order == order}), trials


def _best_of(hits: dict[Settings, int]) -> Settings:
    return max(hits, key=lambda s: (hits[s], -s.order, -s.width))


def _fit_without(
    fold: list[int], targets: Sequence[str], settings: Settings, vocabulary: Vocabulary
) -> Writer:
    left_out = set(fold)
    kept = [target for i, target in enumerate(targets) if i not in left_out]
    return fit(kept, settings, vocabulary)


def _hits(
    writer: Writer, fold: list[int], prompts: Sequence[str], targets: Sequence[str]
) -> int:
    return sum(
        writer.candidates(prompts[i])[0].text == " ".join(targets[i].split()) for i in fold
    )
