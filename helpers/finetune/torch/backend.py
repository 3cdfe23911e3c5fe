"""Fine-tune with TRL and PEFT; the model from Unsloth, or from transformers alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpers.engines.base import Engine
from helpers.engines.torch import machine
from helpers.finetune import ranks
from helpers.finetune.evaluator import Evaluator
from helpers.finetune.masks import Encoded
from helpers.finetune.torch import generation, models, trainer
from helpers.models import bases
from helpers.profiles import Profile
from helpers.tasks.base import Task


class TorchBackend:
    """PyTorch: the methods are those of the protocol in `finetune.backends`."""

    def ready(self, profile: Profile) -> None:
        """Import Unsloth before everything it changes, where a profile wants it.

        Raises `UnsuitableBase` for a base that cannot be trained so, before it is fetched.
        """
        models.import_backend(profile.backend)
        ranks.share(profile.batch)
        ranks.join(cpu=machine.device() == "cpu")
        bases.ready(profile.base)
        models.check_base(profile)

    def load(self, profile: Profile, seed: int) -> Any:
        """Load the base in the profile's precision, with a new adapter."""
        return models.load_adapted(profile, seed)

    def count(self, model: Any) -> dict[str, int]:
        """Return how many weights are trained, and how many there are with the frozen ones."""
        return models.count_weights(model)

    def train(self, model: Any, evaluator: Evaluator, checkpoint: Path | None) -> None:
        """Let TRL's trainer go on from a checkpoint, or begin."""
        trainer.build(model, evaluator).train(resume_from_checkpoint=checkpoint)

    @contextmanager
    def answering(self, model: Any, tokenizer: Any, profile: Profile) -> Iterator[None]:
        """Let a model in training answer, and put it back to training as it was.

        Unsloth's models have a switch of their own, which also turns the padding side.
        """
        if hasattr(model, "for_inference"):
            model.for_inference()
        model.eval()
        try:
            yield
        finally:
            if hasattr(model, "for_training"):
                model.for_training(use_gradient_checkpointing=profile.gradient_checkpointing)
            model.train()
            tokenizer.padding_side = "right"

    def mean_loss(self, model: Any, tokenizer: Any, rows: Sequence[Encoded]) -> float:
        """Return the mean loss a supervised token of all rows, in nats."""
        return generation.mean_loss(model, rows, tokenizer.pad_token_id)

    def engine(self, model: Any, tokenizer: Any, task: Task, max_new_tokens: int) -> Engine:
        """Return what answers by the model's own `generate`."""
        return generation.Generator(task, model, tokenizer, max_new_tokens)

    def memory(self) -> dict[str, int | None]:
        """Return the most memory torch held on the GPU."""
        return {"peak_gpu_memory_mb": models.peak_gpu_memory_mb()}

    def release(self) -> None:
        """Give the GPU's memory back."""
        models.release()
