"""A tiny random Qwen3 with a tokenizer and a template, and a handful of rows: no downloads."""

from collections.abc import Callable
from pathlib import Path

import pytest
import small_runs

from helpers import tasks
from helpers.corpora import base_text
from helpers.corpora.base_text import Material
from helpers.finetune import trainers
from helpers.finetune.tiny_base import train_tokenizer
from helpers.profiles import Profile
from helpers.rows import Example, write_rows
from helpers.tasks.base import Task

VOCABULARY = 320
ROWS = [
    ("ls dash L", "ls -l"),
    ("wc dash L a dot txt", "wc -l a.txt"),
    ("find dot dash name star dot txt", "find . -name *.txt"),
    ("sort a dot txt pipe uniq dash C", "sort a.txt | uniq -c"),
    ("du dash S H dot", "du -sh ."),
    ("df dash H", "df -h"),
]


@pytest.fixture(scope="session")
def tokenizer():
    """The tokenizer alone."""
    return train_tokenizer((text for row in ROWS for text in row), VOCABULARY)


@pytest.fixture(scope="session")
def base(save_random_model, tokenizer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder: two layers of random weights, 64 wide."""
    return save_random_model(tmp_path_factory.mktemp("base"), tokenizer, VOCABULARY)


@pytest.fixture(scope="session")
def material() -> Material:
    """A little of what the tiny bases grow on."""
    return base_text.gather(300, seed=1)


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
    return small_runs.profile(base, "transformers")


@pytest.fixture
def train(engine: str, task: Task, base: Path, runs: Path) -> Callable[..., Path]:
    """Train the tiny model with the engine of the file, silently, in runs of the test's own."""
    module, profile = trainers.resolve(small_runs.profile(base, engine), task)

    def run(**changes) -> Path:
        return module.finetune(task, profile, **{"report": lambda line: None} | changes)

    return run
