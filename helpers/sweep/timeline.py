"""Which cell ran where and when: a row a cell, for a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpers.sweep.cells import Cell


def lanes(cells: Sequence[Cell]) -> list[dict[str, Any]]:
    """Return when finished cells ran, in seconds from the first on, and the lane each ran in.

    A lane is a node of a cluster, or as many jobs of this machine as were at work at once.
    """
    spans = [cell.span() | {"label": cell.label} for cell in cells if cell.finished]
    spans.sort(key=lambda span: span["began"])
    nodes = {node: f"node {n}" for n, node in enumerate(dict.fromkeys(_nodes(spans)), 1) if node}
    free: list[float] = []  # when each job of this machine has ended
    rows = []
    for span in spans:
        lane = nodes.get(span["node"]) or f"job {_job(free, span)}"
        times = {name: span[name] - spans[0]["began"] for name in ("began", "ended")}
        rows.append({"lane": lane, "label": span["label"]} | times)
    return rows


def _nodes(spans: Sequence[dict[str, Any]]) -> list[str]:
    return [span["node"] for span in spans]


def _job(free: list[float], span: dict[str, Any]) -> int:
    """Return the first job that had ended when a cell began, and keep when this one ends.

    >>> free = []
    >>> [_job(free, {"began": b, "ended": e}) for b, e in ((0, 4), (1, 2), (3, 5))]
    [1, 2, 2]
    """
    number = next((n for n, ended in enumerate(free) if ended <= span["began"]), len(free))
    free[number:] = [span["ended"], *free[number + 1 :]]
    return number + 1
