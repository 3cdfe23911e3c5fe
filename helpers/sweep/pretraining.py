"""What pretraining buys: a line a base, and a line a counter, over the rows they learned from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from helpers import tasks
from helpers.core import runs
from helpers.evaluation import comparison
from helpers.sweep import published
from helpers.sweep.systems import Line

Point = dict[str, Any]  # "x", "score", "ci", as `plots.lines` takes it
COUNTERS = {"baseline": "counting", "same_text": "counting, with our generators' text"}
SWEEPS = ("pretraining", "rows")  # where the first lacks the tiny base, the second has it


def file(task: str, sweep: str = SWEEPS[0]) -> Path:
    """Return where a job's sweep over bases and rows, or another one, is published, if it is.

    >>> file("support_label").name
    'support_label-pretraining.jsonl'
    """
    return published.folder() / f"{task}-{sweep}.jsonl"


def curves(task: str, decode: str = "grammar") -> dict[str, list[Point]]:
    """Return the published points of a job by what learned them; none where nothing is published.

    The scoreboard has the points of all rows, sweeps those of few. A base answers as `decode`
    says, after its training.
    """
    found: dict[str, dict[int, Point]] = defaultdict(dict)
    for name, point in (*_on_the_scoreboard(task, decode), *_swept(task, decode)):
        found[name].setdefault(point["x"], point)
    names = [*COUNTERS.values(), *sorted(found.keys() - set(COUNTERS.values()))]
    return {n: [found[n][x] for x in sorted(found[n])] for n in names if len(found[n]) > 1}


def against_counting(task: str, base: str, decode: str = "grammar") -> list[dict[str, Any]]:
    """Compare a base with counting on as many rows, for each number of rows that has both.

    Groups are exchanged whole, as in `comparison.against`: wordings of one thing are right or wrong
    together. Holm corrects the p-values for how many there are.
    """
    found: dict[str, dict[int, Line]] = defaultdict(dict)
    for line in _lines(task, SWEEPS[:1]):
        found[_name(line, decode)][line["values"]["data.rows"]] = line
    ours, counts = found[f"{base}, {decode}"], found[COUNTERS["baseline"]]
    lines = []
    for rows in sorted(ours.keys() & counts.keys()):
        pair, groups = (_right(ours[rows]), _right(counts[rows])), ours[rows]["groups"]
        scores = {"rows": rows, "base": ours[rows]["exact"], "counting": counts[rows]["exact"]}
        p = {"p": comparison.sign_flip(*pair, groups)}
        lines.append(scores | comparison.paired(*pair, groups) | p)
    return comparison.corrected(lines)


def _lines(task: str, names: Sequence[str]) -> Iterator[Line]:
    files = [file(task, name) for name in names]
    return (line for one in files if one.exists() for line in published.read(one))


def _right(line: Line) -> tuple[bool, ...]:
    return tuple(mark == "1" for mark in line["right"])


def _swept(task: str, decode: str) -> Iterator[tuple[str, Point]]:
    for line in _lines(task, SWEEPS):
        if name := _name(line, decode):
            yield name, _point(line["values"]["data.rows"], line)


def _name(line: Line, decode: str) -> str:
    """Return what a score's line is called; empty where it answers in another way."""
    if "training" not in line:
        return COUNTERS.get(line["engine"], "")
    base = Path(line["training"]["base"]).name
    return f"{base}, {decode}" if line["values"]["score.decode"] == decode else ""


def _on_the_scoreboard(task: str, decode: str) -> Iterator[tuple[str, Point]]:
    rows = len(tasks.get(task).load("train"))
    for one in runs.committed():
        settings = one["settings"]
        if one["task"] != task or settings.get("decode", decode) != decode:
            continue
        name = COUNTERS.get(one["engine"], "")
        if one["engine"] == "torch" and settings.get("training"):
            name = f"{Path(settings['base']).name}, {decode}"
        if name:
            yield name, _point(rows, one)


def _point(rows: int, score: Line) -> Point:
    return {"x": rows, "score": score["exact"], "ci": score["exact_ci"]}
