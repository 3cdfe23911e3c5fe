"""A published sweep put together to be compared: scores that differ in the seed are one system."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import Any

from helpers.evaluation.comparison import System
from helpers.sweep.grid import SweepError, shorter

Line = dict[str, Any]
OTHERS = ("train.size", "train.base", "train.seed", "score.decode")


def varied(lines: Sequence[Line]) -> list[str]:
    """Return what the scores of trainings differ in beside size, seed and way to decode.

    >>> values = [{"train.seed": n, "train.rank": rank} for n in (0, 1) for rank in (2, 8)]
    >>> varied([{"values": one, "training": {}} for one in values])
    ['train.rank']
    """
    return _differing([line for line in lines if "training" in line], OTHERS)


def _differing(lines: Sequence[Line], but: Collection[str]) -> list[str]:
    values = [line["values"] for line in lines]
    names = dict.fromkeys(name for one in values for name in one if name not in but)
    return [name for name in names if len({str(one.get(name)) for one in values}) > 1]


def by_system(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Return the scores of each system by its name, such as "2m, rank 8, free".

    A name tells all but the seed that a system differs in from others: trainings from trainings,
    what was not trained from what answers with the same model. Raises `SweepError` for two scores
    that are one system with one seed.
    """
    heads, alike, found = _heads(lines), defaultdict(list), defaultdict(list)
    kinds = ["training" in line or head for line, head in zip(lines, heads, strict=True)]
    for line, kind in zip(lines, kinds, strict=True):
        alike[kind].append(line)
    for line, head, kind in zip(lines, heads, kinds, strict=True):
        found[", ".join([head, *_differences(line, alike[kind])])].append(line)
    for name, scores in found.items():
        _check_seeds(name, scores)
    return dict(found)


def _heads(lines: Sequence[Line]) -> list[str]:
    """Return what each line's name begins with: its base, its model, or else its engine.

    A model is named by the last part of its path where no other model has the same.
    """
    models = [
        line["training"]["base"]
        if "training" in line
        else str(line["values"].get("score.model", line["engine"]))
        for line in lines
    ]
    count = Counter(Path(model).name for model in set(models))
    short = [m if count[Path(m).name] > 1 else Path(m).name for m in models]
    tuned = {name for name, line in zip(short, lines, strict=True) if "training" in line}
    return [
        f"{name}, untuned" if name in tuned and "training" not in line else name
        for name, line in zip(short, lines, strict=True)
    ]


def _differences(line: Line, alike: Sequence[Line]) -> list[str]:
    """Return what tells a line from those alike; what its grid leaves open is left out."""
    values, written = line["values"], "training" in line or "score.model" in line["values"]
    if "training" in line:
        axes = varied(alike)
    else:
        axes = _differing(alike, ("score.model", "score.decode") if written else ())
    parts = [f"{s} {values[n]}" for n, s in shorter(axes).items() if values.get(n) is not None]
    return [*parts, values["score.decode"]] if written and line["engine"] != "api" else parts


def _check_seeds(name: str, scores: Sequence[Line]) -> None:
    """Raise `SweepError` for two scores with the same seed: nothing tells one from the other."""
    by_seed: dict[int, Line] = {}
    for line in scores:
        other = by_seed.setdefault(line["values"].get("train.seed", 0), line)
        if other is not line:
            what = f"{other['label']!r} and {line['label']!r} are both {name!r} with the same seed"
            raise SweepError(f"{what}; leave one of them out")


def by_decode(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Return the scores of trainings for each way to decode."""
    found = defaultdict(list)
    for line in lines:
        if "training" in line:
            found[line["values"]["score.decode"]].append(line)
    return dict(found)


def weights(line: Line) -> float:
    """Return the weights of a score's model, without an adapter's.

    0 for what answers without a model, infinite for a model whose size nobody tells: that of an
    endpoint.
    """
    if "training" in line:
        return line["training"]["total_weights"] - line["training"]["trainable_weights"]
    return line.get("weights", math.inf if "score.model" in line["values"] else 0)


def put_together(lines: Sequence[Line]) -> list[System]:
    """Return the systems of a sweep, the smallest first.

    Scores on validation rows count as none where not all are of the same rows: they would compare
    rows, not systems.
    """
    samples = {(one["split"], one["n"]) for line in lines if (one := line.get("validation"))}
    found = [
        System(
            name,
            weights(scores[0]),
            tuple(_hits(score) for score in scores),
            _validation(scores) if len(samples) == 1 else None,
        )
        for name, scores in by_system(lines).items()
    ]
    return sorted(found, key=lambda system: (system.weights, system.name))


def _validation(scores: Sequence[Line]) -> float | None:
    """Return the mean score on validation rows; None if a seed has none on record."""
    if all("validation" in score for score in scores):
        return fmean(score["validation"]["exact"] for score in scores)
    return None


def _hits(line: Line) -> tuple[bool, ...]:
    return tuple(mark == "1" for mark in line["right"])


def curves(lines: Sequence[Line], across: Callable[[Line], float]) -> dict[str, list[dict]]:
    """Return a line of points a way to decode, of trained systems: `{"x", "score", "ci", "name"}`.

    `across` gives the place of a score; that of a system is the median of its seeds'.
    """
    return {
        decode: [
            {
                "x": median(map(across, by_system(some)[system.name])),
                "score": system.score,
                "ci": system.interval(some[0]["groups"]),
                "name": system.name.removesuffix(f", {decode}"),
            }
            for system in put_together(some)
        ]
        for decode, some in by_decode(lines).items()
    }
