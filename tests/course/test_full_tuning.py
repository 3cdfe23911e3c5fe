"""An adapter and all weights learn the same rows, each at a rate of its own."""

import pytest

from helpers.core import paths
from helpers.course import full_tuning
from helpers.sweep.published import weights_in


@pytest.fixture(scope="module")
def found():
    return full_tuning.full("data/tiny_base/1m", rows=4, steps=2, limit=6)


def test_all_weights_are_trained_or_an_adapter_alone(found):
    whole = weights_in(paths.data("tiny_base") / "1m")
    assert found["full"]["trainable_weights"] == whole
    assert 0 < found["lora"]["trainable_weights"] < found["full"]["trainable_weights"]
    assert found["full"]["kept_mb"] == round(4 * whole / 1e6, 1)


def test_the_least_loss_chooses_the_rate(found):
    for method in ("lora", "full"):
        losses = found[method]["loss_by_rate"]
        assert len(losses) == 4 and len(set(losses.values())) > 1
        assert f"{found[method]['rate']:.2g}" == min(losses, key=losses.get)


def test_both_are_graded_on_the_same_rows(found):
    pair = found["full_against_lora"]
    assert pair["difference"] == pytest.approx(found["full"]["exact"] - found["lora"]["exact"])
    assert found["n"] == 6
