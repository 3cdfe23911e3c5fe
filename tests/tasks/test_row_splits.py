"""The same rows in the same order everywhere, groups never torn apart."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tasks
from helpers.core.examples import DataError, Example, write_rows
from helpers.tasks import splits


def rows(groups: list[int]) -> list[Example]:
    return [Example(str(n), f"p{n}", f"t{n}", group=f"g{g}") for n, g in enumerate(groups)]


@given(st.lists(st.integers(0, 8), min_size=2, max_size=60).filter(lambda g: len(set(g)) > 1))
def test_held_out_groups_are_whole_and_something_is_left(groups):
    held, rest = splits.hold_out(rows(groups))
    assert held and rest
    assert not {e.group for e in held} & {e.group for e in rest}
    assert len(held) + len(rest) == len(groups)


def test_held_out_rows_do_not_depend_on_the_order_of_rows():
    examples = rows([n // 2 for n in range(40)])
    backward = splits.hold_out(examples[::-1])[0]
    assert {e.id for e in splits.hold_out(examples)[0]} == {e.id for e in backward}


def test_one_group_cannot_be_held_out():
    with pytest.raises(DataError, match="one group"):
        splits.hold_out(rows([1, 1, 1]))


@given(st.lists(st.integers(1, 50), min_size=1, max_size=40), st.integers(1, 9),
       st.integers(1, 30), st.integers(0, 3))  # fmt: skip
def test_every_row_comes_equally_often(lengths, batch, batches, seed):
    found = splits.order(lengths, batch, batches, seed)
    assert len(found) == batch * batches
    assert found == splits.order(lengths, batch, batches, seed)
    times = Counter(found)
    share = len(found) / len(lengths)
    assert all(abs(times[n] - share) <= 1 + 1e-9 for n in range(len(lengths)))


def test_rows_of_like_length_share_a_batch():
    lengths = [n % 100 for n in range(800)]
    found = splits.order(lengths, 8, 100, seed=1)
    spread = [max(b) - min(b) for b in _lengths(lengths, found, 8)]
    assert sum(spread) / len(spread) < 15  # 80 for batches drawn anyhow
    assert found != splits.order(lengths, 8, 100, seed=2)


def _lengths(lengths, found, batch):
    return [[lengths[n] for n in found[i : i + batch]] for i in range(0, len(found), batch)]


def test_more_rows_contain_fewer():
    examples = rows(list(range(50)))
    few, more = splits.sample(examples, 10), splits.sample(examples, 30)
    assert {e.id for e in few} < {e.id for e in more}
    assert [e.id for e in more] == sorted((e.id for e in more), key=int)
    assert splits.sample(examples, None) == examples


def test_the_test_split_is_never_read(task):
    assert not (task.data_dir / "test.jsonl").exists()
    on_valid, on_fold = splits.choose_rows(task), splits.choose_rows(task, "fold")
    assert {e.id for e in on_valid.validation} == {f"valid{n}" for n in range(6)}
    assert {e.id for e in on_fold.validation} < {f"train{n}" for n in range(6)}
    assert len(on_fold.train) + len(on_fold.validation) == 6


def test_a_missing_split_is_named(tmp_path):
    write_rows(tmp_path / "train.jsonl", rows([1, 2]))
    task = tasks.get("dictated_bash", tmp_path)
    with pytest.raises(DataError, match="valid.jsonl.*choose on 'fold'"):
        splits.choose_rows(task)
    with pytest.raises(ValueError, match="choose_on is 'test'"):
        splits.choose_rows(task, "test")
