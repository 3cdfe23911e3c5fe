"""Fine-tune with mlx-lm: its LoRA layers and its training loop, called a segment at a time.

Between two segments is what mlx-lm lacks: a loss on all validation rows that compares with
torch's, generated answers graded by the task, checkpoints that hold the optimizer, and the choice
of the best. `finetune` is one call from a notebook; killed or paused, and called again, it goes
on to the same result.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from helpers.core.examples import Example
from helpers.engines.mlx import blas, lora, saving
from helpers.engines.mlx.loading import MlxLoaded, load_model
from helpers.finetune import checkpoints, run
from helpers.finetune.evaluator import Watch
from helpers.finetune.mlx import training
from helpers.finetune.pausing import Paused
from helpers.finetune.run import Trainer, retell
from helpers.finetune.torch.generation import Generator
from helpers.models.folders import resolve as place
from helpers.profiles import Profile
from helpers.tasks.base import Task

__all__ = ["ENGINES", "Paused", "finetune", "ready", "resolve", "retell"]

ENGINES = ("mlx",)
STATE = "optimizer.safetensors"
DTYPES = {"fp32": "float32", "fp16": "float16", "bf16": "bfloat16"}


def finetune(task: Task, profile: str | Profile = "", **options: Any) -> Path:
    """Train an adapter with MLX and return the folder of its run.

    The options, what is raised and what a run is are those of `run.finetune`.
    """
    return run.finetune(TRAINER, task, profile, **options)


resolve = partial(run.resolve, engines=ENGINES)


def greedy(limit: int, batch: int = 64) -> Generator:
    """Return the plain generator: the MLX engine's own, free, its answers not repaired."""

    def generate(model: Any, tokenizer: Any, task: Task, examples: Sequence[Example]) -> list[str]:
        from helpers.engines.mlx.engine import Mlx

        loaded = MlxLoaded(model, tokenizer)
        engine = Mlx(task, loaded, max_new_tokens=limit, at_once=batch)
        return [prediction.text for prediction in engine.answer(examples)]

    return generate


def load(profile: Profile, seed: int) -> Any:
    """Load the base in the profile's precision, frozen, with new LoRA layers on it."""
    import mlx.core as mx

    model = load_model(place(profile.base).folder, DTYPES[profile.precision])
    mx.random.seed(seed)
    keys = [
        name
        for name, _ in model.named_modules()
        if ".layers." in f".{name}" and name.rpartition(".")[2] in profile.modules
    ]
    scale = profile.alpha / profile.rank
    lora.put_on(model, lora.configuration(profile.rank, scale, profile.dropout, keys))
    return model


def count(model: Any) -> dict[str, int]:
    """Return how many weights are trained, and how many there are with the base's."""
    from mlx.utils import tree_flatten
    from mlx_lm.utils import get_total_parameters

    trained = sum(weight.size for _, weight in tree_flatten(model.trainable_parameters()))
    return {"trainable_weights": trained, "total_weights": get_total_parameters(model) + trained}


def train(model: Any, watch: Watch, seed: int, checkpoint: Path | None) -> None:
    """Train segment by segment, an evaluation after each, to the end, a stall or a pause."""
    import mlx.core as mx

    profile = watch.profile
    optimizer = training.optimizer(profile)
    optimizer.init(model.trainable_parameters())
    step = restore(checkpoint, model, optimizer) if checkpoint else 0
    mx.reset_peak_memory()
    watch.begin(step)
    over = False
    while not over and step < profile.steps:
        until = min(profile.steps, (step // watch.every + 1) * watch.every)
        mx.random.seed((seed << 32) + step)  # dropout after a resume is what it would have been
        loss = segment(model, optimizer, watch, step, until, began=step == watch.first)
        step = until
        rate = optimizer.learning_rate.item()
        over = watch.evaluate(step, loss, rate, partial(examine, watch), model)
        save(checkpoints.folder_of(watch.run, step), model, optimizer, profile)
        over |= watch.keep(step)
    watch.close()


def segment(
    model: Any, optimizer: Any, watch: Watch, first: int, until: int, began: bool
) -> float:
    """Let mlx-lm's own loop train some steps on our rows; return the mean loss of a token.

    `began` says that it is this process's first: what mlx-lm changes for good, it changes then.
    """
    from mlx_lm.tuner import trainer
    from mlx_lm.tuner.callbacks import TrainingCallback

    told: list[float] = []

    class Losses(TrainingCallback):
        def on_train_loss_report(self, info: dict[str, Any]) -> None:
            told.append(info["train_loss"])

    profile = watch.profile
    count = (until - first) * profile.accumulate
    with quiet():
        trainer.train(
            model,
            optimizer,
            train_dataset=training.batches(watch.material, profile, first, until),
            args=trainer.TrainingArgs(
                batch_size=profile.batch,
                iters=count,
                steps_per_report=count,
                steps_per_save=count + 1,  # checkpoints are ours: they hold the optimizer too
                adapter_file=str(watch.run / ".segment.safetensors"),
                grad_checkpoint=profile.checkpointing and began,
                grad_accumulation_steps=profile.accumulate,
            ),
            loss=training.loss,
            iterate_batches=training.counted(watch.bar, profile.accumulate),
            training_callback=Losses(),
        )
    (watch.run / ".segment.safetensors").unlink()
    return told[-1]


@contextmanager
def quiet() -> Iterator[None]:
    """Keep mlx-lm's coloured box off the page: the watch reports what it would say."""
    from mlx_lm.cli_ui import make_console

    console = make_console()
    before, console.quiet = console.quiet, True
    try:
        yield
    finally:
        console.quiet = before


def examine(watch: Watch, model: Any) -> tuple[float, list[str]]:
    """Return the loss on the choosing rows, and generated answers."""
    material = watch.material
    model.eval()
    loss = training.mean_loss(model, material.choosing)
    texts = watch.generate(model, watch.tokenizer, material.task, material.asked)
    model.train()
    return loss, texts


def save(folder: Path, model: Any, optimizer: Any, profile: Profile) -> None:
    """Write a checkpoint: the adapter as PEFT has it, and all that training goes on from."""
    from mlx.utils import tree_flatten

    weights = dict(tree_flatten(model.trainable_parameters()))
    lora.write_for_peft(weights, profile.rank, profile.alpha, profile.base, folder)
    state = dict(tree_flatten(optimizer.state))
    saving.save(folder / STATE, state, {"step": str(checkpoints.step_of(folder))})


def restore(folder: Path, model: Any, optimizer: Any) -> int:
    """Load a checkpoint into a model with LoRA layers and its optimizer; return its step."""
    import mlx.core as mx
    from mlx.utils import tree_unflatten

    _, weights = lora.read_for_mlx(folder)
    model.load_weights(list(weights.items()), strict=False)
    optimizer.state = tree_unflatten(list(mx.load(str(folder / STATE)).items()))
    return checkpoints.step_of(folder)


def ready(engine: str) -> None:
    """Raise `EngineError` that says where MLX runs, if it is not installed."""
    from helpers.core.examples import EngineError

    blas.borrow()
    try:
        import mlx_lm  # noqa: F401
    except ModuleNotFoundError as error:
        raise EngineError(
            f"{error.name} is not installed: MLX runs on Apple silicon and on Linux; there run "
            "pip install -r requirements.txt, elsewhere take notebook 04"
        ) from error


def memory() -> dict[str, int | None]:
    """Return the most memory MLX held, in megabytes."""
    import mlx.core as mx

    return {"peak_mlx_memory_mb": mx.get_peak_memory() // 1024**2}


def release() -> None:
    """Give memory back after a model is no longer referred to."""
    mx = sys.modules["mlx.core"]
    mx.clear_cache()


TRAINER = Trainer(ENGINES, ready, load, count, train, greedy, memory, release)
