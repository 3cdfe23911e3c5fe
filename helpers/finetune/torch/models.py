"""Load a base and put an adapter on it: from Unsloth, or by transformers and PEFT alone."""

from __future__ import annotations

import gc
import sys
from typing import Any

from helpers.core import fingerprints
from helpers.core.examples import EngineError
from helpers.engines.torch import machine
from helpers.models import folders
from helpers.models.folders import Place
from helpers.profiles import Profile, UnsuitableBase, other_senses

DTYPES = {"fp32": "float32", "fp16": "float16", "bf16": "bfloat16"}
MEDDLED_WITH = ("transformers", "trl", "peft")  # what Unsloth changes when it is imported


def import_engine(engine: str) -> None:
    """Import what a profile's engine needs, Unsloth before everything it changes.

    Call it in a notebook's first cells. Raises `RuntimeError` if it comes too late, and
    `ModuleNotFoundError` that says how to install what is missing.
    """
    if engine != "unsloth" or "unsloth" in sys.modules:
        return
    early = [name for name in MEDDLED_WITH if name in sys.modules]
    if early:
        raise RuntimeError(
            f"{early[0]} was imported before Unsloth, which changes it; restart the kernel and "
            "import Unsloth first, or take engine='transformers'"
        )
    try:
        import unsloth  # noqa: F401
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"{error.name} is not installed; run: pip install --no-deps -r "
            "requirements-unsloth.txt, or take engine='transformers'"
        ) from error


def place(base: str) -> Place:
    """Return where a base lies, a base of the hub once it is fetched.

    Raises `UnsuitableBase` for one that is not there or that the course does not train.
    """
    try:
        return folders.resolve(base)
    except EngineError as error:
        raise UnsuitableBase(str(error)) from error


def source(base: str) -> str:
    """Return the folder a base is loaded from; raises `UnsuitableBase`."""
    return str(place(base).folder)


def load_tokenizer(base: str) -> Any:
    """Load a base's tokenizer after looking at its config; raises `UnsuitableBase`."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(source(base), trust_remote_code=False)
    if why := other_senses({}, processor=hasattr(tokenizer, "image_processor")):
        raise UnsuitableBase(f"{base} {why}")
    if not tokenizer.chat_template:
        raise UnsuitableBase(
            f"{base} has no chat template, so a prompt cannot be rendered for it; take an "
            "instruct model, or put a chat_template.jinja beside its tokenizer"
        )
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    tokenizer.padding_side = "right"  # in training; answering pads on the left
    return tokenizer


def digest_of(base: str) -> str:
    """Return a name for a base's content."""
    return fingerprints.digest(folders.contents(place(base).folder))


def load_adapted(profile: Profile, seed: int) -> Any:
    """Load the base in the profile's precision and put a new LoRA adapter on it.

    Both engines draw the same first weights from the same seed.
    """
    load = _from_unsloth if profile.engine == "unsloth" else _from_transformers
    model = load(profile, seed)
    limit = getattr(model.config, "max_position_embeddings", profile.max_length)
    if limit < profile.max_length:
        raise UnsuitableBase(
            f"{profile.base} reads {limit} tokens and max_length is {profile.max_length}; set "
            f"max_length to {limit}"
        )
    return model


def _from_unsloth(profile: Profile, seed: int) -> Any:
    import torch
    from unsloth import FastLanguageModel

    model, _ = FastLanguageModel.from_pretrained(
        model_name=source(profile.base),
        max_seq_length=profile.max_length,
        dtype=getattr(torch, DTYPES[profile.precision]),
        load_in_4bit=profile.quantized,
        use_gradient_checkpointing=_checkpointing(profile),
        trust_remote_code=False,
    )
    return FastLanguageModel.get_peft_model(
        model,
        r=profile.rank,
        lora_alpha=profile.alpha,
        lora_dropout=profile.dropout,
        target_modules=list(profile.modules),
        bias="none",
        use_gradient_checkpointing=_checkpointing(profile),
        random_state=seed,
    )


def _checkpointing(profile: Profile) -> str | bool:
    return "unsloth" if profile.checkpointing else False


def _from_transformers(profile: Profile, seed: int) -> Any:
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    if profile.quantized:
        raise UnsuitableBase(
            f"{profile.base} in 4 bits needs engine='unsloth': plain TRL makes its adapter bf16, "
            "which fp16 training cannot use; or take a smaller base"
        )
    model = AutoModelForCausalLM.from_pretrained(
        source(profile.base),
        dtype=getattr(torch, DTYPES[profile.precision]),
        use_safetensors=True,
        trust_remote_code=False,
    ).to(machine.device())
    adapter = LoraConfig(
        r=profile.rank,
        lora_alpha=profile.alpha,
        lora_dropout=profile.dropout,
        target_modules=list(profile.modules),
        bias="none",
        task_type="CAUSAL_LM",
    )
    torch.manual_seed(seed)
    # In half precision the base's weights are halves and the adapter's floats: PEFT sees to it.
    return get_peft_model(model, adapter)


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
