"""Fine-tune with mlx-lm: its LoRA layers and its training loop, called a segment at a time.

Between two segments is what mlx-lm lacks: a loss on all validation rows that compares with
torch's, generated answers graded by the task, checkpoints that hold the optimizer, and the choice
of the best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpers.core.examples import EngineError
from helpers.engines.base import Engine
from helpers.engines.mlx import blas, lora, saving
from helpers.engines.mlx.engine import Mlx
from helpers.engines.mlx.loading import MlxLoaded, load_model
from helpers.finetune import checkpoints
from helpers.finetune.evaluator import Evaluator
from helpers.finetune.masks import Encoded
from helpers.finetune.mlx import training
from helpers.models import text_part
from helpers.models.folders import resolve as place
from helpers.models.loading import configuration
from helpers.profiles import Profile, UnsuitableBase
from helpers.tasks.base import Task

STATE = "optimizer.safetensors"
DTYPES = {"fp32": "float32", "fp16": "float16", "bf16": "bfloat16"}
BATCH = 64  # rows that are answered at once


class MlxBackend:
    """MLX: the methods are those of the protocol in `finetune.backends`."""

    def ready(self, profile: Profile) -> None:
        """Let torch's library multiply where MLX's wheel is slow.

        Raises `EngineError` that says where MLX runs, if it is not installed, and
        `UnsuitableBase` for a base that cannot be trained with it, before it is fetched.
        """
        if why := text_part.reason_against(configuration(profile.base), "MLX"):
            raise UnsuitableBase(f"{profile.base} {why}")
        blas.borrow()
        try:
            import mlx_lm  # noqa: F401
        except ModuleNotFoundError as error:
            raise EngineError(
                f"{error.name} is not installed: MLX runs on Apple silicon and on Linux; there run "
                "pip install -r requirements.txt, elsewhere take notebook 04"
            ) from error

    def load(self, profile: Profile, seed: int) -> Any:
        """Load the base in the profile's precision, frozen, with new LoRA layers on it."""
        import mlx.core as mx

        model = load_model(place(profile.base).folder, DTYPES[profile.precision])
        mx.random.seed(seed)
        keys = [
            name
            for name, _ in model.named_modules()
            if ".layers." in f".{name}" and name.rpartition(".")[2] in profile.target_modules
        ]
        scale = profile.alpha / profile.rank
        lora.put_on(model, lora.configuration(profile.rank, scale, profile.dropout, keys))
        return model

    def count(self, model: Any) -> dict[str, int]:
        """Return how many weights are trained, and how many there are with the base's."""
        from mlx.utils import tree_flatten
        from mlx_lm.utils import get_total_parameters

        count = sum(weight.size for _, weight in tree_flatten(model.trainable_parameters()))
        return {"trainable_weights": count, "total_weights": get_total_parameters(model) + count}

    def train(self, model: Any, evaluator: Evaluator, checkpoint: Path | None) -> None:
        """Train segment by segment, an evaluation after each."""
        import mlx.core as mx

        profile, seed = evaluator.profile, evaluator.config.seed
        optimizer = training.optimizer(profile)
        optimizer.init(model.trainable_parameters())
        step = restore(checkpoint, model, optimizer) if checkpoint else 0
        mx.reset_peak_memory()
        evaluator.begin(step)
        over = False
        while not over and step < profile.steps:
            until = min(profile.steps, (step // evaluator.every + 1) * evaluator.every)
            mx.random.seed((seed << 32) + step)  # dropout after a resume is what it would have been
            loss = segment(model, optimizer, evaluator, step, until)
            step = until
            over = evaluator.evaluate(step, loss, optimizer.learning_rate.item(), model)
            save(checkpoints.folder_of(evaluator.run, step), model, optimizer, profile)
            over |= evaluator.keep(step)
        evaluator.close()

    @contextmanager
    def answering(self, model: Any, tokenizer: Any, profile: Profile) -> Iterator[None]:
        """Turn dropout off, and on again."""
        model.eval()
        try:
            yield
        finally:
            model.train()

    def mean_loss(self, model: Any, tokenizer: Any, rows: Sequence[Encoded]) -> float:
        """Return the mean loss a supervised token of all rows, in nats."""
        return training.mean_loss(model, rows)

    def engine(self, model: Any, tokenizer: Any, task: Task, max_new_tokens: int) -> Engine:
        """Return the MLX engine, free, its answers not repaired."""
        loaded = MlxLoaded(model, tokenizer)
        return Mlx(task, loaded, max_new_tokens=max_new_tokens, at_once=BATCH)

    def memory(self) -> dict[str, int | None]:
        """Return the most memory MLX held, in megabytes."""
        import mlx.core as mx

        return {"peak_mlx_memory_mb": mx.get_peak_memory() // 1024**2}

    def release(self) -> None:
        """Give MLX's cache back."""
        import mlx.core as mx

        mx.clear_cache()


def segment(model: Any, optimizer: Any, evaluator: Evaluator, first: int, until: int) -> float:
    """Let mlx-lm's own loop train some steps on our rows; return the mean loss of a token."""
    from mlx_lm.tuner import trainer
    from mlx_lm.tuner.callbacks import TrainingCallback

    losses: list[float] = []

    class Losses(TrainingCallback):
        def on_train_loss_report(self, info: dict[str, Any]) -> None:
            losses.append(info["train_loss"])

    profile = evaluator.profile
    batches = profile.gradient_accumulation_steps
    count = (until - first) * batches
    unused = evaluator.run / ".segment.safetensors"
    with quiet():
        trainer.train(
            model,
            optimizer,
            train_dataset=training.batches(evaluator.material, profile, first, until),
            args=trainer.TrainingArgs(
                batch_size=profile.batch,
                iters=count,
                steps_per_report=count,
                steps_per_save=count + 1,  # checkpoints are ours: they hold the optimizer too
                adapter_file=str(unused),
                # mlx-lm changes the layers' class for good, so once a process
                grad_checkpoint=profile.gradient_checkpointing and first == evaluator.first,
                grad_accumulation_steps=batches,
            ),
            loss=training.loss,
            iterate_batches=training.counted(evaluator.bar, batches),
            training_callback=Losses(),
        )
    unused.unlink()
    return losses[-1]


@contextmanager
def quiet() -> Iterator[None]:
    """Keep mlx-lm's coloured box off the page: the evaluator reports what it would say."""
    from mlx_lm.cli_ui import make_console

    console = make_console()
    before, console.quiet = console.quiet, True
    try:
        yield
    finally:
        console.quiet = before


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
