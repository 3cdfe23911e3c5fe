"""Leaks planted by hand are found, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.core.examples import Example
from helpers.evaluation import splits
from helpers.evaluation.splits import (
    ceiling,
    crossings,
    duplicates,
    near_duplicates,
    prompts_with_two_targets,
    report,
)

TRAIN = [
    Example("1", "wc dash L words dot txt", "wc -l words.txt", group="wc"),
    Example("2", "ls  dash L", "ls -l"),
    Example("3", "ls dash L", "ls  -l"),
    Example("4", "ls dash L", "ls -L"),
    Example("5", "print the place", "pwd"),
]
TEST = [
    Example("t1", "wc dash L words dot text", "wc -l words.text", group="wc"),
    Example("t2", "ls dash L\n", "ls -la"),
    Example("t3", "where am I now", "pwd"),
    Example("t4", "echo hello to the world", "echo hello world"),
]
SPLITS = {"train": TRAIN, "test": TEST}


def test_crossings_name_what_crosses_and_where() -> None:
    where = ("train", "test")
    assert crossings(SPLITS) == {
        "groups": {"wc": where},
        "prompts": {"ls dash L": where},
        "targets": {"pwd": where},
    }
    assert "targets" not in crossings(SPLITS, open_targets=False)


def test_equal_line_numbers_are_no_group() -> None:
    first, second = Example("00000", "a", "b", group="00000"), Example("00000", "c", "d")
    assert crossings({"train": [first], "test": [second]})["groups"] == {}
    declared = Example("9", "c", "d", group="00000")
    assert crossings({"train": [first], "test": [declared]})["groups"] == {
        "00000": ("train", "test")
    }


def test_duplicates_and_prompts_with_two_targets() -> None:
    assert duplicates(TRAIN) == {("ls dash L", "ls -l"): ("2", "3")}
    assert prompts_with_two_targets(TRAIN) == {"ls dash L": ("ls -l", "ls -L")}
    assert duplicates(TEST) == prompts_with_two_targets(TEST) == {}


def test_ceiling_answers_each_prompt_with_its_commonest_target() -> None:
    assert ceiling(TRAIN) == 4 / 5
    assert ceiling(TEST) == 1
    with pytest.raises(ValueError, match="give at least one row"):
        ceiling([])


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=9))
def test_no_function_of_the_prompt_beats_the_ceiling(pairs: list[tuple[str, str]]) -> None:
    rows = [Example(str(i), prompt, target) for i, (prompt, target) in enumerate(pairs)]
    answers = [{"a": a, "b": b, "c": c} for a in "xyz" for b in "xyz" for c in "xyz"]
    scores = [sum(answer[p] == t for p, t in pairs) / len(pairs) for answer in answers]
    assert ceiling(rows) == pytest.approx(max(scores))


def test_near_duplicates_are_the_best_match_of_each_row_and_field() -> None:
    found = {(n.by, n.id): n for n in near_duplicates(TEST, TRAIN)}
    assert set(found) == {
        ("prompt", "t1"), ("prompt", "t2"), ("target", "t1"), ("target", "t2"), ("target", "t3"),
    }  # fmt: skip
    assert found["prompt", "t2"].train_id == "2"  # the first of equal ones
    assert found["prompt", "t2"].similarity == found["target", "t3"].similarity == 100
    assert found["target", "t1"].similarity == pytest.approx(100 * 30 / 31)
    assert found["target", "t2"].similarity == pytest.approx(100 * 10 / 11)
    assert [n.by for n in near_duplicates(TEST, TRAIN, by=["target"])] == ["target"] * 3


def test_an_equal_text_is_nearer_than_one_that_is_nearly_so() -> None:
    """Rounded to whole percents they were alike, and the first of them was named."""
    text = "git push origin main and " * 12
    train = [Example("equal", text, "b"), Example("nearly", text + "x", "a")]
    found = near_duplicates([Example("t", text, "c")], train, by=["prompt"])
    assert [(one.train_id, one.similarity) for one in found] == [("equal", 100.0)]


def test_the_threshold_is_not_rounded_and_blocks_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row, like = Example("t", "a" * 1000, "x"), Example("1", "a" * 896 + "b" * 104, "x")
    assert not near_duplicates([row], [like], by=["prompt"])  # 89.6
    assert near_duplicates([row], [like], threshold=89.6, by=["prompt"])[0].similarity < 89.7
    whole = near_duplicates(TEST, TRAIN)
    monkeypatch.setattr(splits, "CELLS", 1)
    assert near_duplicates(TEST, TRAIN) == whole
    assert near_duplicates(TEST, []) == near_duplicates([], TRAIN) == []


def test_report_counts_each_split() -> None:
    found = report(SPLITS)
    assert found.leaks == {"groups": 1, "prompts": 1, "targets": 1} and not found.clean
    train, test = found.rows()
    assert train == {
        "split": "train", "rows": 5, "groups": 5, "repeated": 1, "two_targets": 1,
        "ceiling": 0.8, "shared_groups": 1, "shared_prompts": 1, "shared_targets": 1,
        "near_prompts": None, "near_targets": None,
    }  # fmt: skip
    assert (test["rows"], test["near_prompts"], test["near_targets"]) == (4, 2, 3)


def test_report_leaves_labels_alone_and_may_be_clean() -> None:
    labels = {
        "train": [Example("1", "my card was declined", "declined")],
        "test": [Example("1", "why is there a fee", "declined")],
    }
    found = report(labels, open_targets=False)
    assert found.clean and found.leaks == {"groups": 0, "prompts": 0}
    assert [row["shared_targets"] for row in found.rows()] == [None, None]
    assert found.rows()[1]["near_targets"] is None


def test_report_becomes_a_table() -> None:
    import pandas as pd

    table = pd.DataFrame(report(SPLITS).rows()).set_index("split")
    assert table.loc["test", "near_prompts"] == 2
    assert list(table.columns[:3]) == ["rows", "groups", "repeated"]


def test_rows_without_an_answer_share_none() -> None:
    silent = {
        name: [Example(name, f"so what, {name}", "", extra={"no_answer": True})]
        for name in ("train", "test")
    }
    assert crossings(silent)["targets"] == {}
    near = near_duplicates(silent["test"], silent["train"], threshold=0)
    assert {one.by for one in near} == {"prompt"}
