"""Runs: what was answered stays answered, and going on gives what not stopping gives."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.core import fingerprints, paths, runs
from helpers.core.examples import Example, Prediction, read_rows, write_rows

FIRST = Prediction("a", "ls -l", 0.25, 1.5, {"tokens": 2})
SECOND = Prediction("b", "“é”", 0.5)
PREDICTIONS = st.lists(
    st.builds(
        Prediction,
        id=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
        text=st.text(st.characters(exclude_categories=["Cs"])),
        seconds=st.floats(0, 10),
    ),
    max_size=5,
    unique_by=lambda prediction: prediction.id,
)


def test_predictions_are_appended_and_read_by_id(tmp_path):
    assert runs.finished(tmp_path) == {}
    runs.append(tmp_path, [FIRST])
    assert runs.finished(tmp_path) == {"a": FIRST}
    runs.append(tmp_path, [SECOND])
    assert runs.finished(tmp_path) == {"a": FIRST, "b": SECOND}
    lines = (tmp_path / "predictions.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a", "b"]


@given(PREDICTIONS)
def test_any_text_is_read_as_it_was_answered(tmp_path_factory, predictions):
    """U+2028 and U+0085 end a line for Python's splitlines, but not for JSON lines."""
    folder = tmp_path_factory.mktemp("run")
    runs.append(folder, predictions)
    assert list(runs.finished(folder).values()) == predictions


def test_a_line_cut_off_by_a_kill_is_removed_and_answered_again(tmp_path):
    path = tmp_path / "predictions.jsonl"
    runs.append(tmp_path, [FIRST, SECOND])
    whole = path.read_bytes()
    first_line = whole.index(b"\n") + 1
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        assert list(runs.finished(tmp_path)) == ["a"][: cut >= first_line]
        runs.append(tmp_path, [SECOND])
        assert runs.finished(tmp_path)["b"] == SECOND


def test_a_file_of_whole_lines_is_left_alone(tmp_path):
    runs.append(tmp_path, [FIRST, SECOND])
    before = (tmp_path / "predictions.jsonl").read_bytes()
    runs.finished(tmp_path)
    assert (tmp_path / "predictions.jsonl").read_bytes() == before


def test_equal_configurations_share_a_run_and_others_do_not(runs_dir):
    folder = runs.run_folder("score", task="t", limit=3)
    assert folder.is_dir()
    assert folder.parent == runs_dir
    assert runs.run_folder("score", limit=3, task="t") == folder
    assert runs.run_folder("score", task="t", limit=4) != folder


def test_records_are_read_from_their_folder_or_file(tmp_path):
    record = {"task": "t", "exact": 0.5, "note": "“é”"}
    runs.write(tmp_path, record)
    assert runs.read(tmp_path) == runs.read(tmp_path / "record.json") == record


def test_a_missing_record_says_what_to_name(tmp_path):
    with pytest.raises(FileNotFoundError, match="no record there; name the folder of a finished"):
        runs.read(tmp_path)


def test_of_what_is_kept_of_a_kind_the_newest_stays(runs_dir):
    """Each change of what they are fitted on left 32 MB in the folder for ever."""
    for age, key in enumerate(["newest", "newer", "old", "older"]):
        for kind in ("fitted", "heard"):
            fingerprints.remember(kind, key, dict)
            os.utime(runs_dir / "cache" / f"{kind}-{key}.json", (1e9 - age, 1e9 - age))
    fingerprints.keep_newest("fitted", 2)
    left = sorted(file.name for file in (runs_dir / "cache").glob("fitted-*"))
    assert left == ["fitted-newer.json", "fitted-newest.json"]
    assert len(list((runs_dir / "cache").glob("heard-*"))) == 4
    fingerprints.keep_newest("nothing of the kind", 2)


def content(examples):
    return fingerprints.digest([example.row() for example in examples])


@pytest.fixture
def scored(clone):
    """A record of two of the clone's three test rows, by something fitted on its three others."""
    examples = [Example(str(n), f"echo {n}", f"echo {n}") for n in range(3)]
    for split in ("train", "test"):
        write_rows(clone / "data" / "t" / f"{split}.jsonl", examples)
    told = {"settings": {"train_rows": 3, "train_content": content(examples)}, "commit": "abc"}
    told |= {"engine": "baseline", "task": "t", "split": "test", "n": 2}
    return told | {"content": content(examples[:2])}


def test_published_records_are_the_committed_ones_by_name(clone, scored, tmp_path):
    assert runs.committed() == []
    for name in ("second", "first"):
        folder = tmp_path / name
        folder.mkdir()
        runs.write(folder, scored | {"name": name})
        assert runs.publish(folder, name) == clone / "data" / "records" / f"{name}.json"
    assert [record["name"] for record in runs.committed()] == ["first", "second"]
    assert paths.root() == clone


def test_publishing_again_replaces_the_record(scored, tmp_path):
    for exact in (0.1, 0.2):
        runs.write(tmp_path, scored | {"exact": exact})
        runs.publish(tmp_path, "one")
    assert [record["exact"] for record in runs.committed()] == [0.2]


@pytest.mark.parametrize("commit", ["abc-dirty", None])
def test_a_record_of_code_that_no_commit_holds_is_not_published(scored, tmp_path, commit):
    runs.write(tmp_path, scored | {"commit": commit})
    with pytest.raises(ValueError, match="commit, then score it with --fresh"):
        runs.publish(tmp_path, "one")


@pytest.mark.parametrize(
    "part", [{"resumed": [{"commit": "abc-dirty"}]}, {"graded_commit": "abc-dirty"}], ids=str
)
def test_a_record_is_not_published_if_any_part_of_it_is_of_uncommitted_code(scored, tmp_path, part):
    runs.write(tmp_path, scored | part)
    with pytest.raises(ValueError, match="commit, then score it with --fresh"):
        runs.publish(tmp_path, "one")


@pytest.mark.parametrize(
    "change",
    [
        {"content": "of a reader's own rows"},
        {"n": 3},
        {"settings": {"train_rows": 3, "train_content": "of a reader's own rows"}},
        {"settings": {"train_rows": 2, "train_content": content([])}},
    ],
)
def test_a_record_of_rows_that_the_clone_lacks_is_not_published(scored, tmp_path, change):
    """Nobody else could make it again, and its line would stand among those of other rows."""
    runs.write(tmp_path, scored | change)
    with pytest.raises(ValueError, match="of other rows than data/t's; leave --data-dir out"):
        runs.publish(tmp_path, "one")
    assert runs.committed() == []


def test_a_pipeline_is_fitted_on_the_rows_that_its_file_names(clone, scored, tmp_path):
    """They were compared with the job's own rows alone, so no score of it could be published."""
    more = [Example("9", "echo nine", "echo 9")]
    write_rows(clone / "data" / "heard" / "train.jsonl", more)
    known = {"rows": ["../t/train.jsonl", "../heard/train.jsonl"]}
    (clone / "data" / "pipeline").mkdir()
    (clone / "data" / "pipeline" / "t.json").write_text(json.dumps(known))
    rows = [*read_rows(clone / "data" / "t" / "train.jsonl"), *more]
    told = {"train_rows": len(rows), "train_content": content(rows)}
    runs.write(tmp_path, scored | {"engine": "pipeline", "settings": told})
    assert runs.publish(tmp_path, "one").exists()


def test_what_is_fitted_on_nothing_is_published(scored, tmp_path):
    """A prompted model that is shown no rows."""
    runs.write(tmp_path, scored | {"settings": {"train_rows": 0, "train_content": content([])}})
    assert runs.publish(tmp_path, "one").exists()


@pytest.mark.parametrize("name", ["../one", "", "a/b"])
def test_a_record_stays_among_the_records(clone, tmp_path, name):
    runs.write(tmp_path, {"commit": "abc"})
    with pytest.raises(ValueError, match="not a name for a record"):
        runs.publish(tmp_path, name)


def test_a_run_has_one_process_at_a_time(tmp_path):
    """Two processes that append to one file cut each other's lines in half."""
    with runs.only_one(tmp_path):
        script = (
            "import sys; from pathlib import Path; from helpers.core import runs\n"
            "with runs.only_one(Path(sys.argv[1])): print('inside')"
        )
        other = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True
        )
    assert "inside" not in other.stdout
    assert "at work elsewhere; wait until it ends" in other.stderr


@pytest.mark.parametrize("line", ["", "5", "null", '{"id": "x"}', '{"id": "b"}{"id"', '{"new": 1}'])
def test_a_broken_line_counts_as_unanswered(tmp_path, line):
    whole = '{"id": "a", "text": "ls", "seconds": 0.1, "details": {}}'
    (tmp_path / "predictions.jsonl").write_text(f"{line}\n{whole}\n")
    assert list(runs.finished(tmp_path)) == ["a"]


BROKEN = (
    '{"id": "b", "text": null, "seconds": 0.1, "details": {}}',
    '{"id": 7, "text": "ls", "seconds": 0.1}',
    '{"id": "b", "text": "ls", "seconds": "fast"}',
    '{"id": "b", "text": "ls", "seconds": true}',
    '{"id": "b", "text": "ls", "seconds": 0.1, "details": []}',
)


@pytest.mark.parametrize("line", BROKEN)
def test_a_line_of_other_types_counts_as_unanswered(tmp_path, line):
    (tmp_path / "predictions.jsonl").write_text(f"{line}\n")
    assert runs.finished(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "is not a JSON object"),
        ('{"base": 7}', "'base' is 7, not a text"),
        ('{"base": null}', "'base' is null, not a text"),
        ('{"mix": "0.3"}', "'mix' is \"0.3\", not a number"),
        ('{"system": 7}', "'system' is 7, not a text"),
        ('{"mix": 7}', "'mix' is 7, no weight from 0 to 1"),
        ('{"mix": NaN}', "'mix' is nan, no weight from 0 to 1"),
        ('{"mix": true}', "'mix' is true, not a number"),
        ('{"settings": []}', r"'settings' is \[\], not an object"),
    ],
)
def test_a_damaged_record_is_named(tmp_path, text, why):
    (tmp_path / "record.json").write_text(text)
    with pytest.raises(ValueError, match=rf"record\.json: {why}") as error:
        runs.read(tmp_path)
    assert "\n" not in str(error.value)


def test_surroundings_are_what_may_vary_between_equal_runs():
    """A new key that varies and is not named here would make equal runs look different."""
    assert set(runs.environment()) <= runs.VARYING


def test_times_and_machine_are_left_out_of_comparisons():
    kept = {"task": "t", "exact": 0.5, "run": "score-1"}
    varying = {"seconds_median": 1.0, "seconds_p95": 2.0} | runs.environment()
    assert runs.without_times(kept | varying) == kept


def test_outside_of_git_there_is_no_commit(clone):
    assert runs.commit() is None
    assert runs.environment()["commit"] is None


def test_the_most_memory_held_is_in_megabytes():
    before = runs.peak_memory_mb()
    held = b"x" * 100_000_000
    assert 10 < before < 100_000
    assert runs.peak_memory_mb() >= min(before, 100) and len(held) == 100_000_000
