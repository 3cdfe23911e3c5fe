"""Model selection: a mixing weight and a way to decode, chosen on validation rows alone.

Whatever is compared gets the same choices, on the same rows: a model that was tuned, and its base.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from helpers import scoring
from helpers.engines.decoding import rescoring
from helpers.scoring import Scored
from helpers.tasks import splits
from helpers.tasks.base import Task
from helpers.tasks.splits import Rows

if TYPE_CHECKING:
    from helpers.engines.causal import Causal

EVAL_ROWS = 300  # validation rows that choose, where nobody names a number


def choose_mix(
    task: Task, engine: Causal, rows: Rows, count: int | None = EVAL_ROWS
) -> tuple[float, dict[float, float]]:
    """Choose a model's weight on `count` validation rows; return it, and the share exact at each.

    What lists their candidates is fitted on the rows trained on: it has seen none of them.
    """
    some = splits.sample(rows.choosing, count)
    chooser = replace(engine, task=task.fitted_on(rows.train), decode="rescore")
    return rescoring.choose_mix(task, chooser.scored(some), some)


def answer_validation(
    task: Task,
    engine: Causal,
    decodes: Sequence[str],
    rows: Rows,
    count: int | None = EVAL_ROWS,
) -> dict[str, Scored]:
    """Answer `count` validation rows in each way to decode."""
    some = splits.sample(rows.choosing, count)
    made = replace(engine, task=task.fitted_on(rows.train))
    return {
        decode: scoring.score(task, replace(made, decode=decode), some, rows.choose_on)
        for decode in decodes
    }


def best_decode(answered: Mapping[str, Scored]) -> str:
    """Return the way to decode that is exact most often; of equals the one named first."""
    return max(answered, key=lambda decode: answered[decode].record["exact"])
