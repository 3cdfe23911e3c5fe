"""Both sides of the benchmark of training learn the same."""

import pytest

from helpers.course import training_speed


def test_plain_and_fast_learn_the_same_rows():
    """After one step of all the rows, whatever their order, the losses are the same."""
    found = training_speed.train("data/tiny_base/1m", rows=4, steps=1)
    assert found["loss_fast"] == pytest.approx(found["loss_plain"], abs=2e-3)
    assert found["ratio"] > 0 and found["precision"] == "fp32"
    other = training_speed.train("data/tiny_base/1m", rows=8, steps=1)
    assert abs(other["loss_fast"] - found["loss_fast"]) > 5e-3  # other rows, another loss
