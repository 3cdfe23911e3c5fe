"""Beam search: the texts of a lattice that a scorer likes best.

A scorer is anything with a `start` state, `extend(state, text)` and `finish(state)`: the n-gram,
the hand-written rules, a majority vote. The lattice says what is possible, the scorer what is
likely; neither knows the other.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from operator import itemgetter
from typing import Protocol
from zlib import crc32

from helpers.core.examples import Candidate
from helpers.tasks.dictation.lattice import Lattice

FEW = 2  # texts asked for, up to which partial texts far behind are dropped
REACH = 15.0  # nats: on 1,500 dictations none so far behind came first, three came second


class Scorer(Protocol):
    """What beam search needs: scores that add up, and states that say what still matters."""

    @property
    def start(self) -> Hashable: ...

    def extend(self, state: Hashable, text: str) -> tuple[float, Hashable]: ...

    def finish(self, state: Hashable) -> float: ...


def best(lattice: Lattice, scorer: Scorer, width: int = 8, k: int = 1) -> list[Candidate]:
    """Return the `k` best texts found, best first, keeping `width` partial texts a word.

    Partial texts that end in the same states have the same future: only the `k` best of them are
    kept, and of ways to write the same text the best. Width 1 is greedy. Where few texts are asked
    for, those `REACH` behind are dropped. An empty dictation has one text, the empty one. Time and
    memory grow linearly with the dictation.

    >>> from helpers.tasks.dictation import lattice, ngram
    >>> from helpers.tasks.dictation.bash import BASH
    >>> model = ngram.fit(["wc -l a", "wc -w b", "ls -l a", "ls -a"], order=4)
    >>> best(lattice.build("wc dash L", BASH), model)[0].text
    'wc -l'
    """
    end, reach = len(lattice.words), REACH if k <= FEW else math.inf
    beams: list[Beam] = [{} for _ in range(end + 1)]
    beams[0]["", scorer.start] = [(0.0, 0, None)]
    for at, arcs in enumerate(lattice.arcs):
        for (tail, state), (score, sign, path) in _widest(beams[at], width, reach):
            for arc in arcs:
                for gap, after, cost in lattice.gaps(tail, arc):
                    written = gap + arc.text
                    gain, next_state = scorer.extend(state, written)
                    gain -= arc.cost + cost
                    found = beams[arc.end].setdefault((after, next_state), [])
                    signed = crc32(written.encode("utf-8", "surrogatepass"), sign) if k > 1 else 0
                    _keep(found, (score + gain, signed, (path, written)), k)
        beams[at] = {}  # a long dictation must not hold every partial text at once
    finished = [
        (score + scorer.finish(state) - lattice.unfinished(tail), path)
        for (tail, state), kept in beams[end].items()
        for score, _, path in kept
    ]
    texts: dict[str, Candidate] = {}
    for score, path in sorted(finished, key=itemgetter(0), reverse=True):
        text = _text(path)
        texts.setdefault(text, Candidate(score, text))
        if len(texts) == k:
            break
    return list(texts.values())


Path = tuple | None
"""What was written, last piece first, as (path before, piece): beginnings are shared."""

Partial = tuple[float, int, Path]
"""A partial text: its score, a checksum that equal texts share, and its path."""

Beam = dict[tuple[str, Hashable], list[Partial]]
"""Partial texts by the lattice's and the scorer's state."""


def _widest(beam: Beam, width: int, reach: float) -> list[tuple[tuple[str, Hashable], Partial]]:
    least = max((kept[0][0] for kept in beam.values()), default=0.0) - reach
    partial = [(key, one) for key, kept in beam.items() for one in kept if one[0] >= least]
    if len(partial) > width:
        partial.sort(key=lambda each: each[1][0], reverse=True)
        del partial[width:]
    return partial


def _keep(kept: list[Partial], new: Partial, k: int) -> None:
    """Insert `new` into the `k` best, of two that write the same the better."""
    same = next((n for n, one in enumerate(kept) if k > 1 and one[1] == new[1]), None)
    if same is not None:
        kept[same] = max(kept[same], new, key=itemgetter(0))
    elif len(kept) < k:
        kept.append(new)
    elif new[0] > kept[-1][0]:
        kept[-1] = new
    if k > 1:
        kept.sort(key=itemgetter(0), reverse=True)


def _text(path: Path) -> str:
    pieces = []
    while path:
        path, piece = path
        pieces.append(piece)
    return "".join(reversed(pieces))
