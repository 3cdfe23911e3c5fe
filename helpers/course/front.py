"""The picture on README's first screen: score against size, from the committed records."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from helpers.core import paths, runs
from helpers.core.files import replace_file
from helpers.plots.front import Point

PICTURE = Path("data", "pictures", "size_and_score.svg")
PUBLISHED = Path("data", "records", "published.jsonl")
WITHOUT = {"rules": "rules", "baseline": "counting", "same_text": "counting more text"}
# Nothing of the day or of the machine: the same records make the same file.
STABLE = {"svg.fonttype": "none", "svg.hashsalt": "front"}


def points(records: Iterable[Mapping[str, Any]]) -> list[Point]:
    """Return what is drawn of records: no model, and tuned bases that rescore.

    A job is drawn once two sizes of base were tuned for it: of one size there is no curve.

    >>> of = {"task": "a", "exact": 0.5, "exact_ci": [0.4, 0.6]}
    >>> points([of | {"engine": "rules"}])
    []
    >>> tuned = {"model": "runs/finetune-1", "decode": "rescore"}
    >>> both = [tuned | {"base": name, "weights": size} for name, size in (("b", 2), ("c", 9))]
    >>> made = points([of | {"engine": "torch", "settings": one} for one in both])
    >>> [(point.name, point.weights, point.score) for point in made]
    [('b', 2, 0.5), ('c', 9, 0.5)]
    """
    made = [point for record in records if (point := _point(record))]
    sizes = {job: {p.weights for p in made if p.job == job} - {0} for job in {p.job for p in made}}
    return [point for point in made if len(sizes[point.job]) > 1]


def _point(record: Mapping[str, Any]) -> Point | None:
    """Return a record as a point, or None for what the picture leaves out."""
    told = record.get("settings", {})
    name, weights = WITHOUT.get(record["engine"], ""), 0
    if record["engine"] == "torch" and told["decode"] == "rescore":
        base, weights = Path(told["base"]), told["weights"]
        tiny = "tiny-" if base.parent.name == "tiny_base" else ""
        name = f"{tiny}{base.name}" if told["model"] != told["base"] else ""
    if not name:
        return None
    return Point(record["task"], name, weights, record["exact"], tuple(record["exact_ci"]))


def published(file: Path, jobs: Iterable[str]) -> list[Point]:
    """Return what others published for jobs: on rows of their own, without intervals."""
    lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    of = set(jobs)
    return [
        Point(one["task"], one["model"], int(one["weights"]), one["exact"], None)
        for one in lines
        if one["task"] in of
    ]


def drawn() -> list[Point]:
    """Return the points of the committed records, then those that others published."""
    ours = points(runs.committed())
    return ours + published(paths.root() / PUBLISHED, {point.job for point in ours})


def svg(found: Sequence[Point]) -> str:
    """Return the picture of points; the same points give the same text."""
    import matplotlib.pyplot as plt

    from helpers.plots import front, style

    with plt.rc_context():
        style()
        plt.rcParams.update(STABLE)
        figure = front.size_and_score(found).figure
        file = io.StringIO()
        words = figure.get_label()
        told = {"Date": None, "Creator": None, "Title": "Score against size", "Description": words}
        figure.savefig(file, format="svg", metadata=told)
        plt.close(figure)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def write() -> Path:
    """Write the picture of the committed records."""
    file = paths.root() / PICTURE
    replace_file(file, svg(drawn()))
    return file
