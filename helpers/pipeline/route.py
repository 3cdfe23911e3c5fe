"""From a dictation to an answer: the gate decides, and rules, lattice or nothing answer."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from helpers.core.examples import Candidate
from helpers.pipeline.features import features
from helpers.pipeline.gate import DICTATED, NONE, PROTOCOL, TALK, Gate
from helpers.tasks.answer import Answer
from helpers.tasks.dictation import lattice, likelihood, protocol
from helpers.tasks.dictation.convention import follows_plain
from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.hearing import habits, words
from helpers.tasks.dictation.hearing.costs import Costs
from helpers.tasks.dictation.hearing.habits import Habits
from helpers.tasks.dictation.hearing.misheard import Misheard
from helpers.tasks.dictation.hearing.readings import Reader
from helpers.tasks.dictation.hearing.talk import Talk
from helpers.tasks.dictation.hearing.units import units_of
from helpers.tasks.dictation.hearing.writer import Listener
from helpers.tasks.dictation.joins import Joins
from helpers.tasks.dictation.lattice import Lattice
from helpers.tasks.dictation.writer import Writer

RULES, LATTICE, HEARING, NOTHING = "rules", "lattice", "hearing", "nothing"
ORDER = 8  # characters of the n-gram
ODD = 8  # texts that are looked at where the best is spelled as no command is
MEANT = 12.0  # nats; capitals are as they were meant unless all else speaks against it


@dataclass(frozen=True)
class Route:
    """Where a dictation goes, the kind of speech the gate takes it for, and how sure it is.

    `shares` are the probabilities of all kinds, `seconds` what the gate and the lattice took.
    """

    name: str
    kind: str
    probability: float
    features: Mapping[str, float]
    candidates: Sequence[Candidate]
    shares: Mapping[str, float] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def lead(self) -> float:
        """How far the best text is ahead of the second, in nats."""
        first, *rest = self.candidates
        return round(first.score - rest[0].score, 6) if rest else math.inf


@dataclass(frozen=True)
class Router:
    """Writes dictations of every kind: call `answer`.

    A dictation that keeps to a convention is read by it, unless what a transcriber may have
    misheard is likelier by `costs.convention` nats.
    """

    gate: Gate
    writer: Writer
    listener: Listener
    habits: Habits = Habits()

    @property
    def domain(self) -> Domain:
        """The table of what is dictated."""
        return self.listener.reader.domain

    def route(self, dictation: str, kind: str = "") -> Route:
        """Decide where a dictation goes, and list what may be written there, best first.

        The gate names the kind of speech unless `kind` does.
        """
        began = time.perf_counter()
        heard = self.listener.candidates(dictation, 2)
        listed = time.perf_counter()
        numbers = features(dictation, self.listener, heard)
        shares = self.gate.probabilities(numbers)
        kind = kind or self.gate.kind(shares)
        if kind == PROTOCOL and not protocol.follows_protocol(dictation, self.domain):
            kind = TALK  # spaces are said, and words stand together without one
        decided = time.perf_counter()
        name, candidates = self._place(dictation, kind, heard)
        searched = time.perf_counter() - decided + listed - began
        seconds = {"gate": decided - listed, "lattice": searched}
        return Route(name, kind, round(shares[kind], 4), numbers, candidates, shares, seconds)

    def texts(self, dictation: str, name: str, most: int) -> list[str]:
        """List the best texts of a place, at most so many; none of rules'."""
        lister = self._readers.get(name)
        return [found.text for found in lister.candidates(dictation, most)] if lister else []

    def lattice(self, dictation: str, name: str) -> Lattice:
        """Return the lattice that a dictation is read with at a place."""
        return self._readers.get(name, self.listener).lattice(dictation)

    def _place(
        self, dictation: str, kind: str, heard: list[Candidate]
    ) -> tuple[str, list[Candidate]]:
        reader = self.listener.reader
        if kind == NONE:
            return NOTHING, [Candidate(0.0, "")]
        name, by_convention, hearer = HEARING, heard, self.listener
        if kind == TALK:
            hearer = self.talker
            by_convention = heard = hearer.candidates(dictation, 2)
        if self._says_own(dictation):
            return name, heard
        if protocol.follows_protocol(dictation, self.domain):
            text = protocol.write(dictation, self.domain)
            likely = self.likelihood(text) if reader.sounds_wrong(dictation) else math.inf
            name, by_convention = RULES, [Candidate(likely, text)]
        elif kind == DICTATED and follows_plain(dictation, self.domain, reader.words):
            name, hearer = LATTICE, self._as_cased
            plain, heard = (one.candidates(dictation, 2) for one in (self.writer, hearer))
            by_convention = self._spelled(dictation, self.writer, plain)
        heard = self._spelled(dictation, hearer, heard)
        if name == HEARING or heard[0].score > by_convention[0].score + reader.costs.convention:
            return HEARING, heard
        return name, by_convention

    def _spelled(
        self, dictation: str, lister: Writer | Listener, found: list[Candidate]
    ) -> list[Candidate]:
        """Return what a lister found; where the best is spelled oddly, more texts compete."""
        if not self.habits.cost(found[0].text):
            return found
        return self.habits.ranked(lister.candidates(dictation, ODD))

    @cached_property
    def talker(self) -> Listener:
        """The listener for whoever talks around the dictation."""
        return replace(self.listener, talk=Talk())

    @cached_property
    def _readers(self) -> dict[str, Writer | Listener]:
        return {LATTICE: self.writer, HEARING: self.listener, NOTHING: self.listener,
                TALK: self.talker}  # fmt: skip

    @cached_property
    def _as_cased(self) -> Listener:
        """The listener for whoever keeps to the convention: there, capitals are meant."""
        reader = self.listener.reader
        costs = replace(reader.costs, small=MEANT, casing=MEANT)
        return replace(self.listener, reader=reader.with_changes(costs=costs))

    def _says_own(self, dictation: str) -> bool:
        """Whether words of the reader's own list are said: only the listener knows them."""
        reader = self.listener.reader
        if not reader.words.own:
            return False
        units = units_of(dictation, self.domain)
        return any(reader.own_words(units, at) for at in range(len(units)))

    def likelihood(self, text: str) -> float:
        """Return how likely a text is by the n-grams."""
        return self.listener.scorer.score_of(text)

    def answer(self, dictation: str) -> Answer:
        """Answer a dictation; details name the route, and say where the answer is unsure.

        It is unsure where somebody talks around the dictation: that is a model's part.
        """
        if not dictation.strip():
            return Answer("", {"route": NOTHING, "kind": NONE}, math.inf)
        route = self.route(dictation)
        details = {"route": route.name, "kind": route.kind, "probability": route.probability}
        if route.kind == TALK:
            details["unsure"] = True
        first = route.candidates[0]
        if math.isfinite(first.score):
            details["log_probability"] = round(first.score, 4)
        return Answer(first.text, details, route.lead)

    def with_words(self, own: Mapping[str, str]) -> Router:
        """Return the router that also knows a reader's own words."""
        return replace(self, listener=self.listener.with_words(own))


def place_of(route: Route) -> str:
    """Return where a route leads to."""
    return place(route.kind, route.name)


def place(kind: str, name: str) -> str:
    """Return the place of a route by name: talk is one of its own, whatever reads it."""
    return TALK if kind == TALK else name


def fit(
    targets: Sequence[str],
    domain: Domain,
    gate: Gate,
    costs: Costs,
    misheard: Misheard | None = None,
) -> Router:
    """Fit both writers of a router, for plain and for heard speech, with the same n-grams."""
    texts = [" ".join(target.split()) for target in targets if target.strip()]
    scorer = likelihood.fit(texts, ORDER)
    literals = lattice.literals_in(texts, domain)
    reader = Reader(domain, words.words_in(texts), costs, misheard or {})
    writer = Writer(scorer, Joins(domain), literals)
    return Router(gate, writer, Listener(scorer, reader), habits.learned(texts))
