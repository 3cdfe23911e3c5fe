"""A teacher's answers as rows for a student."""

import pytest
from families import save_run

from helpers import engines, tasks
from helpers.core import runs
from helpers.core.examples import DataError, EngineError
from helpers.corpora import generate
from helpers.finetune import distill

TASK = "support_label"


@pytest.fixture
def run(base, tmp_path):
    """A run of random weights, for which nothing was chosen."""
    return save_run(base, tmp_path / "finetune-labels", ("q_proj",), mix=0.3, task=TASK)


@pytest.fixture
def teacher(run):
    """The run, and its best way."""
    runs.write(run, runs.read(run) | {"decode": "rescore"})
    return run


def test_train_grows_by_what_the_teacher_answered(teacher, tmp_path, runs_dir):
    counts = distill.distill(TASK, teacher, tmp_path / "rows", 9)
    task, bundled = tasks.get(TASK, tmp_path / "rows"), tasks.get(TASK)
    train = task.load("train")
    new = generate.draw(TASK, 9, generate.SEED)
    assert counts["train"] == len(train) == len(bundled.load("train")) + 9
    assert [row.prompt for row in train[-9:]] == [row.prompt for row in new]
    engine = engines.create("torch", bundled, model=teacher, decode="rescore")
    assert [row.target for row in train[-9:]] == [p.text for p in engine.answer(new)]
    right = [row.target == true.target for row, true in zip(train[-9:], new, strict=True)]
    assert counts["agree"] == pytest.approx(sum(right) / 9)
    for split in ("valid", "test"):  # true targets, not the teacher's
        assert task.load(split) == bundled.load(split)


def test_what_is_no_answer_of_the_task_is_not_learned(run, tmp_path, runs_dir):
    runs.write(run, runs.read(run) | {"decode": "free"})  # of random weights: no label comes out
    counts = distill.distill(TASK, run, tmp_path / "rows", 5)
    assert counts == {"train": len(tasks.get(TASK).load("train")), "agree": 0}
    assert tasks.get(TASK, tmp_path / "rows").load("train") == tasks.get(TASK).load("train")


def test_no_folder_is_written_over_and_a_teacher_has_a_best_way(run, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(DataError, match="is not empty; name a new folder"):
        distill.distill(TASK, run, tmp_path / "mine", 3)
    with pytest.raises(EngineError, match="names no best way"):
        distill.distill(TASK, run, tmp_path / "rows", 3)
    assert not (tmp_path / "rows").exists()
