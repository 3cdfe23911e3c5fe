"""Grow the tiny base models: Qwen3's architecture at one to three million weights.

One tokenizer and three depths, trained on `corpora.base_text` alone. A batch depends on the seed
and its number only, so a killed run goes on exactly where it stopped.
"""

from __future__ import annotations

import copy
import csv
import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from helpers.corpora import base_text
from helpers.corpora.base_text import END, Material
from helpers.prompts import CHATML
from helpers.rows import replace_file

# Qwen2's pre-tokenizer, letter for letter: llama.cpp knows it by this pattern.
QWEN2 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
VOCABULARY = 1024
SECOND = 0.3  # where a restarted rate begins, as a share of the peak
WIDTH = 256  # a multiple of 256, which 4-bit "K" quantization asks for
LAYERS = {"1m": 2, "2m": 5, "3m": 7}


@dataclass(frozen=True)
class Recipe:
    """How long and how a base grows: steps of `rows` × `length` tokens."""

    steps: int = 5000
    restart: int = 3300  # the step from which the rate comes down once more
    rows: int = 16
    length: int = 256
    peak_rate: float = 1.5e-2  # of Muon, which trains the layers
    peak_rate_adam: float = 6e-3  # of AdamW, which trains the embedding and the norms
    warmup: int = 100
    weight_decay: float = 0.1
    seed: int = 0
    checkpoint_every: int = 250

    def warmth(self, step: int) -> float:
        """Return a step's share of the peak rate: a linear warm-up, then a cosine to a fiftieth.

        From `restart` on a second cosine begins, at `SECOND` of the peak (Loshchilov & Hutter
        2016): copying appears while the rate comes down, so it comes down twice.

        >>> recipe = Recipe(steps=1500, restart=1100, warmup=100)
        >>> [round(recipe.warmth(step), 3) for step in (49, 99, 1099, 1100, 1499)]
        [0.5, 1.0, 0.02, 0.3, 0.006]
        """
        first = min(self.restart, self.steps)
        if step < self.warmup:
            return (step + 1) / self.warmup
        if step < first:
            return _cosine((step + 1 - self.warmup) / max(1, first - self.warmup))
        return SECOND * _cosine((step + 1 - first) / (self.steps - first))


def _cosine(share: float) -> float:
    return 0.02 + 0.49 * (1 + math.cos(math.pi * share))


def train_tokenizer(texts: Iterable[str], vocabulary: int = VOCABULARY) -> Any:
    """Train a byte-level BPE tokenizer; any text goes in and comes out unchanged."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(QWEN2), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[END, "<|im_start|>", "<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token="<|im_end|>",
        pad_token=END,
        chat_template=CHATML,
        clean_up_tokenization_spaces=False,
        model_max_length=1024,
    )


def new_model(size: str, seed: int = 0) -> Any:
    """Return an untrained model; raises `ValueError` for an unknown size."""
    import torch
    from transformers import Qwen3Config, Qwen3ForCausalLM

    if size not in LAYERS:
        raise ValueError(f"there is no size {size!r}; choose one of {', '.join(LAYERS)}")
    torch.manual_seed(seed)
    config = Qwen3Config(
        vocab_size=VOCABULARY,
        hidden_size=WIDTH,
        intermediate_size=WIDTH,
        num_hidden_layers=LAYERS[size],
        num_attention_heads=4,
        num_key_value_heads=1,
        head_dim=64,
        max_position_embeddings=1024,
        rope_parameters={"rope_type": "default", "rope_theta": 10_000.0},
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=2,
        pad_token_id=0,
    )
    return Qwen3ForCausalLM(config)


def batch(material: Material, tokenizer: Any, recipe: Recipe, step: int) -> list[list[int]]:
    """Return the token ids of one step, `rows` × `length`: documents laid end to end."""
    rng = Random(f"{recipe.seed} {step}")
    wanted = recipe.rows * recipe.length
    ids: list[int] = []
    while len(ids) < wanted:
        texts = [base_text.document(material, rng) for _ in range(16)]
        for found in tokenizer(texts, add_special_tokens=False)["input_ids"]:
            ids += found
    return [ids[at : at + recipe.length] for at in range(0, wanted, recipe.length)]


def grow(
    size: str,
    material: Material,
    tokenizer: Any,
    folder: Path,
    recipe: Recipe,
    held_out: Sequence[str] = (),
    report: Callable[[dict[str, float]], None] = lambda row: None,
    compiled: bool = False,
) -> Any:
    """Train a model of `size`, keeping checkpoints and the curve in `folder`; return it.

    Started again it goes on from the last checkpoint, to the same weights. `held_out` are texts
    on which bits per byte are measured at every checkpoint. `compiled` lets `torch.compile`, which
    needs a C++ compiler, make steps a quarter faster.
    """
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    model = new_model(size, recipe.seed)
    forward = torch.compile(model) if compiled else model
    optimizers = _optimizers(model, recipe)
    first = _restore(folder, model, optimizers)
    started, losses = time.perf_counter() - _cut_curve(folder, first), []
    for step in range(first, recipe.steps):
        for optimizer, peak in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = peak * recipe.warmth(step)
        ids = torch.tensor(batch(material, tokenizer, recipe, step))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = forward(input_ids=ids, labels=ids).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer, _ in optimizers:
            optimizer.step()
            optimizer.zero_grad()
        losses.append(loss.item())
        done = step + 1
        if done % recipe.checkpoint_every == 0 or done == recipe.steps:
            row = {
                "step": done,
                "tokens": done * recipe.rows * recipe.length,
                "seconds": round(time.perf_counter() - started, 1),
                "loss": round(sum(losses) / len(losses), 4),
                "bits_per_byte": round(bits_per_byte(model, tokenizer, held_out), 4),
            }
            _append(folder / "curve.csv", row)
            _checkpoint(folder, model, optimizers, done)
            report(row)
            losses = []
    return model


def _optimizers(model: Any, recipe: Recipe) -> list[tuple[Any, float]]:
    """Return two optimizers with their peak rates: Muon for the layers' matrices, AdamW else.

    Muon (Jordan 2024; in PyTorch since 2.9) makes a step's directions equally strong. At 220
    steps the loss of the 2m was 2.14, where AdamW alone had brought it to 3.54.
    """
    import torch

    layers = [p for p in model.model.layers.parameters() if p.dim() == 2]
    chosen = set(map(id, layers))
    others = [p for p in model.parameters() if id(p) not in chosen]
    muon = torch.optim.Muon(
        layers, weight_decay=recipe.weight_decay, adjust_lr_fn="match_rms_adamw"
    )
    adam = torch.optim.AdamW(others, betas=(0.9, 0.95), weight_decay=0.0)
    return [(muon, recipe.peak_rate), (adam, recipe.peak_rate_adam)]


def _checkpoint(folder: Path, model: Any, optimizers: list[tuple[Any, float]], step: int) -> None:
    """Write weights and the optimizers' state as one safetensors file, in one step."""
    from safetensors.torch import save_file

    tensors = {f"model.{name}": p.detach() for name, p in model.named_parameters()}
    for which, (optimizer, _) in enumerate(optimizers):
        for number, state in optimizer.state_dict()["state"].items():
            tensors |= {f"{which}.{number}.{name}": value for name, value in state.items()}
    temporary = folder / ".checkpoint.safetensors"
    save_file(tensors, temporary, {"step": str(step)})
    temporary.replace(folder / "checkpoint.safetensors")


def _restore(folder: Path, model: Any, optimizers: list[tuple[Any, float]]) -> int:
    """Load the last checkpoint if there is one; return the number of steps it has done."""
    import torch
    from safetensors import safe_open

    path = folder / "checkpoint.safetensors"
    if not path.exists():
        return 0
    with safe_open(path, "pt") as file:
        step = int(file.metadata()["step"])
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                parameter.copy_(file.get_tensor(f"model.{name}"))
        states: list[dict[int, dict[str, Any]]] = [{} for _ in optimizers]
        for key in file.keys():  # noqa: SIM118 - not a dictionary
            which, number, name = key.split(".", 2)
            if which.isdigit():
                states[int(which)].setdefault(int(number), {})[name] = file.get_tensor(key)
    for (optimizer, _), state in zip(optimizers, states, strict=True):
        optimizer.load_state_dict(optimizer.state_dict() | {"state": state})
    return step


def _append(path: Path, row: dict[str, float]) -> None:
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        if new:
            writer.writeheader()
        writer.writerow(row)


def _cut_curve(folder: Path, step: int) -> float:
    """Take off what a killed run wrote after its last checkpoint; return the seconds until then."""
    path = folder / "curve.csv"
    if not path.exists():
        return 0.0
    head, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if int(line.split(",")[0]) <= step]
    replace_file(path, "".join([head, *kept]))
    return curve(folder)[-1]["seconds"] if kept else 0.0


def curve(folder: Path) -> list[dict[str, float]]:
    """Read the curve that `grow` has written to a folder: a point at every checkpoint."""
    path = folder / "curve.csv"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    whole = {"step": int, "tokens": int}
    return [
        {name: whole.get(name, float)(value) for name, value in row.items()}
        for row in csv.DictReader(lines)
    ]


def bits_per_byte(model: Any, tokenizer: Any, texts: Sequence[str]) -> float:
    """Return the model's bits for a byte of `texts`, each read on its own; lower is better."""
    import torch

    if not texts:
        return math.nan
    total, size = 0.0, 0
    model.eval()
    with torch.no_grad():
        for text in texts:
            ids = tokenizer(f"{END}{text}{END}", add_special_tokens=False)["input_ids"]
            row = torch.tensor([ids])
            total += model(input_ids=row, labels=row).loss.item() * (len(ids) - 1)
            size += len(text.encode("utf-8")) + 1
    model.train()
    return total / size / math.log(2)


def save(model: Any, tokenizer: Any, folder: Path) -> None:
    """Write a model as bf16 safetensors with its tokenizer, a folder that Hugging Face loads."""
    import torch

    copy.deepcopy(model).to(torch.bfloat16).save_pretrained(folder)  # the rotary table stays fp32
    tokenizer.save_pretrained(folder)
