"""What torch runs on here, and the classes that a model which only answers is made of."""

from __future__ import annotations

import importlib.util
import sys
from typing import Any


def device() -> str:
    """Return the kind of device that torch should use here: cuda, mps (an Apple chip) or cpu."""
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def causal_class(config: Any) -> Any:
    """Return the class to load a causal model with, as transformers wrote it.

    On a GPU Unsloth rewrites these classes where they stand, for the models that it trains: they
    keep tables on the GPU, and leave the cache that they are given empty. A model that is loaded
    after a training in the same kernel would be one of them, so it is made of a fresh copy.
    """
    from transformers import MODEL_FOR_CAUSAL_LM_MAPPING, AutoModelForCausalLM

    if type(config) not in MODEL_FOR_CAUSAL_LM_MAPPING:
        return AutoModelForCausalLM
    known = MODEL_FOR_CAUSAL_LM_MAPPING[type(config)]  # imports the module, once
    if "unsloth" not in sys.modules:
        return known
    module = type(config).__module__.replace(".configuration_", ".modeling_")
    spec = importlib.util.find_spec(module)
    copy = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(copy)
    return getattr(copy, known.__name__)
