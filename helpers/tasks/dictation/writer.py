"""From a dictation to a text: lattice, scorer and beam together, and how to fit them.

This is the best answer without a neural model, and all of it is the standard library: a page in
a browser runs it as it is. `settings` chooses order and width on folds of the training rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from helpers.core.examples import Candidate
from helpers.tasks.dictation import lattice, likelihood
from helpers.tasks.dictation.decode import Scorer, best
from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.joins import Joins
from helpers.tasks.dictation.spacing import Rules


@dataclass(frozen=True)
class Settings:
    """What folds choose: the n-gram's order in characters and the beam's width in texts."""

    order: int = 8
    width: int = 8


@dataclass(frozen=True)
class Writer:
    """Writes dictations down with one scorer; call `candidates`."""

    scorer: Scorer
    joins: Joins = field(repr=False)  # what was worked out about joining pieces, for all dictations
    literals: frozenset[str] = frozenset()
    width: int = 8

    def lattice(self, dictation: str) -> lattice.Lattice:
        """Build the lattice of everything `dictation` may mean to this writer."""
        return lattice.build(dictation, self.joins.domain, self.literals, self.joins)

    def candidates(self, dictation: str, k: int = 1) -> list[Candidate]:
        """Return the `k` best texts, best first, with their scores."""
        return best(self.lattice(dictation), self.scorer, max(self.width, k), k)


def by_rules(domain: Domain) -> Writer:
    """Return the writer that needs no training rows.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> by_rules(BASH).candidates("find dot dash name star dot txt")[0].text
    'find . -name *.txt'
    """
    return Writer(Rules(domain), Joins(domain))


def fit(targets: Sequence[str], domain: Domain, settings: Settings | None = None) -> Writer:
    """Fit a writer on target texts: both n-grams, and which reserved words are also plain words.

    Empty targets, of rows that have no answer, teach nothing.
    """
    settings = settings or Settings()
    texts = [" ".join(target.split()) for target in targets if target.strip()]
    literals = lattice.literals_in(texts, domain)
    return Writer(likelihood.fit(texts, settings.order), Joins(domain), literals, settings.width)
