"""A run of fine-tuning with LoRA, from rows to an adapter chosen by its answers.

Whatever framework trains: rows, prompts, masks, order, evaluations, checkpoints, the choice of the
best and the record are these. Killed or paused, and called again, a run goes on to the same result.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from helpers import profiles, scoring
from helpers.core import runs
from helpers.finetune import backends, checkpoints, curves, masks, record
from helpers.finetune.backends import Backend
from helpers.finetune.config import FinetuneConfig
from helpers.finetune.evaluator import Evaluator, Material, Report
from helpers.finetune.pausing import Allowance, opening, pause
from helpers.models import loading
from helpers.profiles import Profile
from helpers.scoring import Scored
from helpers.tasks import splits
from helpers.tasks.base import Task, shared_system

SLACK = 8  # tokens an answer may be longer than the longest in training


def finetune(
    task: Task,
    profile: str | Profile = "",
    config: FinetuneConfig | None = None,
    report: Report = print,
) -> Path:
    """Train an adapter and return the folder of its run; a finished run is returned at once.

    `profile` is a profile, its name, or empty for this machine's. The training loss is of what is
    learned, the validation loss always of the answers, so that it compares. Finished checkpoints
    are copied to the config's `backup_dir`, and fetched from there if there are none here. When
    its `minutes` are used the next evaluation is the last, once its checkpoint is kept and copied;
    the same call again goes on.

    Raises `UnsuitableBase`, `MaskError` or `DataError` before anything is trained, and `Paused`
    when the minutes are used and the run is not finished.
    """
    config = config or FinetuneConfig()
    allowance = Allowance(config.minutes)
    profile = profiles.resolve(profile, task.name)
    backend = backends.get(profile)
    backend.ready(profile)
    tokenizer = loading.load_tokenizer(profile.base)
    material = prepare(task, profile, tokenizer, config)
    named = record.configuration(profile, material, config)
    run = runs.run_folder(f"finetune-{task.name}", **named)
    with runs.only_one(run):
        if config.fresh:
            checkpoints.forget(run, config.backup)
        if config.backup and checkpoints.restore(run, config.backup):
            report(f"fetched {run.name} from {config.backup}")
        if (run / checkpoints.RECORD).exists():
            report(f"finished before, as {run.name}; its evaluations were:")
            retell(run, profile.steps, report)
        else:
            examine = partial(examination, backend, profile, tokenizer, material)
            evaluator = Evaluator(
                run, profile, config, material, tokenizer, examine, report, allowance
            )
            weights = train(backend, evaluator)
            points = curves.read(run)
            if not evaluator.ended(points):
                raise pause(points, profile.steps, allowance.used, config.fresh)
            found = record.origin(profile.base) | record.held_out(config, material) | weights
            found["system"] = material.system  # a line of `predict` is asked with it
            runs.write(run, named | found | record.outcome(run) | backend.memory())
        checkpoints.clear(run)
        if config.backup:
            checkpoints.copy_out(run, config.backup, report)
    return run


def retell(run: Path, steps: int, report: Report) -> None:
    """Report the evaluations of a finished run as they were reported while it trained."""
    points = curves.read(run)
    for number, point in enumerate(points, 1):
        better = curves.best(points[:number]) == point
        report(curves.line(point, steps, better))


def prepare(task: Task, profile: Profile, tokenizer: Any, config: FinetuneConfig) -> Material:
    """Return the rows of a run as tokens, every one checked; raises `DataError`, `MaskError`.

    The validation rows keep their prompts masked even where those are learned.
    """
    rows = splits.choose_rows(task, config.choose_on, config.rows or None)
    train = masks.encode_all(tokenizer, task, rows.train, profile.max_length)
    validation = masks.encode_all(tokenizer, task, rows.validation, profile.max_length)
    longest = max(len(row.learned) for row in train)
    measured = {row.id for row in splits.sample(rows.validation, config.loss_rows or None)}
    if not config.completion_only_loss:
        train = [masks.unmasked(row) for row in train]
    lengths = [len(row.input_ids) for row in train]
    batches = profile.steps * profile.gradient_accumulation_steps
    return Material(
        task=task,
        train=train,
        order=splits.order(lengths, profile.batch, batches, config.seed),
        validation=validation,
        loss_rows=[row for row in validation if row.id in measured],
        eval_rows=splits.sample(rows.validation, config.eval_rows or None),
        longest=longest,
        system=shared_system(task, rows.train),
    )


def examination(
    backend: Backend, profile: Profile, tokenizer: Any, material: Material, model: Any
) -> tuple[float, Scored]:
    """Return the loss of a model in training on validation rows, and its answers, graded."""
    with backend.answering(model, tokenizer, profile):
        loss = backend.mean_loss(model, tokenizer, material.loss_rows)
        engine = backend.engine(model, tokenizer, material.task, material.longest + SLACK)
        return loss, scoring.examine(material.task, engine, material.eval_rows)


def train(backend: Backend, evaluator: Evaluator) -> dict[str, int]:
    """Train from the newest whole checkpoint, or from the start, to the end, a stall or a pause.

    Returns the counts of weights.
    """
    run, profile = evaluator.run, evaluator.profile
    checkpoint = checkpoints.resume(run)
    points = curves.read(run)
    model = backend.load(profile, evaluator.config.seed)
    weights = backend.count(model)
    if not evaluator.ended(points):
        if line := opening(points, profile.steps, evaluator.config.minutes):
            evaluator.report(line)
        backend.train(model, evaluator, checkpoint)
        points = curves.read(run)
    checkpoints.take_adapter(run, curves.best(points).step)
    del model
    backend.release()
    return weights
