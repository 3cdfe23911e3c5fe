"""Load a model and its tokenizer for answering: full weights, an adapter merged or upon them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.core.examples import EngineError
from helpers.engines.decoding.reading import Reading, Tokens
from helpers.models.folders import ModelFolder, locate
from helpers.tasks.prompts import turn_end

LENGTH = 1 << 15  # tokens, for a model that does not say how many it reads


@dataclass(frozen=True)
class Loaded:
    """A model ready to answer, and what the engine asks about it."""

    model: Any
    tokenizer: Any
    digest: str = ""
    merged: bool = False
    record: dict[str, Any] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)  # what a record shall tell of its origin

    @property
    def end(self) -> int:
        """The token that ends a turn."""
        return self.tokenizer.convert_tokens_to_ids(turn_end(self.tokenizer))

    @property
    def ends(self) -> frozenset[int]:
        """The tokens that end a free answer: the turn's end and the text's."""
        return frozenset({self.end, self.tokenizer.eos_token_id} - {None})

    @property
    def vocabulary(self) -> int:
        """How many tokens the model has, padding of the embedding included."""
        return self.model.get_input_embeddings().num_embeddings

    @property
    def width(self) -> int:
        """How many logits belong to tokens."""
        return min(len(self.tokenizer), self.vocabulary)

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

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return texts as tokens; what a template wants at the beginning it writes itself."""
        return self.tokenizer(list(texts), add_special_tokens=False)["input_ids"]

    def decode(self, tokens: Sequence[int]) -> str:
        """Return tokens as text, without control tokens."""
        return self.tokenizer.decode(
            list(tokens), skip_special_tokens=True, clean_up_tokenization_spaces=False
        )


def load(
    path: str | Path, dtype: str = "", device: str = "", merge: bool | None = None
) -> Loaded:
    """Load a model by folder or hub name, or a run's base with its adapter; raises `EngineError`.

    Chosen for you: CUDA if there is any; float32 on CPU, else bfloat16, or float16 where the GPU
    has none (compute capability below 8). An adapter is merged in float32, where nothing is lost
    by it, and else left upon the base.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils import logging

    folder = locate(path)
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    dtype = dtype or _precision(device)
    options = {"trust_remote_code": False, "local_files_only": True}
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # a line of noise on every page that loads a model
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder.base, **options)
        model = AutoModelForCausalLM.from_pretrained(
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
    return Loaded(model, tokenizer, folder.digest, merged, folder.record, folder.told)


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
    return adapted.merge_and_unload() if merge else adapted
