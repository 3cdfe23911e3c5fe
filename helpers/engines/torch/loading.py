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
from helpers.models import text_part
from helpers.models.bases import fp16_reason
from helpers.models.folders import ModelFolder, verified
from helpers.models.loading import check_template, tokenizer_of

ATTENTION = {"full_attention", "sliding_attention", "chunked_attention"}


@dataclass(frozen=True)
class TorchLoaded(Loaded):
    """A model of transformers, ready to answer."""

    @property
    def alone(self) -> str:
        """Why rows must be read one by one: LFM2's layers keep more than keys and values."""
        kept = set(getattr(self.model.config, "layer_types", None) or ()) - ATTENTION
        return "keeps a running state that hides nothing (engine mlx can)" if kept else ""

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

        with super().answering(), torch.inference_mode():
            yield


def load(
    path: str | Path | ModelFolder, dtype: str = "", device: str = "", merge: bool | None = None
) -> TorchLoaded:
    """Load a model by folder or hub name, or a run's base with its adapter; raises `EngineError`.

    Chosen for you: this machine's device; on CUDA bfloat16, or float16 where the GPU has none
    (compute capability below 8), else float32. An adapter is merged in float32, where nothing is
    lost by it, and else left upon the base.
    """
    folder = verified(path)
    if folder.quantized:
        raise EngineError(
            f"{folder.place.shown}: MLX has rounded its weights to a few bits, which torch cannot "
            "read; take engine mlx, or fuse it first (notebook 06)"
        )
    device = device or machine.device()
    dtype = dtype or _precision(device, folder.config.get("model_type") or "")
    tokenizer = tokenizer_of(folder.base)
    check_template(tokenizer, folder.place.shown)
    model = _load_weights(folder, dtype)
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


def _load_weights(folder: ModelFolder, dtype: str) -> Any:
    """Load a base's weights, all of them, or those of its text part; raises `EngineError`."""
    import torch
    from huggingface_hub.errors import StrictDataclassError
    from safetensors import SafetensorError
    from transformers import AutoConfig
    from transformers.utils import logging

    broken = (  # what a damaged folder makes them raise
        OSError, ValueError, KeyError, TypeError, AttributeError, ImportError, RuntimeError,
        ArithmeticError, SafetensorError, StrictDataclassError,
    )  # fmt: skip
    options = {"trust_remote_code": False, "local_files_only": True}
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # a line of noise on every page that loads a model
    try:
        config, where = AutoConfig.from_pretrained(folder.base, **options), folder.base
        if text_part.decoder_of(folder.config):
            config, where = config.get_text_config(), None
            options |= {"config": config, "state_dict": text_part.load_weights(folder.base)}
        model, report = machine.causal_class(config).from_pretrained(
            where,
            dtype=getattr(torch, dtype),
            use_safetensors=True,
            output_loading_info=True,
            **options,
        )
    except broken as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise EngineError(
            f"{folder.place.shown}: cannot be loaded ({reason}); mend its config.json, or copy the "
            "folder again"
        ) from error
    finally:
        if shown:
            logging.enable_progress_bar()
    if missing := sorted(report["missing_keys"]):
        raise EngineError(
            f"{folder.place.shown}: its files lack {len(missing)} of the model's weights, such as "
            f"{missing[0]}; copy the folder again"
        )
    return model


def _precision(device: str, kind: str) -> str:
    """Return the type for a device and a model type; float16 is too narrow for some."""
    import torch

    if device != "cuda":
        return "float32"
    # A T4 says that it supports bfloat16, and emulates it.
    if torch.cuda.get_device_capability()[0] >= 8:
        return "bfloat16"
    return "float32" if fp16_reason(kind) else "float16"


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
