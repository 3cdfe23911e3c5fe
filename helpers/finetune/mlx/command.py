"""The same training by mlx-lm's own command: its data files, its configuration, its words."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from pathlib import Path

from helpers.core.examples import Example
from helpers.core.files import replace_file
from helpers.models.folders import resolve
from helpers.profiles import Profile
from helpers.tasks.base import Task
from helpers.tasks.prompts import turns

# Where a layer has a module: attention, LFM2's convolutions and mlp, Granite's mlp; else in mlp.
PLACES = {
    "q_proj": ("self_attn",), "k_proj": ("self_attn",), "v_proj": ("self_attn",),
    "o_proj": ("self_attn",), "out_proj": ("self_attn", "conv"), "in_proj": ("conv",),
    "w1": ("feed_forward",), "w2": ("feed_forward",), "w3": ("feed_forward",),
    "input_linear": ("shared_mlp",), "output_linear": ("shared_mlp",),
}  # fmt: skip


def write(
    folder: Path,
    task: Task,
    profile: Profile,
    train: Sequence[Example],
    valid: Sequence[Example],
    every: int,
    completion_only_loss: bool = True,
) -> str:
    """Write what `mlx_lm lora` needs for a run like ours into a folder; return the command.

    Like ours, not the same: it also learns what the template writes after an answer and a token of
    padding, orders the rows in its own way, clips no gradients, and keeps the last adapter, not
    the best. It needs a batch of rows at least. Where the prompts are learned (see
    `FinetuneConfig`) they are in its validation loss, too.
    """
    import yaml

    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("train", train), ("valid", valid)):
        lines = [json.dumps({"messages": messages(task, row)}, ensure_ascii=False) for row in rows]
        replace_file(folder / f"{name}.jsonl", "\n".join(lines) + "\n")
    config = {
        "model": str(resolve(profile.base).folder),
        "train": True,
        "data": str(folder),
        "fine_tune_type": "lora",
        "num_layers": -1,
        "mask_prompt": completion_only_loss,
        "batch_size": profile.batch,
        "grad_accumulation_steps": profile.gradient_accumulation_steps,
        "iters": profile.steps * profile.gradient_accumulation_steps,
        "steps_per_eval": every * profile.gradient_accumulation_steps,
        "val_batches": -1,
        "max_seq_length": profile.max_length,
        "grad_checkpoint": profile.gradient_checkpointing,
        "optimizer": "adamw",
        "learning_rate": profile.learning_rate,
        "lr_schedule": {
            "name": "cosine_decay",
            "arguments": [profile.learning_rate, profile.steps],
            "warmup": round(profile.warmup * profile.steps),
        },
        "lora_parameters": {
            "rank": profile.rank,
            "scale": profile.alpha / profile.rank,
            "dropout": profile.dropout,
            "keys": [key for module in profile.target_modules for key in places(module)],
        },
        "adapter_path": str(folder / "adapters"),
    }
    replace_file(folder / "lora.yaml", yaml.safe_dump(config, sort_keys=False))
    return shlex.join(["mlx_lm", "lora", "--config", str(folder / "lora.yaml")])


def messages(task: Task, example: Example) -> list[dict[str, str]]:
    """Return an example as a conversation, the answer as its last turn."""
    return [*turns(task, example), {"role": "assistant", "content": example.target}]


def places(module: str) -> list[str]:
    """Return a module's names within a layer, as mlx-lm asks for it; what is not there is no harm.

    >>> places("q_proj"), places("up_proj"), places("out_proj")
    (['self_attn.q_proj'], ['mlp.up_proj'], ['self_attn.out_proj', 'conv.out_proj'])
    """
    return [f"{part}.{module}" for part in PLACES.get(module, ("mlp",))]
