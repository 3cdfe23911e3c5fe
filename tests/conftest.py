"""What several tests use: small data folders, a runs folder and a clone of their own."""

import hashlib
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import browser
import pytest
from families import save_run
from hypothesis import settings

from helpers import tasks
from helpers.core import paths
from helpers.core.examples import Example, write_rows
from helpers.corpora import base_text
from helpers.corpora.base_text import Material
from helpers.models import hub
from helpers.pretrain.tiny_base import train_tokenizer
from helpers.remote import loopback
from helpers.speech import synthesize
from helpers.tasks.base import Task
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.verbalize import verbalize

settings.register_profile("course", deadline=None, print_blob=True)  # machines are noisy
settings.load_profile("course")



def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line which tests were left out, and how to have them."""
    if absent := synthesize.missing():
        terminalreporter.write_line(
            "left out: tests/speech/test_voices.py and others that listen, for want of "
            f"{' and '.join(absent)}; {synthesize.MISSING}"
        )
    if absent := loopback.missing():
        terminalreporter.write_line(
            f"left out: tests/remote/test_loop.py and two more, for want of {' and '.join(absent)} "
            "(Debian: apt-get install openssh-server rsync tmux; make check-remote)"
        )
    if absent := browser.missing():
        terminalreporter.write_line(
            "left out: tests/export/test_web_page.py (without chromium tests/serve/test_page.py "
            f"and tests/course/test_browsing.py, too), for want of {' and '.join(absent)} (Debian: "
            "apt-get install chromium npm; make check-web)"
        )
    if not find_spec("ray"):
        terminalreporter.write_line(
            "left out: tests/sweep/test_cluster.py, for want of Ray (pip install -r "
            "requirements-cluster.txt; make check-cluster)"
        )
    if not shutil.which("npm"):
        terminalreporter.write_line("left out: tests/core/test_npm.py, for want of npm")
    if not shutil.which("go"):
        terminalreporter.write_line(
            "left out: tests/export/test_ollama_in_go.py, for want of Go (make check-template)"
        )


PADDED = 640  # rows of the embedding; the tokenizer has fewer tokens, as real ones do

COMMANDS = """\
find . -name *.txt
find . -type f
find /tmp -name a.txt
find / -type d
ls -l
ls -a /tmp
ls -la .
wc -l a.txt
wc -w b.txt
sort a.txt | uniq -c
sort -u b.txt
cat a.txt | wc -l
cat /tmp/b.txt
grep -r foo .
grep -E bar a.txt
tar -xzf a.tar.gz
tar -czf b.tar.gz src
git commit -m "fix it"
git push -u origin
head -n 10 a.txt
tail -n 5 b.txt
du -sh .
df -h
echo "hello world" > a.txt
ps aux | grep foo
chmod 644 a.txt
mkdir -p src/lib
rm -rf src
cp a.txt /tmp
mv b.txt src""".splitlines()


@pytest.fixture(scope="session")
def commands() -> list[str]:
    """Thirty commands, each of which can be dictated."""
    return COMMANDS


def bash_rows(commands: list[str]) -> list[Example]:
    """Dictate commands."""
    return [Example(f"{i:05d}", verbalize(c, BASH), c) for i, c in enumerate(commands)]


@pytest.fixture
def bash_folder(tmp_path: Path) -> Path:
    """A data folder: 24 rows to train on, 6 to test on."""
    folder = tmp_path / "rows"
    write_rows(folder / "train.jsonl", bash_rows(COMMANDS[::2] + COMMANDS[1:18:2]))
    write_rows(folder / "test.jsonl", bash_rows(COMMANDS[19::2]))
    return folder


@pytest.fixture
def runs_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of runs that belongs to this test."""
    folder = tmp_path / "runs"
    monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(folder))
    return folder


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A clone of the course, empty but for its folders; `paths.root()` is this one."""
    folder = (tmp_path / "clone").resolve()
    for name in ("data", "notebooks"):
        (folder / name).mkdir(parents=True)
    (folder / "pyproject.toml").write_bytes((paths.root() / "pyproject.toml").read_bytes())
    monkeypatch.setenv("TINY_SPECIALISTS_ROOT", str(folder))
    paths.root.cache_clear()
    yield folder
    paths.root.cache_clear()


class Hub:
    """The cache of a hub that is offline, laid out as huggingface_hub does."""

    def __init__(self, folder: Path) -> None:
        """Begin with nothing fetched."""
        self.folder = folder

    def put(self, name: str, model: Path | None = None, **files: str) -> str:
        """Have a folder's files, and others, as the newest commit; return the commit."""
        content = {file.name: file.read_bytes() for file in model.iterdir()} if model else {}
        content |= {file: text.encode() for file, text in files.items()}
        commit = hashlib.sha1(repr(sorted(content.items())).encode()).hexdigest()
        repository = self.folder / f"models--{name.replace('/', '--')}"
        snapshot = repository / "snapshots" / commit
        for folder in (snapshot, repository / "refs"):
            folder.mkdir(parents=True, exist_ok=True)
        for file, text in content.items():
            (snapshot / file).write_bytes(text)
        (repository / "refs" / "main").write_text(commit)
        forget_fetched()
        return commit


def forget_fetched() -> None:
    """Look for models of the hub anew, as another process would."""
    hub.configuration.cache_clear()
    hub.snapshot.cache_clear()


@pytest.fixture(name="hub")
def offline_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The hub, switched off as by HF_HUB_OFFLINE=1, with a cache in a folder of the test's."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hf" / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    forget_fetched()
    yield Hub(tmp_path / "hf" / "hub")
    forget_fetched()


@pytest.fixture(scope="session")
def save_random_model():
    """Write a Qwen3 of two layers of random weights, 64 wide, with its tokenizer; no downloads."""
    import torch
    from transformers import Qwen3Config, Qwen3ForCausalLM

    def save(folder: Path, tokenizer: Any, vocabulary: int) -> Path:
        torch.manual_seed(7)
        config = Qwen3Config(
            vocab_size=vocabulary,
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
        Qwen3ForCausalLM(config).save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        return folder

    return save


@pytest.fixture(scope="session")
def tiny(save_random_model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder: two layers of random weights, wide enough to prefer something."""
    rows = [row for name in tasks.names() for row in tasks.get(name).load("valid")[:150]]
    tokenizer = train_tokenizer((text for row in rows for text in (row.prompt, row.target)), 600)
    return save_random_model(tmp_path_factory.mktemp("tiny"), tokenizer, PADDED)


@pytest.fixture(scope="session")
def tuned(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of fine-tuning for support labels: a record, and an adapter of random weights."""
    folder = tmp_path_factory.mktemp("runs") / "finetune-labels"
    return save_run(tiny, folder, ("q_proj", "v_proj"), mix=0.3)


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
