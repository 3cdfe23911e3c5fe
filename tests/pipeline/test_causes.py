"""What an answer failed by: the first stage that could not have saved it is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers import tasks
from helpers.core import examples
from helpers.core.examples import Example
from helpers.pipeline import causes, loading, measuring


@pytest.fixture(scope="module")
def made():
    """The committed pipeline of commands, which reads some of its rows only."""
    return loading.committed(tasks.get("dictated_bash"), most=400)


def test_at_most_so_many_rows_are_read(made):
    assert made.learned["train_rows"] == 400


def test_the_stage_that_lost_an_answer_is_named(made):
    (taken,) = made.answer([Example("0", "LS dash LA.", "")])
    first, second, *_ = causes.listed(made, Example("0", "LS dash LA.", ""), taken)
    rows = [
        Example("1", "LS dash LA.", first),
        Example("2", "LS dash LA.", second),  # listed, and another one taken
        Example("3", "LS dash LA.", "find . -delete"),  # no reading of these words
        Example("4", "we must cut costs", "cut -c1"),  # taken for talk that is no command
        Example("5", "LS dash LA.", "", extra={"no_answer": True}),  # and the other way about
    ]
    found = causes.causes(made, measuring.measure(made, rows))
    assert found == ["right", "choice", "not listed", "gate", "gate"]
    assert causes.shares(found) == {"right": 20, "gate": 40, "choice": 20, "not listed": 20}


def test_a_wrong_label_is_always_a_choice(tmp_path):
    task = tasks.get("support_label")
    for split in ("train", "test"):
        examples.write_rows(tmp_path / f"{split}.jsonl", task.load(split)[:40])
    (tmp_path / "labels.json").write_bytes((task.data_dir / "labels.json").read_bytes())
    own = loading.committed(replace(task, folder=tmp_path))
    found = causes.causes(own, measuring.measure(own, own.task.load("test")))
    assert set(found) == {"right", "choice"}


def test_rows_of_one_label_are_answered_by_rules(tmp_path):
    """There is nothing to tell apart, and the classifier that needs two labels stopped a page."""
    task = tasks.get("support_label")
    examples.write_rows(tmp_path / "train.jsonl", task.load("train")[:1])
    (tmp_path / "labels.json").write_bytes((task.data_dir / "labels.json").read_bytes())
    own = loading.committed(replace(task, folder=tmp_path))
    (outcome,) = own.answer([Example("1", "My delivery is late", "delivery_late")])
    assert outcome.text == "delivery_late"
