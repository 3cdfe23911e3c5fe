"""A record tells where its answers were made, not where they were last looked at."""

import json

import pytest

from helpers import scoring, tasks
from helpers.core import provenance, records, runs
from helpers.core.examples import Example, Prediction

EXAMPLES = [Example(f"{i:02d}", f"word{i} dash L", f"word{i} -l") for i in range(4)]
THERE = {"machine": "abacus", "system": "Babbage", "cpus": 1}
TASK = tasks.get("dictated_bash")


class Slow:
    """Answers two rows at a time, and may be stopped after so many of them."""

    name, batch_size, fingerprint, settings = "slow", 2, "1", {}

    def __init__(self, stop_after: int = 9):
        self.stop_after, self.answered = stop_after, 0

    def answer(self, examples):
        if self.answered == self.stop_after:
            raise KeyboardInterrupt
        self.answered += len(examples)
        return [Prediction(e.id, e.prompt, 0.5) for e in examples]

    def forget(self, examples):
        self.answered = 0


def score(engine, fresh=False):
    return scoring.score(TASK, engine, EXAMPLES, "test", fresh=fresh).record


@pytest.fixture
def elsewhere(runs_dir, monkeypatch):
    """A function after which this process stands on another machine, later."""
    real = runs.environment()

    def move(**changes):
        there = real | {"hardware": THERE, "created": "2031-01-01T00:00:00+00:00"} | changes
        monkeypatch.setattr(runs, "environment", lambda: there)

    return move


def test_answers_found_again_keep_their_machine_versions_and_date(elsewhere):
    first = score(Slow())
    elsewhere(versions={"python": "4.0"})
    assert score(Slow()) == first
    assert score(Slow(), fresh=True)["hardware"] == THERE


def test_a_run_that_went_on_elsewhere_tells_of_both_machines(elsewhere):
    with pytest.raises(KeyboardInterrupt):
        score(Slow(stop_after=2))
    elsewhere()
    record = score(Slow())
    assert record["hardware"] != THERE and record["created"] < "2031"
    assert [one["hardware"] for one in record["resumed"]] == [THERE]


def test_a_run_that_went_on_on_the_same_machine_tells_of_it_once(runs_dir):
    with pytest.raises(KeyboardInterrupt):
        score(Slow(stop_after=2))
    assert "resumed" not in score(Slow())


def test_a_start_that_answers_nothing_is_not_told_of(elsewhere):
    with pytest.raises(KeyboardInterrupt):
        score(Slow(stop_after=0))
    elsewhere()
    record = score(Slow())
    assert record["hardware"] == THERE and "resumed" not in record


def test_another_commit_that_graded_is_told_beside_the_one_that_answered(elsewhere, monkeypatch):
    monkeypatch.setattr(runs, "commit", lambda: "a1")
    assert score(Slow())["commit"] == "a1"
    monkeypatch.setattr(runs, "commit", lambda: "b2")
    record = score(Slow())
    assert (record["commit"], record["graded_commit"]) == ("a1", "b2")
    assert records.commits(record) == ["a1", "b2"]


@pytest.mark.parametrize("text", [None, "", "[]", "{}", "[7]", '[{"commit": "a"}]'])
def test_answers_of_unknown_origin_are_made_again(runs_dir, text):
    folder = runs_dir / score(Slow())["run"]
    (folder / provenance.FILE).unlink()
    if text is not None:
        (folder / provenance.FILE).write_text(text)
    engine = Slow()
    score(engine)
    assert engine.answered == len(EXAMPLES)
    assert len((folder / "predictions.jsonl").read_text().splitlines()) == len(EXAMPLES)


def test_the_most_memory_is_that_of_the_answering(runs_dir, monkeypatch):
    monkeypatch.setattr(runs, "peak_memory_mb", lambda: 7)
    folder = runs_dir / score(Slow())["run"]
    monkeypatch.setattr(runs, "peak_memory_mb", lambda: 9)
    assert score(Slow())["peak_memory_mb"] == 7
    (noted,) = json.loads((folder / provenance.FILE).read_text())
    assert noted["peak_memory_mb"] == 7
