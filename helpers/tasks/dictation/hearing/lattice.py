"""The lattice of a transcript: everything that heard speech may have meant, each with its cost.

A noisy-channel decoder needs two things: what may have been meant (here), and how likely it is
that somebody writes that (the n-gram). Pauses, talk around the dictation and versions that were
taken back are arcs that leave words out; so are commas that nobody said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.hearing import english, gaps, thoughts
from helpers.tasks.dictation.hearing.costs import Costs
from helpers.tasks.dictation.hearing.readings import Reader
from helpers.tasks.dictation.hearing.talk import Talk
from helpers.tasks.dictation.hearing.thoughts import Leap
from helpers.tasks.dictation.hearing.units import Unit, units_of
from helpers.tasks.dictation.lattice import Gap, Lattice

ARCS_AT_MOST = 60  # of one place, the cheapest: odd input must not multiply them
STARTS_AT_MOST = 400  # of the first place, where somebody talks: any word may be the first
TALK_AT_MOST = 60  # words before a dictation, and after it


class HeardArc(NamedTuple):
    """A reading, its cost, and how it follows: after a space said, apart, or glued."""

    text: str
    end: int
    cost: float = 0.0
    how: str = gaps.APART


@dataclass(frozen=True)
class HeardLattice(Lattice):
    """A lattice over the units of a transcript."""

    costs: Costs = Costs()
    spaces_said: bool = False
    marks: gaps.Marks = gaps.Marks()
    known: dict[tuple, list[Gap]] = field(default_factory=dict, repr=False)

    def gaps(self, tail: str | gaps.Tail, arc: HeardArc) -> list[Gap]:
        """List the gaps with which `arc` may follow a text ending in `tail`; "" begins one."""
        key = (tail, arc.text, arc.how, self.spaces_said)
        if key not in self.known:
            if len(self.known) > 100_000:  # odd input must not grow this for ever
                self.known.clear()
            before = tail or gaps.Tail()
            self.known[key] = gaps.gaps(
                before, arc.text, arc.how, self.spaces_said, self.costs, self.marks
            )
        return self.known[key]

    def unfinished(self, tail: str | gaps.Tail) -> float:
        """Return what it costs to end a text whose quotes are open."""
        return self.costs.open_quote if tail and tail.quotes else 0.0


def build(transcript: str, reader: Reader, talk: Talk | None = None) -> HeardLattice:
    """Build the lattice of a transcript; with `talk`, of somebody who talks around a dictation.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> "ls -la" in build("LS dash LA.", Reader(BASH))
    True
    >>> "chmod 755 run.sh" in build("chmod seven fifty five, run dot SH", Reader(BASH))
    True
    """
    units = units_of(transcript, reader.domain)
    space = reader.domain.space_word
    arcs = _closed(units, reader, talk)
    said = any(unit.low == space for unit in units)
    words = tuple(unit.text for unit in units)
    return HeardLattice(
        words, arcs, None, reader.costs, said, reader.marks, reader.memory
    )


def _closed(
    units: Sequence[Unit], reader: Reader, talk: Talk | None
) -> tuple[tuple[HeardArc, ...], ...]:
    """Return the arcs of every unit, with those that leave units out, from the last unit on."""
    words, costs, n = [unit.low for unit in units], reader.costs, len(units)
    silent_end, openings = _silent_end(words, costs), _openings(words, costs)
    stutter = talk.stutter if talk else costs.stutter
    pauses = dict.fromkeys(english.PAUSES, costs.filler if talk else costs.pause)
    pauses |= dict.fromkeys(english.FILLERS, costs.filler)
    if talk:
        weights = talk.of(words, reader.domain, reader.words)
        silent_end = _cheaper(_after(weights, talk), silent_end)
        openings = _cheaper(_before(weights, talk), openings)
    calm: list[list[HeardArc]] = [[] for _ in range(n + 1)]  # nothing is taken back in them
    for at in reversed(range(n)):
        own = _own_arcs(units, at, reader)
        for leap in _pauses(words, at, reader.domain, pauses, stutter):
            own += _over(leap, calm)
        own += [
            arc._replace(end=n, cost=arc.cost + silent_end[arc.end])
            for arc in own
            if arc.end < n and arc.end in silent_end
        ]
        calm[at] = _cheapest(own)
    arcs = list(calm)
    leaps = [*thoughts.taken_back(words, reader)]
    if talk:
        leaps += thoughts.interruptions(words, weights, costs)
    for at, leap in leaps:
        arcs[at] = [*arcs[at], *_over(leap, calm)]
    begun = [arc for at, cost in openings.items() for arc in _over((at, cost, ""), arcs)]
    arcs[0] = [*arcs[0], *begun]
    most = [STARTS_AT_MOST if talk else ARCS_AT_MOST, *[ARCS_AT_MOST] * n]
    return tuple(tuple(_cheapest(*one)) for one in zip(arcs[:n], most, strict=False))


def _over(leap: Leap, arcs: Sequence[Sequence[HeardArc]]) -> list[HeardArc]:
    """Return the arcs from where a leap lands, as they are from where it began."""
    target, cost, how = leap
    return [arc._replace(cost=arc.cost + cost, how=how or arc.how) for arc in arcs[target]]


def _own_arcs(units: Sequence[Unit], at: int, reader: Reader) -> list[HeardArc]:
    how = gaps.GLUED if units[at].glued else gaps.APART
    arcs = []
    for reading in reader.readings(units, at):
        arcs.append(HeardArc(reading.text, reading.end, reading.cost, how))
        if stop := units[reading.end - 1].stop:
            cost = reading.cost + reader.costs.stop
            arcs.append(HeardArc(reading.text + stop, reading.end, cost, how))
    return arcs


def _pauses(
    words: Sequence[str],
    at: int,
    domain: Domain,
    phrases: Mapping[tuple[str, ...], float],
    stutter: float,
) -> list[Leap]:
    """List the leaps from `at` over a pause, a space that was said, a word said twice."""
    n = len(words)
    leaps: list[Leap] = []
    if words[at] == domain.space_word:
        leaps.append((at + 1, 0.0, gaps.SAID))
    ends = english.phrase_at(words, at, phrases)
    leaps += [(end, phrases[tuple(words[at:end])], "") for end in ends]
    if at + 1 < n and words[at] == words[at + 1] and words[at] not in domain.reserved:
        leaps.append((at + 1, stutter, ""))
    return [leap for leap in leaps if leap[0] < n]


def _openings(words: Sequence[str], costs: Costs) -> dict[int, float]:
    """Return where the text may begin after talk that is known, and what that costs."""
    reached, waiting = {0: 0.0}, [0]
    while waiting:
        at = waiting.pop()
        phrases = (english.OPENERS, english.FILLERS)
        ends = [end for known in phrases for end in english.phrase_at(words, at, known)]
        for end in (*ends, *english.clause_at(words, at)):
            cost = reached[at] + costs.opener
            if end < len(words) and cost < reached.get(end, float("inf")):
                reached[end] = cost
                waiting.append(end)
    return {at: cost for at, cost in reached.items() if at}


def _before(weights: Sequence[float], talk: Talk) -> dict[int, float]:
    """Return where the text may begin after any talk, and what that costs."""
    totals = accumulate(weights[:-1][:TALK_AT_MOST])
    return {at: talk.before + total for at, total in enumerate(totals, 1)}


def _after(weights: Sequence[float], talk: Talk) -> dict[int, float]:
    """Return the places from which any talk follows, and what it costs to end there."""
    totals = accumulate(weights[:0:-1][:TALK_AT_MOST])
    return {len(weights) - n: talk.after + total for n, total in enumerate(totals, 1)}


def _cheaper(one: dict[int, float], other: dict[int, float]) -> dict[int, float]:
    """Return the cheaper cost of each place."""
    return one | {at: min(cost, one.get(at, cost)) for at, cost in other.items()}


def _silent_end(words: Sequence[str], costs: Costs) -> dict[int, float]:
    """Return the places from which only talk follows, and what it costs to end there."""
    n = len(words)
    ends = {n: 0.0}
    for at in reversed(range(n)):
        for phrases in (english.CLOSERS, english.FILLERS):
            for end in english.phrase_at(words, at, phrases):
                if end in ends:
                    cost = ends[end] + costs.opener
                    ends[at] = min(cost, ends.get(at, float("inf")))
    return ends


def _cheapest(arcs: Sequence[HeardArc], most: int = ARCS_AT_MOST) -> list[HeardArc]:
    best: dict[tuple[str, int, str], HeardArc] = {}
    for arc in arcs:
        key = (arc.text, arc.end, arc.how)
        if key not in best or arc.cost < best[key].cost:
            best[key] = arc
    kept = sorted(best.values(), key=lambda arc: arc.cost)
    return kept[:most]
