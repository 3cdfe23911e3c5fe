"""A tiny random Qwen3 with a tokenizer and a template, and a handful of rows: no downloads."""

from dataclasses import replace
from pathlib import Path

import pytest

from helpers import profiles, tasks
from helpers.finetune.tiny_base import QWEN2
from helpers.profiles import Profile
from helpers.prompts import CHATML
from helpers.rows import Example, write_rows
from helpers.tasks.base import Task

ROWS = [
    ("ls dash L", "ls -l"),
    ("wc dash L a dot txt", "wc -l a.txt"),
    ("find dot dash name star dot txt", "find . -name *.txt"),
    ("sort a dot txt pipe uniq dash C", "sort a.txt | uniq -c"),
    ("du dash S H dot", "du -sh ."),
    ("df dash H", "df -h"),
]


def small_tokenizer():
    """Train a byte-level BPE on the rows, with Qwen2's pre-tokenizer and the ChatML template."""
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    bpe = Tokenizer(models.BPE())
    split = pre_tokenizers.Split(Regex(QWEN2), behavior="isolated")
    level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    bpe.pre_tokenizer = pre_tokenizers.Sequence([split, level])
    bpe.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=320,
        special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    bpe.train_from_iterator([text for row in ROWS for text in row], trainer)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=bpe, eos_token="<|im_end|>", pad_token="<|endoftext|>"
    )
    tokenizer.chat_template = CHATML
    return tokenizer


@pytest.fixture(scope="session")
def tokenizer():
    """The tokenizer alone."""
    return small_tokenizer()


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder: two layers of random weights, 64 wide."""
    import torch
    from transformers import Qwen3Config, Qwen3ForCausalLM

    torch.manual_seed(7)
    config = Qwen3Config(
        vocab_size=320,
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=16,
        max_position_embeddings=512,
        initializer_range=0.3,
        tie_word_embeddings=True,
    )
    folder = tmp_path_factory.mktemp("base")
    Qwen3ForCausalLM(config).save_pretrained(folder)
    small_tokenizer().save_pretrained(folder)
    return folder


@pytest.fixture
def task(tmp_path: Path) -> Task:
    """Dictated bash on six rows to be learned by heart: the rows to choose on are the same."""
    folder = tmp_path / "rows"
    for split in ("train", "valid"):
        rows = [Example(f"{split}{n}", *row, "Write.") for n, row in enumerate(ROWS)]
        write_rows(folder / f"{split}.jsonl", rows)
    return tasks.get("dictated_bash", folder)


@pytest.fixture
def tiny(base: Path) -> Profile:
    """A profile that trains the tiny model in seconds."""
    return replace(
        profiles.get("cpu", engine="transformers", base=str(base)),
        rank=16, alpha=32, batch=4, steps=8, learning_rate=1e-2, max_length=128,
    )  # fmt: skip
