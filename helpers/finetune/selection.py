"""Model selection: a mixing weight and a way to decode, chosen on validation rows alone.

Whatever is compared gets the same choices, on the same rows: a model that was tuned, and its base.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import scoring
from helpers.core.examples import Example
from helpers.engines.base import Engine
from helpers.engines.decoding import rescoring
from helpers.engines.repair import Repaired
from helpers.models import folders
from helpers.scoring import Scored
from helpers.tasks import splits
from helpers.tasks.base import Task
from helpers.tasks.splits import Rows

if TYPE_CHECKING:
    from helpers.engines.causal import Causal

EVAL_ROWS = 300  # validation rows that choose, where nobody names a number
SAMPLE = 150  # of them, for a base that is not tiny: each exam would take minutes


def exam_rows(base: str | Path) -> int:
    """Return how many validation rows an exam grades, and a weight is chosen on.

    >>> exam_rows("tiny-2m"), exam_rows("smollm2-135m")
    (300, 150)
    """
    return EVAL_ROWS if folders.is_tiny(base) else SAMPLE


def choose_mix(
    task: Task, engine: Causal, rows: Rows, count: int | None = EVAL_ROWS
) -> tuple[float, dict[float, float]]:
    """Choose a model's weight on `count` validation rows; return it, and the share exact at each.

    What lists their candidates is fitted on the rows trained on: it has seen none of them.
    """
    some = splits.sample(rows.validation, count)
    chooser = replace(engine, task=task.fitted_on(rows.train), decode="rescore")
    return rescoring.choose_mix(task, chooser.scored(some), some)


def ways(engine: Causal, decodes: Sequence[str], mix: float = 1.0) -> dict[str, Engine]:
    """Return an engine for each way to decode, by name; free also with the task's repairs."""
    found: dict[str, Engine] = {"free + repair": Repaired(engine, engine.task)}
    return found | {decode: replace(engine, decode=decode, mix=mix) for decode in decodes}


def answer_validation(
    task: Task, engine: Causal, decodes: Sequence[str], mix: float, rows: Rows, count: int | None
) -> dict[str, Scored]:
    """Answer `count` validation rows in all `ways`.

    What lists candidates is fitted on the rows trained on: it has seen none of them.
    """
    some = splits.sample(rows.validation, count)
    unseen = replace(engine, task=task.fitted_on(rows.train))
    return {
        name: scoring.score(task, one, some, rows.choose_on)
        for name, one in ways(unseen, decodes, mix).items()
    }


def best(answered: Mapping[str, Scored]) -> str:
    """Return the name of what is exact most often; of equals the one named first."""
    return max(answered, key=lambda name: answered[name].record["exact"])


def decodings(task: Task, example: Example) -> list[str]:
    """Return the ways a model can be asked; candidates cannot be listed for every job."""
    rescore = [] if task.candidates(example, 1) is None else ["rescore"]
    return ["free", "grammar", *rescore]


def ship(
    task: Task, engine: Causal, rows: Rows, count: int | None = EVAL_ROWS, way: str = ""
) -> tuple[Engine, str]:
    """Return an engine as validation rows would ship it, and the way it decodes.

    Their weight is chosen where it rescores; and the way, of `ways`, unless it is named. Raises
    `ValueError` for another name.
    """
    decodes, mix = decodings(engine.task, rows.validation[0]), 1.0
    known = list(ways(engine, decodes))
    if way and way not in known:
        raise ValueError(f"there is no way {way!r} to decode; choose one of {', '.join(known)}")
    if "rescore" in decodes and way in ("", "rescore"):
        mix, _ = choose_mix(task, engine, rows, count)
    way = way or best(answer_validation(task, engine, decodes, mix, rows, count))
    return ways(engine, decodes, mix)[way], way
