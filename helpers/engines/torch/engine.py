"""The engine of transformers models, on a CPU, by CUDA or on Apple's GPU."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from helpers.engines import causal
from helpers.engines.causal import Causal
from helpers.engines.torch.loading import load


@dataclass(frozen=True)
class Torch(Causal):
    """Answers with PyTorch."""

    name: str = "torch"


create = partial(causal.create, Torch, load)
