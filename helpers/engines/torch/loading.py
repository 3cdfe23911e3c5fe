"""Load a model and its tokenizer for answering: full weights, an adapter merged or upon them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.core.examples import EngineError
from helpers.engines.decoding.reading import Reading, Tokens
from helpers.engines.loaded import LENGTH, Loaded
from helpers.engines.torch import machine
from helpers.models.folders import ModelFolder, locate


@dataclass(frozen=True)
class TorchLoaded(Loaded):
    """A model of transformers, ready to answer."""

    @property
    def vocabulary(self) -> int:
        """How many tokens the model has, padding of the embedding included."""
        return self.model.get_input_embeddings().num_embeddings

    @property
    def positions(self) -> int:
        """How many tokens the model reads, prompt and answer together."""
        return getattr(self.model.config, "max_position_embeddings", None) or LENGTH

    @property
    def dtype(self) -> str:
        """The weights' precision, such as float32."""
        return str(self.model.dtype).removeprefix("torch.")

    @property
    def device(self) -> str:
        """The kind of device the model is on: cpu, cuda or mps."""
        return self.model.device.type

    def begin(self, prompts: Sequence[Tokens]) -> tuple[Reading, list[Tokens]]:
        """Read what all prompts begin with; return the reading and what is left of each."""
        from helpers.engines.torch.reading import begin

        return begin(self.model, prompts, self.width)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Let the model answer without dropout or gradients, and leave it as it was."""
        import torch

        training = self.model.training
        self.model.eval()
        try:
            with torch.inference_mode():
                yield
        finally:
            self.model.train(training)


def load(
    path: str | Path, dtype: str = "", device: str = "", merge: bool | None = None
) -> TorchLoaded:
    """Load a model by folder or hub name, or a run's base with its adapter; raises `EngineError`.

    Chosen for you: this machine's device; on CUDA bfloat16, or float16 where the GPU has none
    (compute capability below 8), else float32. An adapter is merged in float32, where nothing is
    lost by it, and else left upon the base.
    """
    import torch
    from transformers import AutoConfig, AutoTokenizer
    from transformers.utils import logging

    folder = locate(path)
    if folder.quantized:
        raise EngineError(
            f"{folder.place.shown}: MLX has rounded its weights to a few bits, which torch cannot "
            "read; take engine mlx, or fuse it first (notebook 06)"
        )
    device = device or machine.device()
    dtype = dtype or _precision(device)
    options = {"trust_remote_code": False, "local_files_only": True}
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # a line of noise on every page that loads a model
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder.base, **options)
        config = AutoConfig.from_pretrained(folder.base, **options)
        model = machine.causal_class(config).from_pretrained(
            folder.base, dtype=getattr(torch, dtype), use_safetensors=True, **options
        )
    except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
        reason = str(error).strip().splitlines()[0]
        raise EngineError(f"{folder.place.shown}: cannot be loaded ({reason}); mend it") from error
    finally:
        if shown:
            logging.enable_progress_bar()
    rows = model.get_input_embeddings().num_embeddings
    if len(tokenizer) > rows + len(tokenizer.get_added_vocab()):
        raise EngineError(
            f"{folder.place.shown}: its tokenizer has {len(tokenizer)} tokens and its model "
            f"{rows}; put the model's own tokenizer beside it"
        )
    merge = dtype == "float32" if merge is None else merge
    model = _with_adapter(model, folder, merge).to(device).eval()
    merged = merge and folder.adapter is not None
    return TorchLoaded(
        model, tokenizer, folder.digest, merged, folder.record, folder.metadata
    )


def _precision(device: str) -> str:
    import torch

    if device != "cuda":
        return "float32"
    # A T4 says that it supports bfloat16, and emulates it.
    return "bfloat16" if torch.cuda.get_device_capability()[0] >= 8 else "float16"


def _with_adapter(model: Any, folder: ModelFolder, merge: bool) -> Any:
    if folder.adapter is None:
        return model
    from peft import PeftModel

    try:
        adapted = PeftModel.from_pretrained(model, folder.adapter)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        reason = str(error).strip().splitlines()[0]
        raise EngineError(
            f"{folder.adapter}: does not fit {folder.place.shown} ({reason}); train it again"
        ) from error
    # PEFT's own wrapper is one of the classes that Unsloth rewrites; the layers are all we need.
    return adapted.merge_and_unload() if merge else adapted.get_base_model()
