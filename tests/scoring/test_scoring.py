"""Scoring: one record from many answers, the same whether or not the run was interrupted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import scoring, tasks
from helpers.core import runs
from helpers.core.examples import Example, Prediction
from helpers.evaluation import answer_files, comparison, statistics
from helpers.evaluation.grading import grade_all
from helpers.evaluation.statistics import grouped_bootstrap, wilson
from helpers.tasks import reach

EXAMPLES = [Example(f"{i:02d}", f"word{i} dash L", f"word{i} -l") for i in range(10)]
FRACTIONS = ("exact", "near", "partial", "wrong")


class Batched:
    """Answers like a padded model: a row's answer depends on the rows beside it."""

    name, batch_size, fingerprint = "batched", 4, "1"
    settings = {"temperature": 0}

    def __init__(self, stop_after: int | None = None):
        self.seen: list[list[str]] = []
        self.stop_after = stop_after

    def answer(self, examples):
        if len(self.seen) == self.stop_after:
            raise KeyboardInterrupt
        self.seen.append([example.id for example in examples])
        beside = "+".join(example.id for example in examples)
        return [Prediction(e.id, f"{e.prompt} {beside}", 0.001) for e in examples]

    def forget(self, examples):
        self.seen.clear()


@pytest.fixture
def task():
    return tasks.get("dictated_bash")


def test_every_row_is_answered_once_in_batches(tmp_path):
    engine = Batched()
    predictions = scoring.answer_all(engine, EXAMPLES, tmp_path)
    assert [p.id for p in predictions] == [e.id for e in EXAMPLES]
    assert [len(batch) for batch in engine.seen] == [4, 4, 2]


def test_an_interrupted_run_goes_on_and_gives_the_same_answers(tmp_path):
    whole = scoring.answer_all(Batched(), EXAMPLES, tmp_path)
    folder = tmp_path / "interrupted"
    folder.mkdir()
    with pytest.raises(KeyboardInterrupt):
        scoring.answer_all(Batched(stop_after=1), EXAMPLES, folder)
    engine = Batched()
    assert scoring.answer_all(engine, EXAMPLES, folder) == whole
    assert len(engine.seen) == 2


def test_batches_are_cut_before_finished_rows_are_skipped(tmp_path):
    """Cut from the unfinished rows alone, batches hold other neighbours after a kill.

    The kill comes here in the middle of writing the second batch.
    """
    whole_folder, folder = tmp_path / "whole", tmp_path / "killed"
    for made in (whole_folder, folder):
        made.mkdir()
    engine = Batched()
    whole = scoring.answer_all(engine, EXAMPLES, whole_folder)
    content = (whole_folder / "predictions.jsonl").read_bytes()
    lines = content.splitlines(keepends=True)
    (folder / "predictions.jsonl").write_bytes(b"".join(lines[:5]) + lines[5][:9])
    resumed = Batched()
    assert scoring.answer_all(resumed, EXAMPLES, folder) == whole
    assert resumed.seen == engine.seen[1:]
    assert (folder / "predictions.jsonl").read_bytes() == content


def test_a_finished_run_asks_nothing_and_a_fresh_one_everything(task, runs_dir):
    first = scoring.score(task, Batched(), EXAMPLES, "test")
    engine = Batched()
    again = scoring.score(task, engine, EXAMPLES, "test")
    assert engine.seen == []
    assert again.folder == first.folder
    assert again.record["seconds_median"] == first.record["seconds_median"]
    assert runs.without_times(again.record) == runs.without_times(first.record)
    scoring.score(task, engine, EXAMPLES, "test", fresh=True)
    assert len(engine.seen) == 3


def test_other_rows_another_split_or_another_engine_are_other_runs(task, runs_dir):
    changed = Batched()
    changed.fingerprint = "2"
    folders = {
        scoring.score(task, Batched(), EXAMPLES, "test").folder,
        scoring.score(task, Batched(), EXAMPLES[:-1], "test").folder,
        scoring.score(task, Batched(), EXAMPLES, "valid").folder,
        scoring.score(task, changed, EXAMPLES, "test").folder,
    }
    assert len(folders) == 4


def test_a_record_says_what_ran_on_what_and_is_kept(task, runs_dir):
    scored = scoring.score(task, Batched(), EXAMPLES, "valid")
    record = scored.record
    assert runs.read(scored.folder) == record
    assert (record["task"], record["engine"], record["split"]) == (
        "dictated_bash", "batched", "valid"
    )
    assert (record["n"], record["run"]) == (10, scored.folder.name)
    assert record["settings"] == Batched.settings


def graded(right: list[bool]):
    """Grades and predictions of rows that are exact or wrong."""
    texts = ["ls -l" if hit else "something else" for hit in right]
    predictions = [Prediction(str(i), text, 0.01 * (i + 1)) for i, text in enumerate(texts)]
    return grade_all(texts, ["ls -l"] * len(texts)), predictions


def test_rows_of_their_own_groups_get_wilson_intervals():
    grades, predictions = graded([True] * 7 + [False] * 3)
    found = scoring.summarize(grades, predictions, list(range(10)))
    assert found["interval"] == "Wilson"
    assert found["exact_ci"] == pytest.approx(wilson(7, 10), abs=1e-6)
    assert found["effective_ci"] == found["exact_ci"]


def test_rows_that_share_groups_get_intervals_over_groups():
    """Ten ways to say one command are one success, not ten."""
    right = [True] * 30 + [False] * 10
    groups = [str(row // 10) for row in range(40)]
    found = scoring.summarize(*graded(right), groups)
    assert found["interval"] == "bootstrap over groups"
    assert found["exact_ci"] == pytest.approx(grouped_bootstrap(right, groups), abs=1e-6)
    strangers = scoring.summarize(*graded(right), list(range(40)))
    width = [found["exact_ci"][1] - found["exact_ci"][0] for found in (found, strangers)]
    assert width[0] > width[1]


@pytest.mark.parametrize("hit", [True, False])
def test_a_perfect_score_of_few_groups_is_not_certain(hit):
    """A bootstrap of equal rows has no width: four groups would look like certainty."""
    groups = [str(row // 10) for row in range(40)]
    found = scoring.summarize(*graded([hit] * 40), groups)
    assert found["exact_ci"] == pytest.approx(wilson(4 * hit, 4), abs=1e-6)


def test_rows_of_a_single_group_are_scored_all_the_same():
    """`--limit 2` on rows of one group must not throw the answers away."""
    found = scoring.summarize(*graded([True, False]), ["g", "g"])
    assert (found["exact"], found["exact_ci"]) == (0.5, [0, 1])


def test_fractions_sum_to_one_and_seconds_are_quantiles():
    grades, predictions = graded([True, False, True, True])
    found = scoring.summarize(grades, predictions, list(range(4)))
    assert sum(found[name] for name in FRACTIONS) == pytest.approx(1)
    assert (found["seconds_median"], found["seconds_p95"]) == pytest.approx((0.02, 0.04))


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=250).map(sorted),
    st.sampled_from([5, 10, 25, 50, 75, 90, 95, 99, 100]),
)
def test_quantiles_are_those_of_numpy(values, percent):
    """Round percents only: numpy multiplies 0.07 · 100 to a little more than 7."""
    expected = np.quantile(values, percent / 100, method="inverted_cdf")
    assert statistics.quantile(values, percent / 100) == expected


@pytest.mark.parametrize(
    ("n", "share", "rank"),
    [(1, 0.5, 1), (2, 0.5, 1), (3, 0.5, 2), (20, 0.95, 19), (21, 0.95, 20), (100, 0.29, 29),
     (100, 0.07, 7), (10, 1.0, 10)],
)  # fmt: skip
def test_quantiles_are_nearest_ranks(n, share, rank):
    assert statistics.quantile(list(range(1, n + 1)), share) == rank


def rows_of(task, examples, predictions):
    """The rows that `score --out` writes of some predictions."""
    grades = task.grade([prediction.text for prediction in predictions], examples)
    return scoring.prediction_rows(scoring.Scored({}, None, examples, predictions, grades))


def test_files_of_predictions_are_compared_row_by_row(task, tmp_path):
    files = []
    for name, last in (("a", "word1 -l"), ("b", "nothing like it")):
        answers = [Prediction("00", "word0 -l", 0.1), Prediction("01", last, 0.1)]
        rows = rows_of(task, EXAMPLES[:2], answers)
        files.append(tmp_path / f"{name}.jsonl")
        scoring.write_predictions(files[-1], rows)
    found = answer_files.compare_files(*files)
    assert (found["n"], found["first"], found["second"]) == (2, 1.0, 0.5)
    assert (found["only_first"], found["only_second"]) == (1, 0)
    scoring.write_predictions(files[1], rows[:1])
    with pytest.raises(ValueError, match="do not answer the same rows"):
        answer_files.compare_files(*files)


@pytest.mark.parametrize("text", ['{"id": "00"}', "[1]", "task: dictated_bash", ""])
def test_a_file_of_something_else_is_named_with_its_line(task, tmp_path, text):
    """Data files, too, hold a row a line: it was a KeyError."""
    answered, other = tmp_path / "answered.jsonl", tmp_path / "other.jsonl"
    whole = rows_of(task, EXAMPLES[:1], [Prediction("00", "word0 -l", 0.1)])
    scoring.write_predictions(answered, whole)
    other.write_text(answered.read_text() + text + "\n" if text else "")
    with pytest.raises(ValueError, match=rf"other\.jsonl line {1 + bool(text)}: is no graded ans"):
        answer_files.compare_files(answered, other)


@pytest.mark.parametrize(
    "change", [{"group": ["a"]}, {"id": 7}, {"target": None}, {"bucket": {}}], ids=str
)
def test_an_answer_of_odd_types_is_named_with_its_line(task, tmp_path, change):
    answered, other = tmp_path / "answered.jsonl", tmp_path / "other.jsonl"
    whole = rows_of(task, EXAMPLES[:1], [Prediction("00", "word0 -l", 0.1)])
    scoring.write_predictions(answered, whole)
    scoring.write_predictions(other, [whole[0] | change])
    with pytest.raises(ValueError, match=r"other\.jsonl line 1: is no graded answer"):
        answer_files.compare_files(answered, other)


def test_prediction_rows_say_what_was_asked_answered_and_how_good_it_was(task, tmp_path):
    predictions = [
        Prediction("00", "word0 -l", 0.1, details={"convention": "plain"}),
        Prediction("01", "nothing like it", 0.2),
    ]
    found = rows_of(task, EXAMPLES[:2], predictions)
    assert found[0] == {
        "id": "00", "group": EXAMPLES[0].group, "prompt": "word0 dash L",
        "target": "word0 -l", "prediction": "word0 -l",
        "bucket": "exact", "seconds": 0.1, "convention": "plain",
    }  # fmt: skip
    assert found[1]["bucket"] == "wrong"
    path = tmp_path / "new" / "out.jsonl"
    scoring.write_predictions(path, found)
    assert len(path.read_text().splitlines()) == 2


def test_steps_are_compared_on_the_same_rows():
    """One group cannot be drawn again: a reader's first rows stopped the notebook."""
    good, bad = grade_all(["a"] * 4, ["a"] * 4), grade_all(["b"] * 4, ["a"] * 4)
    assert comparison.compare(good, bad, ["one"] * 4)["ci"] == [-1.0, 1.0]
    found = comparison.compare(good, bad, ["1", "1", "2", "2"])
    assert (found["difference"], found["only_first"], found["only_second"]) == (1.0, 4, 0)


def test_every_task_climbs_a_ladder_and_its_lists_begin_with_its_answers(runs_dir):
    for name in tasks.names():
        task = tasks.get(name)
        train, rows = task.load("train")[:80], task.load("valid")[:6]
        steps = task.baselines(train)
        assert len({step.name for step in steps}) == len(steps) >= 3
        assert all(step.answer(row).text for step in steps for row in rows)
        assert not reach.unreachable(task, rows)
        if steps[-1].candidates:
            places = reach.ranks(steps[-1], rows, 5)
            first = [steps[-1].candidates(row, 5)[0] for row in rows]
            assert [p == 1 for p in places] == [g.exact for g in task.grade(first, rows)]


def test_an_answer_out_of_reach_is_found():
    task = tasks.get("support_label")
    rows = [Example("1", "where is it", "delivery_late"), Example("2", "where", "no_such_label")]
    assert reach.unreachable(task, rows) == rows[1:]
