"""The tiny base models: Qwen3's architecture at one to three million weights.

What is grown: a recipe, one tokenizer, three depths, and batches of `corpora.base_text` alone,
each of which depends on the seed and its number only. The steps are in `growing_loop`.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from helpers.corpora import base_text
from helpers.corpora.base_text import END, Material
from helpers.tasks.prompts import CHATML

# Qwen2's pre-tokenizer, letter for letter: llama.cpp knows it by this pattern.
QWEN2 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
VOCABULARY = 1024
SECOND = 0.3  # where a restarted rate begins, as a share of the peak
WIDTH = 256  # a multiple of 256, which 4-bit "K" quantization asks for
LAYERS = {"1m": 2, "2m": 5, "3m": 7}
KEY_VALUE_HEADS = {"1m": 2, "2m": 1, "3m": 1}  # two layers find nothing to copy with one


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
        num_key_value_heads=KEY_VALUE_HEADS[size],
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
