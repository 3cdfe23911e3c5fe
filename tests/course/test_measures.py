"""Committed figures: what an answer needs, what text is worth, and the records of a job."""

from __future__ import annotations

import json

import pytest

from helpers import tasks
from helpers.core import paths, runs
from helpers.core.examples import write_rows
from helpers.corpora import same_text
from helpers.course import needs, records, text_curve


def test_an_answer_of_the_base_needs_its_file_and_rescoring_the_table_beside_it(runs_dir):
    """A page counted 4 MB for a system that also ships the n-gram's tables."""
    needed = {system: needs.measure("voice_command", system) for system in ("baseline", "free")}
    assert needed["baseline"]["model_bytes"] == needed["baseline"]["fitted_bytes"] == 0
    assert needed["free"]["model_bytes"] > 4_000_000 and needed["free"]["fitted_bytes"] == 0
    assert all(one["ms_alone"] > 0 < one["ms_in_batch"] for one in needed.values())
    assert needed["free"]["ms_alone"] > needed["free"]["ms_in_batch"]


def test_what_was_fitted_is_counted_where_it_is_needed(tmp_path, runs_dir, monkeypatch):
    small_source(monkeypatch)
    task = few(tmp_path)
    size = {name: needs.fitted_bytes(task, name) for name in needs.SYSTEMS}
    assert size["rescore"] == size["baseline"] > 10_000
    assert size["free"] == size["grammar"] == 0 < size["same_text"]


def few(tmp_path):
    bundled = tasks.get("dictated_bash")
    for split, count in (("train", 60), ("valid", 6), ("test", 6)):
        write_rows(tmp_path / "few" / f"{split}.jsonl", bundled.load(split)[:count])
    return tasks.get("dictated_bash", tmp_path / "few")


def small_source(monkeypatch):
    source = same_text.Source(same_text._commands, 48, 48)
    monkeypatch.setitem(same_text.SOURCES, "dictated_bash", source)


def test_a_curve_has_a_point_a_split_for_more_and_more_text(tmp_path, runs_dir, monkeypatch):
    small_source(monkeypatch)
    points = list(text_curve.points(few(tmp_path)))
    assert [one["more"] for one in points[::2]] == [0, 2, 6, 12, 24, 48]
    assert {one["texts"] - one["more"] for one in points} == {60}
    assert {one["split"] for one in points} == {"valid", "test"}
    kept = tmp_path / "curve.json"
    kept.write_text(json.dumps({"points": points}))
    monkeypatch.setattr(text_curve, "file_of", lambda name: kept)
    drawn = text_curve.read("dictated_bash")
    assert [point["x"] for point in drawn["test"]] == [60, 62, 66, 72, 84, 108]


def test_a_task_without_text_has_no_curve(runs_dir):
    with pytest.raises(ValueError, match="voice_command: its baseline is fitted on no text"):
        text_curve.publish("voice_command")
    assert text_curve.read("voice_command") == {}


@pytest.fixture
def at_commit(monkeypatch):
    """Have all that is made be of a commit."""
    return lambda commit: monkeypatch.setattr(runs, "commit", lambda: commit)


def test_records_stopped_half_way_go_on_and_another_commit_makes_them_again(
    runs_dir, at_commit, monkeypatch
):
    """Started again after an hour, `make score` answered all rows a second time."""
    made = {}
    monkeypatch.setattr(runs, "publish", lambda folder, name: made.setdefault(name, []).append(
        (runs.read(folder)["commit"], (folder / "predictions.jsonl").stat().st_mtime_ns)
    ))  # fmt: skip
    monkeypatch.setattr(records, "models", lambda *_: iter(()))
    for commit in ("0123456789ab", "0123456789ab", "ba9876543210"):
        at_commit(commit)
        records.make("voice_command")
    assert made.keys() == {"voice_command-rules", "voice_command-baseline"}
    for first, second, third in made.values():
        assert first == second and third[0] == "ba9876543210" and third[1] > second[1]


def test_needs_stopped_half_way_go_on_and_are_measured_anew_once_whole(
    tmp_path, runs_dir, at_commit, monkeypatch
):
    seen, broken = [], ["grammar"]

    def measure(name, system):
        seen.append(system)
        if system in broken:
            raise RuntimeError(f"{system}, first: no memory")
        return {"system": system}

    monkeypatch.setattr(needs, "measure_apart", measure)
    monkeypatch.setattr(needs, "file_of", lambda task: tmp_path / f"{task}.json")
    at_commit("0123456789ab")
    with pytest.raises(RuntimeError, match="grammar, first"):
        needs.publish("voice_command")
    broken.clear()
    needs.publish("voice_command")
    assert seen == ["baseline", "free", "grammar", "grammar", "rescore"]
    assert [one["system"] for one in needs.read("voice_command")] == [*dict.fromkeys(seen)]
    needs.publish("voice_command")
    assert len(seen) == 9


@pytest.mark.parametrize("make", [records.make, needs.publish])
def test_nothing_is_made_to_be_committed_from_what_no_commit_holds(runs_dir, at_commit, make):
    at_commit("0123456789ab-dirty")
    with pytest.raises(ValueError, match="uncommitted changes; commit them, then"):
        make("voice_command")


def test_a_record_to_be_committed_names_a_run_that_another_clone_can_make(runs_dir):
    """Records named a folder of one machine, and were mended by hand."""
    with pytest.raises(ValueError, match="outside of the project.*; unset TINY_SPECIALISTS_RUNS"):
        records.trained("04", "voice_command")


def test_another_base_has_records_of_its_own_and_no_baselines_again(runs_dir, monkeypatch):
    """The baselines are those of the first base: two lines of one engine would be one too many."""
    monkeypatch.setattr(
        records, "trained", lambda notebook, task, base, steps: paths.data("tiny_base") / "1m"
    )
    monkeypatch.setattr(records.selection, "choose_mix", lambda *_: (0.5, {}))  # takes a minute
    names = [name for name, *_ in records.models("voice_command", "data/tiny_base/1m", 10)]
    ways = ("free", "grammar", "rescore")
    words = ("untuned", "tuned")
    assert names == [f"voice_command-1m-{word}-{way}" for word in words for way in ways]
