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

    `count` is how many of them; without it as many as the run's exams graded. The run is held for
    so long: nothing trains it meanwhile. Raises `EngineError` for a folder that is no finished run,
    or an engine that loads none, and `DataError` for other rows than the run was trained on.
    """
    if engines.spec_of(engine).reads != "folder":
        raise EngineError(f"engine {engine!r} loads no run's folder; choose torch or mlx")
    if not run.is_dir() or "curve" not in runs.read(run):
        raise EngineError(f"{run}: is no finished run; name a folder of runs/ that training wrote")
    with runs.only_one(run):
        told = runs.read(run)
        chosen, shown = _choice(run, told, data_dir, engine, count, progress)
        runs.write(run, told | chosen)
    return chosen | {"valid": shown}


def _choice(
    run: Path,
    told: Mapping[str, Any],
    data_dir: Path | None,
    engine: str,
    count: int | None,
    progress: Progress,
) -> tuple[dict[str, Any], dict[str, float]]:
    """Return what a run's record is to say, and the share exact of every way."""
    task = tasks.get(told["task"], data_dir, told["variant"])
    rows = splits.choose_rows(task, told["choose_on"], told["rows"] or None)
    _check_trained_on(rows, told, task)
    fitted = task.fitted_on(rows.train)
    tuned = engines.create(engine, fitted, progress, run, repair=False)
    decodes, mix, chosen = selection.decodings(fitted, rows.validation[0]), 1.0, {}
    count = count or told["eval_rows"] or None
    if "rescore" in decodes:
        mix, shares = selection.choose_mix(task, tuned, rows, count)
        chosen = {"mix": mix, "mix_shares": shares}
    valid = selection.answer_validation(task, tuned, decodes, mix, rows, count)
    shown = {way: one.record["exact"] for way, one in valid.items()}
    return chosen | {"decode": selection.best(valid)}, shown


def _check_trained_on(rows: Rows, told: Mapping[str, Any], task: Task) -> None:
    """Raise `DataError` for other rows than a run's, by what its base reads of them."""
    tokenizer = loading.load_tokenizer(told["base"])
    for name, part in (("train", rows.train), ("validation", rows.validation)):
        read = masks.encode_all(tokenizer, task, part, told["max_length"])
        if name == "train" and not told["completion_only_loss"]:
            read = [masks.unmasked(row) for row in read]
        if record.content_of(read) != told[f"{name}_content"]:
            raise DataError(
                f"{task.data_dir}: its {name} rows are not those of {told['run']}; name the folder "
                "it was trained on with --data-dir"
            )
