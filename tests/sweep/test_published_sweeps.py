"""The committed sweeps: each belongs to its grid, to the bundled rows and to a commit."""

from pathlib import Path

import pytest

from helpers import sweep, tasks
from helpers.core import fingerprints, paths
from helpers.sweep import published

FILES = sorted(published.folder().glob("*.jsonl"))


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def file(request, runs_dir) -> Path:
    """Each published sweep; what reading its grid writes goes to the test's own runs."""
    return request.param


def test_each_task_has_a_sweep():
    assert {file.stem for file in FILES} >= set(tasks.names())


def test_every_cell_of_its_grid_is_there_and_no_other(file):
    """A grid that was changed, or a cell left out, would make the notebook tell another story."""
    grid = paths.root() / "data" / "sweeps" / f"{file.stem}.yaml"
    cells, lines = sweep.read(grid), published.read(file)
    assert [line["values"] for line in lines] == [dict(cell.values) for cell in cells]
    assert [line["label"] for line in lines] == [cell.label for cell in cells]
    assert ["training" in line for line in lines] == [bool(cell.training) for cell in cells]


def test_the_graded_rows_are_the_bundled_ones(file):
    """Rows are paired by their place: those of other rows would be paired all the same."""
    for line in published.read(file):
        limit = line["values"].get("score.limit")
        rows = tasks.get(line["task"]).load(line["split"])[:limit]
        before = published.earlier_rows(line["task"], line["split"])[:limit]
        known = [fingerprints.digest([row.row() for row in some]) for some in (rows, before)]
        assert line["content"] in known, line["label"]
        assert bool(published.mended_since(line)) == (line["content"] != known[0])
        assert len(line["right"]) == len(line["groups"]) == line["n"] == len(rows)
        numbers: dict[str, int] = {}
        assert line["groups"] == [numbers.setdefault(row.group, len(numbers)) for row in rows]


def test_the_scores_are_those_of_the_rows(file):
    for line in published.read(file):
        assert set(line["right"]) <= set("01")
        assert line["right"].count("1") / line["n"] == line["exact"], line["label"]
        assert line["exact_ci"][0] <= line["exact"] <= line["exact_ci"][1]


def test_a_commit_made_each_score_and_each_training(file):
    """What no commit holds nobody can make again."""
    for line in published.read(file):
        for made in filter(None, (line, line.get("training"))):
            assert made.get("commit") and "dirty" not in made["commit"], line["label"]
        if "training" in line:
            assert line["training"]["run"].startswith(f"finetune-{line['task']}-"), line["label"]
