"""From a transcript to a text: the lattice that hears, the n-gram, and the beam between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from helpers.core.examples import Candidate
from helpers.tasks.dictation import likelihood
from helpers.tasks.dictation.decode import best
from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.hearing import lattice
from helpers.tasks.dictation.hearing.costs import Costs
from helpers.tasks.dictation.hearing.misheard import Misheard
from helpers.tasks.dictation.hearing.readings import Reader
from helpers.tasks.dictation.hearing.talk import Talk
from helpers.tasks.dictation.hearing.words import words_in
from helpers.tasks.dictation.likelihood import Likelihood


@dataclass(frozen=True)
class Listener:
    """Writes transcripts down; call `candidates`.

    With `talk` any words before and after the dictation may be left out, and what was dictated may
    be a piece of a command.
    """

    scorer: Likelihood
    reader: Reader
    width: int = 12
    talk: Talk | None = None

    def lattice(self, transcript: str) -> lattice.HeardLattice:
        """Build the lattice of everything `transcript` may mean."""
        return lattice.build(transcript, self.reader, self.talk)

    def candidates(self, transcript: str, k: int = 1) -> list[Candidate]:
        """Return the `k` best texts, best first, with their scores."""
        listed, width = self.lattice(transcript), max(self.width, k)
        found = best(listed, self.scorer, width, k)
        if self.talk is None:
            return found
        pieces = [
            Candidate(one.score - self.talk.amid, one.text)
            for one in best(listed, self.scorer.amid(), width, k)
            if one.text[:1] and not one.text[0].isalpha()
        ]
        texts: dict[str, Candidate] = {}
        for one in sorted([*found, *pieces], key=lambda one: -one.score):
            texts.setdefault(one.text, one)
        return list(texts.values())[:k]

    def with_words(self, own: Mapping[str, str]) -> Listener:
        """Return the listener that also knows a reader's own words."""
        known = replace(self.reader.words, own=own)
        return replace(self, reader=self.reader.with_changes(words=known))


def fit(
    targets: Sequence[str],
    domain: Domain,
    order: int = 8,
    costs: Costs | None = None,
    misheard: Misheard | None = None,
) -> Listener:
    """Fit a listener on target texts: both n-grams, and how words are written.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> listener = fit(["ls -la", "cd ../", "git status", "git add ."], BASH)
    >>> [listener.candidates(said)[0].text for said in ("LS dash LA.", "CD dot dot slash")]
    ['ls -la', 'cd ../']
    """
    texts = [" ".join(target.split()) for target in targets]
    reader = Reader(domain, words_in(texts), costs or Costs(), misheard or {})
    return Listener(likelihood.fit(texts, order), reader)
