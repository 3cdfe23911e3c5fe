"""A further engine is one module and one line of `engines/spec.py`, as README says."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import engines, sweep
from helpers.cli.main import main
from helpers.course import scoreboard
from helpers.engines.spec import SPECS, EngineSpec, register

NEAREST = '''
"""The answer of the training row that is most similar."""

from rapidfuzz import fuzz, process

from helpers.core import fingerprints
from helpers.core.source import source_of
from helpers.engines.baseline import OneByOne
from helpers.tasks.base import Answer


def create(task, name, progress=iter):
    train = task.load("train")
    prompts = [row.prompt for row in train]

    def answer(row):
        _, _, at = process.extractOne(row.prompt, prompts, scorer=fuzz.ratio)
        return Answer(train[at].target)

    # Answers are kept under this name: it must tell all that they depend on.
    rows = [row.row() for row in train]
    fingerprint = fingerprints.digest(name, rows, task.fingerprint(), source_of(__name__))
    return OneByOne(name, fingerprint, answer, settings={"train_rows": len(train)})
'''
LINE = EngineSpec("nearest", "nearest row", "helpers.engines.nearest", fitted=True)
SHOWN = 'EngineSpec("nearest", "nearest row", "helpers.engines.nearest", fitted=True),'
FIRST = "for _spec in (\n"  # of the table in spec.py
PROJECT = Path(__file__).parents[2]


@pytest.fixture
def nearest(tmp_path: Path, runs_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The engine's module in a further folder of engines, and its line."""
    folder = tmp_path / "engines"
    folder.mkdir()
    (folder / "nearest.py").write_text(NEAREST, encoding="utf-8")
    monkeypatch.setattr(engines, "__path__", [*engines.__path__, str(folder)])
    register(LINE)
    yield
    del SPECS[LINE.name]
    sys.modules.pop(LINE.module, None)
    vars(engines).pop("nearest", None)


def test_readme_shows_the_line() -> None:
    assert SHOWN in (PROJECT / "helpers" / "engines" / "README.md").read_text(encoding="utf-8")
    assert LINE.name not in SPECS


def test_it_scores_predicts_and_is_compared(
    nearest: None, bash_folder: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked = ["--task", "dictated_bash", "--data-dir", str(bash_folder)]
    files = {name: str(bash_folder / f"{name}.jsonl") for name in ("nearest", "rules")}
    for name, file in files.items():
        assert main(["score", *asked, "--engine", name, "--split", "train", "--out", file]) == 0
        record = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert (record["engine"], record["n"]) == (name, 24)
        if name == "nearest":
            assert record["exact"] == 1 and record["settings"] == {"train_rows": 24}
            assert scoreboard.engine(record) == "nearest row"
    assert main(["compare", *files.values()]) == 0
    assert json.loads(capsys.readouterr().out)["difference"] > 0
    line = io.BytesIO(b"find dot dash name star dot TXT\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(line))
    assert main(["predict", *asked, "--engine", "nearest"]) == 0
    assert capsys.readouterr().out == "find . -name *.txt\n"


def test_it_is_a_line_of_a_sweep(bash_folder: Path, tmp_path: Path) -> None:
    """A cell is a process of its own, so here the line stands in a copy of the table itself."""
    copy = tmp_path / "copy"
    shutil.copytree(PROJECT / "helpers", copy / "helpers")
    shutil.copy(PROJECT / "pyproject.toml", copy)
    for name in ("data", "notebooks"):
        (copy / name).mkdir()
    (copy / "helpers" / "engines" / "nearest.py").write_text(NEAREST, encoding="utf-8")
    table = copy / "helpers" / "engines" / "spec.py"
    code = table.read_text(encoding="utf-8")
    assert code.count(FIRST) == 1
    table.write_text(code.replace(FIRST, f"{FIRST}    {SHOWN}\n"), encoding="utf-8")
    grid = "task: dictated_bash\ndata: {folder: %s}\nscore: {engine: [rules, nearest]}\n"
    (copy / "some.yaml").write_text(grid % bash_folder, encoding="utf-8")
    places = {"PYTHONPATH": str(copy), "TINY_SPECIALISTS_RUNS": str(tmp_path / "runs")}
    done = subprocess.run(
        [sys.executable, "-m", "helpers", "sweep", "some.yaml"],
        cwd=copy, env=os.environ | places, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [line.split()[:2] for line in done.stdout.splitlines()[1:3]] == [
        ["rules", "6"], ["nearest", "6"]
    ]  # fmt: skip


def test_rows_that_it_is_fitted_on_are_asked_for_before_a_sweep(
    nearest: None, bash_folder: Path, tmp_path: Path
) -> None:
    """An engine that is fitted needs train, whatever its name."""
    (bash_folder / "train.jsonl").unlink()
    file = tmp_path / "some.yaml"
    text = "task: dictated_bash\ndata: {folder: %s}\nscore: {engine: %s}\n"
    file.write_text(text % (bash_folder, "rules"), encoding="utf-8")
    assert len(sweep.read(file)) == 1
    file.write_text(text % (bash_folder, "nearest"), encoding="utf-8")
    with pytest.raises(sweep.SweepError, match="train.jsonl: is missing"):
        sweep.read(file)
