"""What the page's Python does, in a browser: it answers one dictation after another.

All of it is the standard library. Texts go in and out as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from helpers.core.examples import Candidate
from helpers.export.web import tables
from helpers.pipeline.confidence import Confidence, numbers_of, of_dictation
from helpers.pipeline.gate import TALK
from helpers.pipeline.outcome import ASK, MOST, NOTHING, TYPE, choices
from helpers.pipeline.route import LATTICE, Router, place_of
from helpers.tasks.dictation import lattice
from helpers.tasks.dictation.bash import BASH

EXPANDED = "expanded"  # the variant that asks a model with symbols already written


@dataclass(frozen=True)
class Page:
    """A router, and from which probability on its answer is typed."""

    router: Router
    confidence: Confidence

    def answer(self, said: str, count: int = 0, variant: str = "") -> str:
        """Return what is done about a dictation: an object's JSON.

        `text` is the best answer. Where a model may rank more, `candidates` are the `count` best
        texts with their scores, and `question` is what it is asked.
        """
        route = self.router.route(said)
        text = route.candidates[0].text
        answer = {
            "text": text, "route": route.name, "kind": route.kind, "action": NOTHING,
            "confidence": route.probability,
        }  # fmt: skip
        if text:
            numbers = of_dictation(self.router, route, text, True)
            share = self.confidence.of(numbers_of(place_of(route), route.lead, **numbers))
            unsure = share < self.confidence.ask_below
            answer |= {"action": ASK if unsure else TYPE, "confidence": round(share, 4)}
            answer["talk"] = route.kind == TALK
        if count and route.name == LATTICE:
            candidates = self.router.writer.candidates(said, count)
            question = lattice.expand(said, BASH) if variant == EXPANDED else said
            answer |= {"candidates": [*map(_pair, candidates)], "question": question}
        return json.dumps(answer, ensure_ascii=False)

    def alternatives(self, said: str, text: str) -> str:
        """Return further texts that may have been meant: a list's JSON, without `text`."""
        place = place_of(self.router.route(said))
        texts: Sequence[str] = choices([text, *self.router.texts(said, place, MOST + 1)], MOST + 1)
        return json.dumps([one for one in texts if one != text][:MOST], ensure_ascii=False)


def _pair(candidate: Candidate) -> list[str | float]:
    return [candidate.text, candidate.score]


def load(table: str) -> Page:
    """Return the page of a packed table's JSON."""
    learned = json.loads(table)
    return Page(tables.unpack(learned["router"], BASH), Confidence(**learned["confidence"]))
