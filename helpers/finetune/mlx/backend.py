"""Fine-tune with mlx-lm: its LoRA layers, its training loop, and our exams in its callback."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpers.core.examples import EngineError
from helpers.engines.base import Engine
from helpers.engines.mlx import blas, rope
from helpers.engines.mlx.engine import Mlx
from helpers.engines.mlx.loading import MlxLoaded, load_model
from helpers.finetune import suitable
from helpers.finetune.evaluator import Evaluator
from helpers.finetune.masks import Encoded
from helpers.finetune.mlx import training
from helpers.finetune.mlx.exams import callback
from helpers.models import bases, text_part
from helpers.models.folders import resolve as place
from helpers.models.loading import configuration
from helpers.profiles import Profile, UnsuitableBase
from helpers.tasks.base import Task

DTYPES = {"fp32": "float32", "fp16": "float16", "bf16": "bfloat16"}
BATCH = 64  # rows that are answered at once


class MlxBackend:
    """MLX: the methods are those of the protocol in `finetune.backends`."""

    def ready(self, profile: Profile) -> None:
        """Let torch's library multiply where MLX's wheel is slow, and mlx-lm read every rope.

        Raises `EngineError` that says where MLX runs, if it is not installed, and
        `UnsuitableBase` for a base that cannot be trained with it, before it is fetched.
        """
        bases.ready(profile.base)
        config = configuration(profile.base)
        if why := text_part.reason_against(config, "MLX"):
            raise UnsuitableBase(f"{profile.base} {why}")
        if profile.load_in_4bit:
            raise UnsuitableBase(
                f"{profile.base} is not trained in 4 bits by MLX; quantize it first (notebook 06) "
                "and name that folder, or set load_in_4bit to False"
            )
        suitable.check(profile, config)
        blas.borrow()
        try:
            import mlx_lm  # noqa: F401
        except ModuleNotFoundError as error:
            raise EngineError(
                f"{error.name} is not installed: MLX runs on Apple silicon and on Linux; there run "
                "pip install -r requirements.txt, elsewhere take notebook 04"
            ) from error
        rope.mend()

    def load(self, profile: Profile, seed: int) -> Any:
        """Load the base in the profile's precision, frozen, with new LoRA layers on it."""
        model = load_model(place(profile.base).folder, DTYPES[profile.precision])
        return adapt(model, profile, seed)

    def count(self, model: Any) -> dict[str, int]:
        """Return how many weights are trained, and how many there are with the base's."""
        from mlx.utils import tree_flatten
        from mlx_lm.utils import get_total_parameters

        count = sum(weight.size for _, weight in tree_flatten(model.trainable_parameters()))
        return {"trainable_weights": count, "total_weights": get_total_parameters(model) + count}

    def train(self, model: Any, evaluator: Evaluator, checkpoint: Path | None) -> None:
        """Let mlx-lm's own loop train on our rows, its callback an exam every so many steps."""
        from mlx_lm.tuner.trainer import TrainingArgs
        from mlx_lm.tuner.trainer import train as train_with_mlx

        profile = evaluator.profile
        optimizer = training.adamw(training.schedule(profile), profile.weight_decay)
        exams = callback(evaluator, model, optimizer)
        with exams.at_work(checkpoint):
            train_with_mlx(
                model,
                optimizer,
                train_dataset=exams.batches(),
                args=TrainingArgs(
                    batch_size=profile.batch,
                    grad_accumulation_steps=profile.gradient_accumulation_steps,
                    iters=exams.iters,
                    **exams.settings(),
                ),
                loss=training.loss,
                iterate_batches=exams.counted,
                training_callback=exams,
            )

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


def adapt(model: Any, profile: Profile, seed: int) -> Any:
    """Freeze a model and put new LoRA layers on it, drawn from a seed."""
    import mlx.core as mx
    from mlx_lm.tuner.utils import linear_to_lora_layers

    model.freeze()
    mx.random.seed(seed)
    scale = profile.alpha / profile.rank
    parameters = {"rank": profile.rank, "scale": scale} | lora_settings(model, profile)
    linear_to_lora_layers(model, len(model.layers), parameters)
    return model


def lora_settings(model: Any, profile: Profile) -> dict[str, Any]:
    """Return what else mlx-lm's LoRA layers are told: their dropout, and where they go."""
    keys = [
        name
        for name, _ in model.named_modules()
        if ".layers." in f".{name}" and name.rpartition(".")[2] in profile.target_modules
    ]
    return {"dropout": profile.dropout, "keys": keys}
