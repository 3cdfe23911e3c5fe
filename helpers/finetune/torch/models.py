"""Load a base and put an adapter on it: from Unsloth, or by transformers and PEFT alone."""

from __future__ import annotations

import gc
import sys
from typing import Any

from helpers.engines.torch import machine
from helpers.finetune import suitable
from helpers.models import text_part
from helpers.models.loading import configuration, source
from helpers.profiles import Profile, UnsuitableBase

DTYPES = {"fp32": "float32", "fp16": "float16", "bf16": "bfloat16"}
MEDDLED_WITH = ("transformers", "trl", "peft")  # what Unsloth changes when it is imported


def import_backend(backend: str) -> None:
    """Import what a profile's backend needs, Unsloth before everything it changes.

    Call it in a notebook's first cells. Raises `RuntimeError` if it comes too late, and
    `ModuleNotFoundError` that says how to install what is missing.
    """
    if backend != "unsloth" or "unsloth" in sys.modules:
        return
    early = [name for name in MEDDLED_WITH if name in sys.modules]
    if early:
        raise RuntimeError(
            f"{early[0]} was imported before Unsloth, which changes it; restart the kernel and "
            "import Unsloth first, or take backend='transformers'"
        )
    try:
        import unsloth  # noqa: F401
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"{error.name} is not installed; run: pip install --no-deps -r "
            "requirements-unsloth.txt, or take backend='transformers'"
        ) from error


def check_base(profile: Profile) -> None:
    """Raise `UnsuitableBase` for a base that cannot be trained as a profile wants, unfetched."""
    config = configuration(profile.base)
    suitable.check(profile, config)
    if profile.backend == "transformers":
        why = text_part.reason_against(config, "TRL alone")
    elif machine.device() != "cuda":
        why = text_part.reason_against(config, "Unsloth without a GPU")
    else:
        why = ""
    if why:
        raise UnsuitableBase(f"{profile.base} {why}")


def load_adapted(profile: Profile, seed: int) -> Any:
    """Load the base in the profile's precision and put a new LoRA adapter on it."""
    check_base(profile)
    library = fast_language_model(profile.backend)
    model, _ = library.from_pretrained(
        model_name=source(profile.base),
        max_seq_length=profile.max_length,
        load_in_4bit=profile.load_in_4bit,
        **loading_settings(profile),
    )
    return library.get_peft_model(
        model, r=profile.rank, lora_alpha=profile.alpha, **adapter_settings(profile, seed)
    )


def fast_language_model(backend: str) -> Any:
    """Return Unsloth's `FastLanguageModel`, or the same two calls by transformers and PEFT."""
    if backend != "unsloth":
        return PlainLanguageModel
    from unsloth import FastLanguageModel

    return FastLanguageModel


def loading_settings(profile: Profile) -> dict[str, Any]:
    """Return what else `from_pretrained` is told."""
    import torch

    return {
        "dtype": getattr(torch, DTYPES[profile.precision]),
        "use_gradient_checkpointing": _gradient_checkpointing(profile),
        "trust_remote_code": False,
    } | text_only(profile)


def text_only(profile: Profile) -> dict[str, bool]:
    """Return what leaves the vision tower of a base out; its CPU backend has no such argument."""
    return {"text_only": True} if text_part.decoder_of(configuration(profile.base)) else {}


def adapter_settings(profile: Profile, seed: int) -> dict[str, Any]:
    """Return what else `get_peft_model` is told; equal seeds draw equal first weights."""
    return {
        "lora_dropout": profile.dropout,
        "target_modules": list(profile.target_modules),
        "bias": "none",
        "use_gradient_checkpointing": _gradient_checkpointing(profile),
        "random_state": seed,
    }


def _gradient_checkpointing(profile: Profile) -> str | bool:
    return "unsloth" if profile.gradient_checkpointing else False


class PlainLanguageModel:
    """The two calls of Unsloth's `FastLanguageModel`, by transformers and PEFT alone."""

    @staticmethod
    def from_pretrained(
        model_name: str, dtype: Any, load_in_4bit: bool = False, **_: Any
    ) -> tuple[Any, None]:
        """Load a base; the tokenizer is ours. Raises `UnsuitableBase` if it were in 4 bits."""
        from transformers import AutoModelForCausalLM

        if load_in_4bit:
            raise UnsuitableBase(
                f"{model_name} in 4 bits needs backend='unsloth': plain TRL makes its adapter "
                "bf16, which fp16 training cannot use; or take a smaller base"
            )
        model = AutoModelForCausalLM.from_pretrained(
            model_name, dtype=dtype, use_safetensors=True, trust_remote_code=False
        )
        return model.to(machine.device()), None

    @staticmethod
    def get_peft_model(
        model: Any, random_state: int, use_gradient_checkpointing: Any = None, **lora: Any
    ) -> Any:
        """Put a new adapter on a base; where activations are computed twice, the trainer says."""
        import torch
        from peft import LoraConfig, get_peft_model

        torch.manual_seed(random_state)
        # In half precision the base's weights are halves and the adapter's floats: PEFT sees to it.
        return get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", **lora))


def count_weights(model: Any) -> dict[str, int]:
    """Return how many weights are trained, and how many there are with the frozen ones."""
    sizes = [(weight.requires_grad, weight.numel()) for weight in model.parameters()]
    return {
        "trainable_weights": sum(size for trained, size in sizes if trained),
        "total_weights": sum(size for _, size in sizes),
    }


def peak_gpu_memory_mb() -> int | None:
    """Return the most memory torch held on the GPU, in megabytes; None without one."""
    import torch

    return torch.cuda.max_memory_allocated() // 1024**2 if torch.cuda.is_available() else None


def release() -> None:
    """Give memory back after a model is no longer referred to."""
    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif torch.backends.mps.is_available():
        torch.mps.empty_cache()
