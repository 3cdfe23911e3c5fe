"""A tiny random Qwen3, its tokenizer, and a run with a random adapter upon it: no downloads."""

import json
from pathlib import Path

import pytest

from helpers import paths, tasks
from helpers.engines.loading import Loaded, load
from helpers.prompts import CHATML
from helpers.rows import Example
from helpers.tasks.base import Task

QWEN2 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
PADDED = 640  # rows of the embedding; the tokenizer has fewer tokens, as real ones do


def train_tokenizer(texts: list[str]):
    """Train a byte-level BPE of 600 tokens with Qwen2's pre-tokenizer."""
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(QWEN2), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    bpe.decoder = decoders.ByteLevel()
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    bpe.train_from_iterator(
        texts,
        trainers.BpeTrainer(
            vocab_size=600, special_tokens=special, initial_alphabet=alphabet, show_progress=False
        ),
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=bpe, eos_token="<|im_end|>", pad_token="<|endoftext|>"
    )
    tokenizer.chat_template = CHATML
    return tokenizer


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder: two layers of random weights, wide enough to prefer something."""
    import torch
    from transformers import Qwen3Config, Qwen3ForCausalLM

    rows = [row for name in tasks.NAMES for row in tasks.get(name).load("valid")[:150]]
    tokenizer = train_tokenizer([text for row in rows for text in (row.prompt, row.target)])
    torch.manual_seed(7)
    config = Qwen3Config(
        vocab_size=PADDED,
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=16,
        max_position_embeddings=1024,
        initializer_range=0.3,
        tie_word_embeddings=True,
    )
    folder = tmp_path_factory.mktemp("tiny")
    Qwen3ForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def loaded(tiny: Path) -> Loaded:
    """The tiny model, loaded once."""
    return load(tiny)


@pytest.fixture(scope="session")
def tuned(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of fine-tuning for support labels: a record, and an adapter of random weights."""
    import torch
    from peft import LoraConfig, get_peft_model

    folder = tmp_path_factory.mktemp("runs") / "finetune-labels"
    model = load(tiny).model
    config = LoraConfig(r=4, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM")
    torch.manual_seed(8)
    adapted = get_peft_model(model, config)
    for name, weights in adapted.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weights, std=0.5)
    adapted.save_pretrained(folder / "adapter")
    record = {"base": paths.shown(tiny), "task": "support_label", "mix": 0.3, "variant": "raw"}
    (folder / "record.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


@pytest.fixture(params=tasks.NAMES)
def task(request: pytest.FixtureRequest) -> Task:
    """Each of the three tasks."""
    return tasks.get(request.param)


@pytest.fixture
def some(task: Task) -> list[Example]:
    """Ten rows of unlike lengths."""
    return task.load("valid")[:100:10]
