"""New rows are new: to the bundled ones, and to what is held out of them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import tasks
from helpers.core import paths
from helpers.core.examples import DataError
from helpers.corpora import generate
from helpers.corpora.generate import held_out

SPOKEN = paths.data("spoken_bash")


@pytest.mark.parametrize("name", tasks.names())
def test_drawn_rows_are_new_and_can_be_used(name):
    task = tasks.get(name)
    rows = generate.draw(name, 30, seed=3)
    assert rows == generate.draw(name, 30, seed=3) != generate.draw(name, 30, seed=4)
    bundled = {row.prompt for split in ("train", "valid", "test") for row in task.load(split)}
    assert not bundled & {row.prompt for row in rows}
    assert not held_out(name) & {row.group for row in rows}
    for row in rows:
        task.check(row)
    grades = task.grade([row.target for row in rows], rows)
    assert all(grade.exact for grade in grades)


def test_rows_like_errors_are_near_to_each_of_them():
    pool = generate.draw("dictated_bash", 400, seed=1)
    errors = [pool[7], pool[300]]
    found = generate.like(errors, pool, 6)
    assert len(found) == len({row.id for row in found}) == 6
    assert found[:2] == errors
    assert generate.like(errors, pool[:3], 6) and len(generate.like(errors, pool[:3], 6)) == 3
    with pytest.raises(ValueError, match="no errors"):
        generate.like([], pool, 3)


def test_a_task_that_nothing_writes_is_refused():
    with pytest.raises((ValueError, KeyError)):
        generate.draw("poems", 1, seed=0)


def test_rows_of_a_folder_leak_into_no_other_folder_of_the_task():
    rows = generate.draw("spoken_bash", 60, seed=3)
    groups = {row.group for row in rows}
    assert not groups & (held_out("spoken_bash") | held_out("dictated_bash"))
    assert {row.extra["tier"] for row in rows} > {"heard", "none"}
    assert len({row.prompt for row in rows}) == 60


def test_a_folder_has_the_bundled_rows_and_new_ones_of_train(tmp_path):
    command = ["-m", "helpers", "draw", "spoken_bash", str(tmp_path / "rows"), "--rows", "7"]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True)
    task, bundled = (tasks.get("dictated_bash", at) for at in (tmp_path / "rows", SPOKEN))
    train = task.load("train")
    assert json.loads(done.stdout.splitlines()[-1]) == {"train": len(train)}
    assert train[:-7] == bundled.load("train")
    new = generate.draw("spoken_bash", 7, generate.SEED)
    assert [(row.prompt, row.target) for row in train[-7:]] == [(r.prompt, r.target) for r in new]
    for split in ("valid", "test"):
        assert task.load(split) == bundled.load(split)
    with pytest.raises(DataError, match="is not empty; name a new folder"):
        generate.write_folder("spoken_bash", new, tmp_path / "rows")


def test_a_folder_may_be_a_link_and_is_neither_this_one_nor_a_file(tmp_path, monkeypatch):
    new = generate.draw("dictated_path", 2, generate.SEED)
    for name in ("here", "disk"):
        (tmp_path / name).mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "disk")
    (tmp_path / "file").write_text("mine", "utf-8")
    monkeypatch.chdir(tmp_path / "here")
    train = generate.write_folder("dictated_path", new, tmp_path / "link")
    assert len(tasks.get("dictated_path", tmp_path / "link").load("train")) == train
    with pytest.raises(DataError, match="is the current folder; name a new folder"):
        generate.write_folder("dictated_path", new, Path())
    assert (tmp_path / "link").is_symlink()
    with pytest.raises(DataError, match="file: is a file; name a new folder"):
        generate.write_folder("dictated_path", new, tmp_path / "file")
