"""What a router has learned as one JSON text: pruned, rounded, and quick to unpack.

An n-gram is a tree: after each context stand the characters that were seen there. So a level of
the tree is a text, a line a context, and its numbers are another text, a character a number. Both
pack well, and are unpacked without a loop of Python's around each number.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from helpers.pipeline.gate import Gate
from helpers.pipeline.route import Router
from helpers.tasks.dictation import likelihood
from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.hearing.costs import Costs
from helpers.tasks.dictation.hearing.habits import Habits
from helpers.tasks.dictation.hearing.readings import Reader
from helpers.tasks.dictation.hearing.words import Words
from helpers.tasks.dictation.hearing.writer import Listener
from helpers.tasks.dictation.joins import Joins
from helpers.tasks.dictation.likelihood import Likelihood
from helpers.tasks.dictation.ngram import BEGIN, NGram
from helpers.tasks.dictation.writer import Writer

DIGITS = "".join(chr(n) for n in range(32, 127) if chr(n) not in '"\\')
"""One character for each of so many numbers, none of which JSON would have to escape."""


def pack(router: Router, small: Likelihood) -> dict[str, Any]:
    """Return what a router has learned, with smaller n-grams."""
    reader = router.listener.reader
    heard = [[*map(" ".join, (words, said)), cost]
             for words, meant in reader.misheard.items() for said, cost in meant]  # fmt: skip
    return {
        "gate": asdict(router.gate),
        "costs": asdict(reader.costs),
        "casings": reader.words.casings,
        "heads": reader.words.heads,
        "flags": sorted(reader.words.flags),
        "misheard": heard,
        "habits": {name: sorted(seen) for name, seen in asdict(router.habits).items()},
        "literals": sorted(router.writer.literals),
        "characters": pack_ngram(small.characters.model),
        "shapes": pack_ngram(small.shapes.model),
    }


def unpack(table: Mapping[str, Any], domain: Domain) -> Router:
    """Return the router of a domain that `pack` packed."""
    scorer = likelihood.of(unpack_ngram(table["characters"]), unpack_ngram(table["shapes"]))
    words = Words(table["casings"], table["heads"], frozenset(table["flags"]))
    misheard: dict[tuple[str, ...], tuple] = {}
    for heard, said, cost in table["misheard"]:
        key = tuple(heard.split())
        misheard[key] = (*misheard.get(key, ()), (tuple(said.split()), cost))
    reader = Reader(domain, words, Costs(**table["costs"]), misheard)
    writer = Writer(scorer, Joins(domain), frozenset(table["literals"]))
    habits = Habits(**{name: frozenset(seen) for name, seen in table["habits"].items()})
    return Router(Gate(**table["gate"]), writer, Listener(scorer, reader), habits)


def pack_ngram(model: NGram) -> dict[str, Any]:
    """Return an n-gram with its numbers rounded to `len(DIGITS)` values, a table for each kind.

    >>> from helpers.tasks.dictation import ngram
    >>> model = ngram.fit(["wc -l", "wc -w", "ls -l"], order=3)
    >>> pack_ngram(model)["follows"][0]
    '\\x03 -clsw'
    >>> again = unpack_ngram(pack_ngram(model))
    >>> again.log_probability.keys() == model.log_probability.keys()
    True
    """
    kids: dict[str, list[str]] = {}
    for gram in sorted(model.log_probability):
        kids.setdefault(gram[:-1], []).append(gram[-1])
    grams, open_, follows, contexts = [], [], [], [""]
    for length in range(1, model.order + 1):
        follows.append("\n".join("".join(kids.get(context, ())) for context in contexts))
        open_ += [context for context in contexts if context in kids]
        longer = [context + last for context in contexts for last in kids.get(context, ())]
        grams += longer
        contexts = [*longer, BEGIN * length]
    return {
        "order": model.order,
        "alphabet": model.alphabet,
        "follows": follows,
        "probabilities": _round([model.log_probability[gram] for gram in grams]),
        "backoffs": _round([model.log_backoff[context] for context in open_]),
    }


def unpack_ngram(table: Mapping[str, Any]) -> NGram:
    """Return the n-gram of a table."""
    order, follows = table["order"], table["follows"]
    grams, open_, contexts = [], [], [""]
    for length, level in enumerate(follows, 1):
        lines = level.split("\n")
        open_ += [context for context, line in zip(contexts, lines, strict=True) if line]
        longer = [c + last for c, line in zip(contexts, lines, strict=True) for last in line]
        grams += longer
        contexts = [*longer, BEGIN * length]
    return NGram(
        order,
        dict(zip(grams, _values(table["probabilities"]), strict=True)),
        dict(zip(open_, _values(table["backoffs"]), strict=True)),
        table["alphabet"],
    )


def _round(values: Sequence[float]) -> dict[str, Any]:
    """Return values as the nearest of a few, which stand as far apart as the values do.

    >>> _round([-1.0, -0.5, -1.0])
    {'values': [-1.0, -0.5], 'which': ' ! '}
    """
    ordered = sorted(values)
    many = len(DIGITS)
    steps = [ordered[(2 * n + 1) * len(ordered) // (2 * many)] for n in range(many)]
    few = sorted({round(value, 3) for value in steps})
    middles = [(low + high) / 2 for low, high in zip(few, few[1:], strict=False)]
    return {"values": few, "which": "".join(DIGITS[bisect(middles, one)] for one in values)}


def _values(numbers: Mapping[str, Any]) -> map[float]:
    named = dict(zip(DIGITS, numbers["values"], strict=False))
    return map(named.__getitem__, numbers["which"])
