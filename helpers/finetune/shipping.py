"""A finished run's weight in rescoring and its best way to decode, kept in the run's record.

Notebook 04 chooses both in sight of the reader; this does the same for a run that no page trained.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers import engines, tasks
from helpers.core import runs
from helpers.core.examples import DataError, EngineError
from helpers.finetune import masks, record, selection
from helpers.models import loading
from helpers.tasks import splits
from helpers.tasks.base import Progress, Task
from helpers.tasks.splits import Rows


def choose(
    run: Path,
    data_dir: Path | None = None,
    engine: str = "torch",
    count: int | None = None,
    progress: Progress = iter,
) -> dict[str, Any]:
    """Let a run's validation rows choose how it ships; keep and return the choice.

    `count` is how many of them; without it as many as the run's exams graded. Raises `EngineError`
    for a folder that is no finished run, and `DataError` for other rows than it was trained on.
    """
    told = runs.read(run)
    if "curve" not in told:
        raise EngineError(f"{run}: is no finished run; name a folder of runs/ that training wrote")
    task = tasks.get(told["task"], data_dir, told["variant"])
    rows = splits.choose_rows(task, told["choose_on"], told["rows"] or None)
    _check_trained_on(rows, told, task)
    fitted = task.fitted_on(rows.train)
    tuned = engines.create(engine, fitted, progress, run, repair=False)
    decodes, mix, chosen = selection.decodings(fitted, rows.validation[0]), 1.0, {}
    count = count or told["eval_rows"]
    if "rescore" in decodes:
        mix, shares = selection.choose_mix(task, tuned, rows, count)
        chosen = {"mix": mix, "mix_shares": shares}
    valid = selection.answer_validation(task, tuned, decodes, mix, rows, count)
    chosen |= {"decode": selection.best(valid)}
    runs.write(run, told | chosen)
    return chosen | {"valid": {way: one.record["exact"] for way, one in valid.items()}}


def _check_trained_on(rows: Rows, told: Mapping[str, Any], task: Task) -> None:
    """Raise `DataError` for other rows than a run's, by what its base reads of them."""
    tokenizer = loading.load_tokenizer(told["base"])
    for name, part in (("train", rows.train), ("validation", rows.validation)):
        read = masks.encode_all(tokenizer, task, part, told["max_length"])
        if record.content_of(read) != told[f"{name}_content"]:
            raise DataError(
                f"{task.data_dir}: its {name} rows are not those of {told['run']}; name the folder "
                "it was trained on with --data-dir"
            )
