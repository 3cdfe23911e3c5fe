"""A published sweep put together to be compared: scores that differ in the seed are one system."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from helpers.evaluation.comparison import System

Line = dict[str, Any]
OTHERS = ("train.size", "train.base", "train.seed", "score.decode")


def varied(lines: Sequence[Line]) -> list[str]:
    """Return what the scores of trainings differ in beside size, seed and way to decode.

    >>> values = [{"train.seed": n, "train.rank": rank} for n in (0, 1) for rank in (2, 8)]
    >>> varied([{"values": one, "training": {}} for one in values])
    ['train.rank']
    """
    values = [line["values"] for line in lines if "training" in line]
    names = dict.fromkeys(name for one in values for name in one if name not in OTHERS)
    return [name for name in names if len({str(one.get(name)) for one in values}) > 1]


def by_system(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Return the scores of each system by its name, such as "2m, rank 8, free"."""
    axes, found = varied(lines), defaultdict(list)
    for line in lines:
        values = line["values"]
        if "training" in line:
            told = [f"{name.rpartition('.')[2]} {values.get(name)}" for name in axes]
            parts = [Path(line["training"]["base"]).name, *told, values["score.decode"]]
        else:
            parts = [Path(str(values.get("score.model", line["engine"]))).name]
            if "score.model" in values and line["engine"] != "api":
                parts.append(values["score.decode"])
        found[", ".join(parts)].append(line)
    return dict(found)


def by_decode(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Return the scores of trainings for each way to decode."""
    found = defaultdict(list)
    for line in lines:
        if "training" in line:
            found[line["values"]["score.decode"]].append(line)
    return dict(found)


def weights(line: Line) -> float:
    """Return the weights of the base that a score's model was trained from.

    0 for what answers without a model, infinite for a model whose size is not on record.
    """
    if "training" in line:
        return line["training"]["total_weights"] - line["training"]["trainable_weights"]
    return math.inf if "score.model" in line["values"] else 0


def put_together(lines: Sequence[Line]) -> list[System]:
    """Return the systems of a sweep, the smallest first."""
    found = [
        System(name, weights(scores[0]), tuple(_hits(score) for score in scores))
        for name, scores in by_system(lines).items()
    ]
    return sorted(found, key=lambda system: (system.weights, system.name))


def _hits(line: Line) -> tuple[bool, ...]:
    return tuple(mark == "1" for mark in line["right"])


def curves(lines: Sequence[Line], across: Callable[[Line], float]) -> dict[str, list[dict]]:
    """Return a line of points a way to decode, of trained systems: `{"x", "score", "ci"}`.

    `across` gives the place of a score; that of a system is the median of its seeds'.
    """
    return {
        decode: [
            {
                "x": median(map(across, by_system(some)[system.name])),
                "score": system.score,
                "ci": system.interval(some[0]["groups"]),
            }
            for system in put_together(some)
        ]
        for decode, some in by_decode(lines).items()
    }
