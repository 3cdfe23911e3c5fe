"""A run of fine-tuning with LoRA, from rows to an adapter chosen by its answers.

Whatever framework trains: rows, prompts, masks, order, exams, checkpoints, the choice of the best
and the record are these. Killed or paused, and called again, a run goes on to the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import profiles
from helpers.core import runs
from helpers.finetune import checkpoints, curves, masks, record
from helpers.finetune.evaluator import Material, Report, Watch
from helpers.finetune.pausing import Allowance, opening, pause
from helpers.finetune.torch import models
from helpers.finetune.torch.generation import Generator
from helpers.profiles import Profile
from helpers.profiles.profile import ENGINES
from helpers.tasks import splits as ordering
from helpers.tasks.base import Task, shared_system

EVALUATIONS = 10  # in a run of full length
ASKED = 200  # choosing rows whose generated answers are graded
PATIENCE = 4  # evaluations without a better score
SLACK = 8  # tokens an answer may be longer than the longest in training


@dataclass(frozen=True)
class Trainer:
    """What a framework does: it loads, trains and answers; all else is common."""

    engines: tuple[str, ...]  # of a profile, which it trains
    ready: Callable[[str], None]  # import what an engine needs
    load: Callable[[Profile, int], Any]  # a base with a new adapter, drawn from a seed
    count: Callable[[Any], dict[str, int]]  # its trainable and total weights
    train: Callable[[Any, Watch, int, Path | None], None]  # from a checkpoint, if there is one
    greedy: Callable[[int], Generator]  # answers of at most so many tokens
    memory: Callable[[], dict[str, int | None]]  # the most it held, for the record
    release: Callable[[], None]  # give memory back


def finetune(
    trainer: Trainer,
    task: Task,
    profile: str | Profile = "",
    *,
    choose_on: str = "valid",
    rows: int | None = None,
    completion_only: bool = True,
    seed: int = 0,
    every: int | None = None,
    patience: int = PATIENCE,
    asked: int | None = ASKED,
    away: str | Path | None = None,
    generate: Generator | None = None,
    report: Report = print,
    fresh: bool = False,
    minutes: float = 0,
    size: str = "",
    **changes: Any,
) -> Path:
    """Train an adapter and return the folder of its run; a finished run is returned at once.

    `profile` is a profile, its name, or empty for this machine's; `changes` replace parts of it
    (`steps`, `rank`, `learning_rate`, …) and `size` names a tiny base. `rows` trains on fewer.
    Learned are the answers, or with `completion_only=False` the prompts too; the training loss is
    of what is learned, the validation loss always of the answers, so that it compares.
    Every `every` steps `asked` choosing rows are answered, and `patience` such times without a
    better score end the run. Finished checkpoints are copied to the folder `away`, and fetched
    from there if there are none here. `fresh` forgets an earlier run with the same settings.
    After `minutes` of this call (0: no limit) the next evaluation is the last, once its
    checkpoint is kept and copied; the same call again goes on.

    Raises `UnsuitableBase`, `MaskError` or `DataError` before anything is trained, and `Paused`
    when the minutes are used and the run is not finished.
    """
    allowance = Allowance(minutes)
    chosen = resolve(profile, task, size, trainer.engines, **changes)
    trainer.ready(chosen.engine)
    tokenizer = models.load_tokenizer(chosen.base)
    material = prepare(task, chosen, tokenizer, choose_on, rows, asked, seed, completion_only)
    every = every or max(1, chosen.steps // EVALUATIONS)
    config = record.configuration(chosen, material, choose_on, seed, every, patience, generate)
    run = runs.run_folder(f"finetune-{task.name}", **config)
    away = Path(away).expanduser() if away else None
    with runs.only_one(run):
        if fresh:
            checkpoints.forget(run, away)
        if away and checkpoints.restore(run, away):
            report(f"fetched {run.name} from {away}")
        if (run / checkpoints.RECORD).exists():
            report(f"finished before, as {run.name}; its exams were:")
            retell(run, chosen.steps, report)
        else:
            generate = generate or trainer.greedy(material.longest + SLACK)
            watch = Watch(
                run, chosen, material, tokenizer, generate, every, patience, away, report,
                allowance,
            )  # fmt: skip
            weights = train(trainer, watch, seed)
            points = curves.read(run)
            if not ended(points, watch):
                raise pause(points, chosen.steps, allowance.used, fresh)
            # told, but in no run's name: train_content has the labels themselves
            told = record.origin(chosen.base) | {"completion_only": completion_only}
            told["system"] = material.system  # a line of `predict` is asked with it
            if choose_on == "fold":  # a mix is chosen on these rows, too
                told["held_out"] = [row.id for row in material.choosing]
            runs.write(run, config | told | weights | record.outcome(run) | trainer.memory())
        checkpoints.clear(run)
        if away:
            checkpoints.copy_out(run, away, report)
    return run


def retell(run: Path, steps: int, report: Report) -> None:
    """Report the exams of a finished run as they were reported while it trained."""
    points = curves.read(run)
    for number, point in enumerate(points, 1):
        better = curves.best(points[:number]) == point
        report(curves.line(point, steps, better))


def resolve(
    profile: str | Profile,
    task: Task,
    size: str = "",
    engines: Sequence[str] = ENGINES,
    **changes: Any,
) -> Profile:
    """Return the profile meant, with changes; raises `ValueError` if it is of other `engines`."""
    if isinstance(profile, Profile):
        found = profile
    else:
        found = profiles.get(profile, task.name) if profile else profiles.detect(task.name).profile
    found = profiles.changed(found, size, **changes)
    if found.engine not in engines:
        wanted = " or ".join(repr(engine) for engine in engines)
        where = "with_mlx" if found.engine == "mlx" else "with_torch"
        raise ValueError(
            f"profile {found.name!r} trains with {found.engine} (helpers.finetune.{where}); here "
            f"choose another profile, or engine={wanted}"
        )
    return found


def prepare(
    task: Task,
    profile: Profile,
    tokenizer: Any,
    choose_on: str = "valid",
    rows: int | None = None,
    asked: int | None = ASKED,
    seed: int = 0,
    completion_only: bool = True,
) -> Material:
    """Return the rows of a run as tokens, every one checked; raises `DataError`, `MaskError`.

    The choosing rows keep their prompts masked even where those are learned.
    """
    chosen = ordering.choose_rows(task, choose_on, rows)
    train = masks.encode_all(tokenizer, task, chosen.train, profile.max_length)
    choosing = masks.encode_all(tokenizer, task, chosen.choosing, profile.max_length)
    longest = max(len(row.learned) for row in train)
    if not completion_only:
        train = [masks.unmasked(row) for row in train]
    lengths = [len(row.input_ids) for row in train]
    batches = profile.steps * profile.accumulate
    return Material(
        task=task,
        train=train,
        order=ordering.order(lengths, profile.batch, batches, seed),
        choosing=choosing,
        asked=ordering.sample(chosen.choosing, asked),
        longest=longest,
        system=shared_system(task, chosen.train),
    )


def train(trainer: Trainer, watch: Watch, seed: int) -> dict[str, int]:
    """Train from the newest whole checkpoint, or from the start, to the end, a stall or a pause.

    Returns the counts of weights.
    """
    checkpoint = checkpoints.resume(watch.run)
    points = curves.read(watch.run)
    model = trainer.load(watch.profile, seed)
    weights = trainer.count(model)
    if not points or not ended(points, watch):
        if said := opening(points, watch.profile.steps, watch.allowance.minutes):
            watch.report(said)
        trainer.train(model, watch, seed, checkpoint)
        points = curves.read(watch.run)
    checkpoints.take_adapter(watch.run, curves.best(points).step)
    del model
    trainer.release()
    return weights


def ended(points: Sequence[curves.Point], watch: Watch) -> bool:
    """Return whether a log tells of a run that has trained to its end."""
    return points[-1].step >= watch.profile.steps or curves.stalled(points, watch.patience)
