"""The engine of mlx-lm models: on Apple silicon by its GPU, on Linux by the CPU."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from helpers.engines import causal
from helpers.engines.causal import Causal
from helpers.engines.mlx.loading import load


@dataclass(frozen=True)
class Mlx(Causal):
    """Answers with MLX: models of Hugging Face's or mlx-lm's form, quantized or not."""

    name: str = "mlx"


create = partial(causal.create, Mlx, load)
