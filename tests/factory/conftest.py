"""A small folder of labelled messages, cases of it, and a server that writes and judges."""

import json
from pathlib import Path

import pytest
from some_cases import KEY, LABELS
from speaker import FINE, Speaker

from helpers import tasks
from helpers.core.examples import Example, write_rows
from helpers.tasks.base import Task


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of eighteen messages."""
    folder = tmp_path / "rows"
    rows = [
        Example(f"{label}-{n}", text, label, group=f"{label} {n}")
        for label, texts in {
            "delivery_late": ("Where is my order?", "My order is a week late!"),
            "delivery_wrong_item": ("You sent a sofa, not a chair.", "That is not my size at all"),
            "product_defect": ("It broke in one day.", "The screen of it stays black"),
        }.items()
        for n, text in enumerate(texts)
    ]
    write_rows(folder / "train.jsonl", rows)
    held = [Example("v", "Is the parcel lost? I ask for the third time", "delivery_late")]
    write_rows(folder / "valid.jsonl", held)
    test = Example("t", FINE.format("the vase has a crack"), "product_defect")
    write_rows(folder / "test.jsonl", [test])
    (folder / "labels.json").write_text(json.dumps(LABELS))
    return folder


@pytest.fixture
def labels(folder: Path) -> Task:
    """The task of that folder."""
    return tasks.get("support_label", folder)


@pytest.fixture
def speaker(monkeypatch: pytest.MonkeyPatch, runs_dir: Path):
    """The server, and a key for it; runs are the test's own."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    server = Speaker()
    yield server
    server.shutdown()
    server.server_close()
