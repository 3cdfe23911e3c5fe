"""What travels, and what never does."""

import subprocess
from pathlib import Path

import pytest

from helpers.core import bundle


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A clone with tracked files, one that is gone, and private ones that git does not track."""
    folder = tmp_path / "clone"
    for name in ("helpers/a.py", "data/b.jsonl", "gone.txt", "runs/x/record.json", ".env", "note"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    run = ["git", "-C", str(folder)]
    subprocess.run([*run, "init", "-q"], check=True)
    subprocess.run([*run, "add", "helpers", "data", "gone.txt"], check=True)
    (folder / "gone.txt").unlink()
    return folder


def test_tracked_files_travel_and_nothing_else(repository):
    assert bundle.code(repository).files == ("data/b.jsonl", "helpers/a.py")


def test_a_tracked_secret_is_refused(repository):
    subprocess.run(["git", "-C", str(repository), "add", "-f", ".env"], check=True)
    with pytest.raises(ValueError, match=r"^\.env looks like a secret; take it out of git"):
        bundle.code(repository)


def test_another_content_has_another_name(repository):
    before = bundle.code(repository).digest
    assert bundle.code(repository).digest == before
    (repository / "helpers" / "a.py").write_text("other")
    assert bundle.code(repository).digest != before


def test_outside_of_a_clone_one_line_says_so(tmp_path):
    with pytest.raises(ValueError, match=r"is no clone: .*; clone the course"):
        bundle.code(tmp_path)


def test_of_a_data_folder_rows_and_labels_travel(tmp_path):
    for name in ("train.jsonl", "test.jsonl", "labels.json", "customers.xlsx", ".env"):
        (tmp_path / name).write_text(name)
    assert bundle.rows(tmp_path).files == ("labels.json", "test.jsonl", "train.jsonl")


def test_of_a_base_weights_and_tokenizer_travel(tmp_path):
    kept = ("chat_template.jinja", "config.json", "model.safetensors", "tokenizer.json")
    for name in (*kept, "optimizer.pt", "pytorch_model.bin", "notes.txt"):
        (tmp_path / name).write_text(name)
    assert bundle.model(tmp_path).files == kept
