"""What a pipeline does with rows whose answers are known: route by route, and how silent it errs.

An answer that is wrong and typed is *silently* wrong: nobody was asked. Risk is the share of those
among the rows that were answered, coverage the share of rows that were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from helpers.core.examples import Example
from helpers.engines.base import Engine
from helpers.evaluation import comparison, coverage
from helpers.evaluation.grading import Grade
from helpers.pipeline import loading, settings, ways
from helpers.pipeline.drafts import Dictations
from helpers.pipeline.gate import TALK
from helpers.pipeline.loading import Material
from helpers.pipeline.outcome import ASK, TYPE, Outcome
from helpers.pipeline.run import Pipeline
from helpers.pipeline.settings import Settings
from helpers.tasks.base import Task

ANSWERED = 0.9  # the share of rows at which silent errors are told
Progress = Callable[[str], Callable[[Iterable], Iterable]]


@dataclass(frozen=True)
class Measured:
    """Rows, what a pipeline did about them, and how right its best answers were."""

    rows: Sequence[Example]
    outcomes: Sequence[Outcome]
    grades: Sequence[Grade]

    @property
    def right(self) -> list[bool]:
        """Whether each best answer is exact."""
        return [grade.exact for grade in self.grades]


def measure(made: Pipeline, rows: Sequence[Example]) -> Measured:
    """Answer rows, and grade the best answers."""
    outcomes = made.answer(rows)
    return Measured(rows, outcomes, made.task.grade([one.text for one in outcomes], rows))


def by_route(found: Measured, key: Callable[[Example, Outcome], str] | None = None) -> list[dict]:
    """Return a row a route: how many rows go there, how often it is right, asks, and errs silently.

    `key` groups otherwise, by the kind of speech that a row says it is, for one.
    """
    key = key or (lambda row, outcome: _route(outcome))
    keys = [key(row, one) for row, one in zip(found.rows, found.outcomes, strict=True)]
    return [_share(name, found, [k == name for k in keys]) for name in dict.fromkeys(sorted(keys))]


def _route(outcome: Outcome) -> str:
    kind = outcome.details.get("kind", "")
    return f"{outcome.route}, {kind}" if kind == TALK else outcome.route


def _share(name: str, found: Measured, member: Sequence[bool]) -> dict[str, Any]:
    pairs = zip(found.outcomes, found.right, member, strict=True)
    own = [(one, right) for one, right, is_in in pairs if is_in]
    n = len(own)
    return {
        "route": name,
        "rows": n,
        "share": round(n / len(member), 4),
        "exact": round(sum(right for _, right in own) / n, 4),
        "asked": round(sum(one.action == ASK for one, _ in own) / n, 4),
        "silently wrong": round(sum(is_silent(*pair) for pair in own) / n, 4),
        "milliseconds": round(1000 * median(one.seconds for one, _ in own), 1),
    }


def is_silent(outcome: Outcome, right: bool) -> bool:
    """Whether something wrong was typed without a question."""
    return outcome.action == TYPE and not right


def risk(found: Measured) -> dict[str, float]:
    """Return the share of silent errors where all rows are answered, where 90 % are, and as set.

    What is answered at 90 % are the rows of which the pipeline is surest. Silence about a command
    is no silent error: whoever spoke sees that nothing came. Whoever knew all errors would leave
    out nothing else: no confidence does better at 90 % than that.
    """
    sure = [one.confidence for one in found.outcomes]
    loud = [right or not one.text for one, right in zip(found.outcomes, found.right, strict=True)]
    curve = coverage.curve(sure, loud)
    surest = np.argsort([-share for share in sure], kind="stable")
    kept = surest[: round(ANSWERED * len(sure))]
    typed = [is_silent(*pair) for pair in zip(found.outcomes, found.right, strict=True)]
    left_over = max(0, len(kept) - sum(loud))
    return {
        "silently wrong at 100 %": round(1 - sum(loud) / len(loud), 4),
        "silently wrong at 90 %": round(1 - sum(loud[n] for n in kept) / len(kept), 4),
        "the least possible at 90 %": round(left_over / len(kept), 4),
        "area under risk and coverage": round(curve.area, 4),
        "asked": round(sum(one.action == ASK for one in found.outcomes) / len(sure), 4),
        "silently wrong as set": round(sum(typed) / len(typed), 4),
    }


def calibration(found: Measured, bins: int = 10) -> list[dict[str, float]]:
    """Return, for bins of confidence, how sure the answers were and how many were right."""
    sure = np.array([one.confidence for one in found.outcomes])
    place = np.minimum((sure * bins).astype(int), bins - 1)
    right = np.array(found.right)
    return [
        {"confidence": round(float(sure[place == n].mean()), 4),
         "exact": round(float(right[place == n].mean()), 4), "rows": int((place == n).sum())}
        for n in range(bins) if (place == n).any()
    ]  # fmt: skip


def compare(path: Path, rows: Sequence[Example], progress: Progress) -> dict[str, Any]:
    """Return what a pipeline's routes are worth: beside always, and never, asking its model.

    All ways answer the same rows; each is compared with the pipeline in pairs, p-values corrected
    for their number.
    """
    known = settings.read(path)
    material = loading.material(known, path.parent)
    made = loading.fitted(known, material)
    found = measure(made, rows)
    figures: dict[str, Any] = {"task": known.task, "rows": len(rows), "routes": by_route(found)}
    figures |= {"risk": risk(found), "calibration": calibration(found)}
    if material.model is None:
        return figures | {"exact": {"pipeline": round(sum(found.right) / len(rows), 4)}}
    grades = {"pipeline": found.grades}
    grades["never the model"] = measure(without_model(made), rows).grades
    engine = always(known, material, made)
    texts = [one.text for one in progress("always the model")(_answers(engine, rows))]
    grades["always the model"] = made.task.grade(texts, rows)
    return figures | against(made.task, rows, grades)


def _answers(engine: Engine, rows: Sequence[Example]) -> Iterable[Any]:
    for at in range(0, len(rows), engine.batch_size):
        yield from engine.answer(rows[at : at + engine.batch_size])


def without_model(made: Pipeline) -> Pipeline:
    """Return the pipeline that leaves its model out."""
    changes = {"ways": {}} if isinstance(made.drafter, Dictations) else {"model": None}
    return replace(made, drafter=replace(made.drafter, **changes))


def always(known: Settings, material: Material, made: Pipeline) -> Engine:
    """Return the model alone, asked as it is of talk, where a lattice reaches least."""
    place, usual = (TALK, ways.COPY) if made.task.domain is not None else (ways.ANY, ways.FREE)
    open_to = loading.ways_of(made.drafter, known, material)[place]
    return open_to[known.model.ways.get(place) or usual]


def against(
    task: Task, rows: Sequence[Example], grades: Mapping[str, Sequence[Grade]]
) -> dict[str, Any]:
    """Return how often each way is exact, and each against the first, in pairs."""
    groups = [row.group for row in rows]
    first, *rest = grades
    compared = comparison.corrected(
        [comparison.compare(grades[first], grades[name], groups) for name in rest]
    )
    shares = {name: sum(g.exact for g in one) / len(rows) for name, one in grades.items()}
    return {
        "exact": {name: round(share, 4) for name, share in shares.items()},
        "against": dict(zip(rest, compared, strict=True)),
    }
