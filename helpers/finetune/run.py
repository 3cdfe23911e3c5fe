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
from helpers.finetune import backends, masks, ranks, record
from helpers.finetune.backends import Backend
from helpers.finetune.config import FinetuneConfig
from helpers.finetune.evaluator import Evaluator, Material, Report
from helpers.finetune.session import Session
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

    Notebooks 04 and 05 do the same with the library's calls in the open.

    Started by `torchrun` or `accelerate launch`, several processes share each batch.

    Raises `UnsuitableBase`, `MaskError` or `DataError` before anything is trained, and `Paused`
    when the config's minutes are used and the run is not finished; the same call again goes on.
    """
    session = begin(task, profile, config, report)
    backend, evaluator = session.backend, session.evaluator
    with session.hold():
        if session.finished:
            return session.run
        model = backend.load(evaluator.profile, evaluator.config.seed)
        if not session.ended:
            backend.train(model, evaluator, session.checkpoint)
        session.finish(model)
    del model
    backend.release()
    return session.run


def begin(
    task: Task,
    profile: str | Profile = "",
    config: FinetuneConfig | None = None,
    report: Report = print,
) -> Session:
    """Return a run that is ready to train, its rows checked; nothing is loaded or changed yet.

    `profile` is a profile, its name, or empty for this machine's. The training loss is of what is
    learned, the validation loss always of the answers, so that it compares. Raises
    `UnsuitableBase`, `MaskError` or `DataError`.
    """
    config = config or FinetuneConfig()
    profile = profiles.resolve(profile, task.name)
    backend = backends.get(profile)
    backend.ready(profile)
    tokenizer = loading.load_tokenizer(profile.base)
    material = prepare(task, profile, tokenizer, config)
    settings = record.configuration(profile, material, config)
    run = runs.run_folder(f"finetune-{task.name}", **settings)
    said = report if ranks.first() else _silent
    examine = partial(examination, backend, profile, tokenizer, material)
    return Session(
        Evaluator(run, profile, config, material, tokenizer, examine, said), backend, settings
    )


def _silent(line: str) -> None:
    """Report nothing: another process does."""


def prepare(task: Task, profile: Profile, tokenizer: Any, config: FinetuneConfig) -> Material:
    """Return the rows of a run as tokens, every one checked; raises `DataError`, `MaskError`.

    The validation rows keep their prompts masked even where those are learned.
    """
    rows = splits.choose_rows(task, config.choose_on, config.rows or None)
    train = masks.encode_all(tokenizer, task, rows.train, profile.max_length)
    validation = masks.encode_all(tokenizer, task, rows.validation, profile.max_length)
    longest = max(len(row.learned) for row in train)
    losses = config.loss_sample(profile.base)
    measured = {row.id for row in splits.sample(rows.validation, losses or None)}
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
