"""Load a model with mlx-lm for answering: plain, quantized, or a run's adapter on its base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.core.examples import EngineError
from helpers.engines.decoding.reading import Reading, Tokens
from helpers.engines.loaded import LENGTH, Loaded
from helpers.engines.mlx import lora, rope, saving
from helpers.models import configuration, text_part
from helpers.models.folders import ModelFolder, verified
from helpers.models.loading import check_template, tokenizer_of

UNMASKED = ("gemma2", "phi3small")  # whose attention mlx-lm writes out, for one row's mask


@dataclass(frozen=True)
class MlxLoaded(Loaded):
    """A model of mlx-lm, ready to answer."""

    @property
    def alone(self) -> str:
        """Why rows must be read one by one: mlx-lm's Gemma 2 mixes up the masks of several."""
        unmasked = self.model.model_type in UNMASKED
        return "masks one row at a time in mlx-lm (engine torch can)" if unmasked else ""

    @property
    def vocabulary(self) -> int:
        """How many tokens the model has, padding of the embedding included."""
        return self.model.args.vocab_size

    @property
    def positions(self) -> int:
        """How many tokens the model reads, prompt and answer together."""
        return getattr(self.model.args, "max_position_embeddings", None) or LENGTH

    @property
    def dtype(self) -> str:
        """The weights' precision, such as float32, or 4-bit."""
        return dtype_of(self.model)

    @property
    def device(self) -> str:
        """The kind of device the model is on: cpu or gpu."""
        import mlx.core as mx

        return mx.default_device().type.name

    def begin(self, prompts: Sequence[Tokens]) -> tuple[Reading, list[Tokens]]:
        """Read what all prompts begin with; return the reading and what is left of each."""
        from helpers.engines.mlx.reading import begin

        return begin(self.model, prompts, self.width)


def dtype_of(model: Any) -> str:
    """Return a model's precision: of its quantized weights in bits, else of its widest weight."""
    import mlx.nn as nn
    from mlx.utils import tree_flatten

    quantized = {m.bits for m in model.modules() if isinstance(m, nn.QuantizedLinear)}
    if quantized:
        return f"{max(quantized)}-bit"
    widest = max((w for _, w in tree_flatten(model.parameters())), key=lambda w: w.size)
    return str(widest.dtype).removeprefix("mlx.core.")


def load(
    path: str | Path | ModelFolder, dtype: str = "", merge: bool | None = None
) -> MlxLoaded:
    """Load a model by folder or hub name, or a run's base with its adapter; raises `EngineError`.

    Without `dtype` a model on Apple's GPU keeps the precision of its file and one on the CPU is
    made float32, as the torch engine does; quantized weights stay so. An adapter is merged in
    float32, where nothing is lost by it, and else left upon the base.
    """
    folder = verified(path)
    tokenizer = tokenizer_of(folder.base)
    model = load_model(folder.base, dtype)
    check_template(tokenizer, folder.place.shown)
    merge = dtype_of(model) == "float32" if merge is None else merge
    if folder.adapter is not None:
        lora.put_on(model, *lora.read_for_mlx(folder.adapter))
        if merge:
            lora.fuse(model)
    merged = merge and folder.adapter is not None
    return MlxLoaded(model.eval(), tokenizer, folder.digest, merged, folder.record, folder.metadata)


def load_model(folder: Path, dtype: str = "") -> Any:
    """Load a folder's weights with mlx-lm; raises `EngineError` for what it cannot load."""
    if why := text_part.reason_against(configuration.read(folder / "config.json"), "MLX"):
        raise EngineError(f"{folder} {why}")
    try:
        import mlx.core as mx
        from mlx_lm.utils import load_model
    except ModuleNotFoundError as error:
        raise EngineError(
            f"{error.name} is not installed: MLX runs on Apple silicon and on Linux; there run "
            "pip install -r requirements.txt, elsewhere take engine torch"
        ) from error

    rope.mend()
    try:
        model, _ = load_model(folder, trust_remote_code=False)
    except (ValueError, KeyError, RuntimeError, TypeError, AttributeError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise EngineError(f"{folder}: MLX cannot load it ({reason}); mend it") from error
    return held_in(model, dtype or ("" if mx.metal.is_available() else "float32"))


def held_in(model: Any, dtype: str) -> Any:
    """Return a model, its weights cast to a precision if one is named; quantized ones stay so."""
    import mlx.core as mx

    if dtype and not dtype_of(model).endswith("-bit"):
        model.set_dtype(getattr(mx, dtype))
        mx.eval(model.parameters())
    return model


def save(model: Any, tokenizer: Any, config: dict[str, Any], folder: Path) -> None:
    """Write an MLX model as safetensors with its configuration and tokenizer."""
    from mlx_lm.utils import save_config, save_model

    with saving.writing():
        save_model(folder, model, donate_model=False)
    save_config(rope.flat(config), folder / "config.json")
    tokenizer.save_pretrained(folder)
