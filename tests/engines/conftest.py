"""A tiny random Qwen3, its tokenizer, and a run with a random adapter upon it: no downloads."""

import json
from pathlib import Path

import pytest

from helpers import paths, tasks
from helpers.engines.loading import Loaded, load
from helpers.finetune.tiny_base import train_tokenizer
from helpers.rows import Example
from helpers.tasks.base import Task

PADDED = 640  # rows of the embedding; the tokenizer has fewer tokens, as real ones do


@pytest.fixture(scope="session")
def tiny(save_random_model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder: two layers of random weights, wide enough to prefer something."""
    rows = [row for name in tasks.NAMES for row in tasks.get(name).load("valid")[:150]]
    tokenizer = train_tokenizer((text for row in rows for text in (row.prompt, row.target)), 600)
    return save_random_model(tmp_path_factory.mktemp("tiny"), tokenizer, PADDED)


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
