"""What holds for a run whatever framework trains it."""

import pytest
from small_runs import SHAKY, lasting

from helpers.finetune.pausing import Paused


@pytest.fixture(params=["transformers", "mlx"])
def backend(request) -> str:
    """Each framework in turn."""
    if request.param == "mlx":
        pytest.importorskip("mlx.core", reason="MLX runs on Apple silicon and Linux only")
    return request.param


def test_the_same_seed_gives_the_same_weights(train):
    once = lasting(train(**SHAKY))
    again = lasting(train(**SHAKY, fresh=True))
    assert once == again and once["adapter_digest"]
    assert lasting(train(**SHAKY, seed=1))["adapter_digest"] != once["adapter_digest"]


def test_learning_the_prompts_too_is_another_run_with_losses_that_compare(train):
    """At a rate that moves nothing the validation losses are equal: both are of the answers."""
    once = {"steps": 1, "learning_rate": 1e-9}
    masked, whole = (lasting(train(**once, completion_only_loss=only)) for only in (True, False))
    assert (masked["completion_only_loss"], whole["completion_only_loss"]) == (True, False)
    assert masked["run"] != whole["run"] and lasting(train(**once)) == masked
    assert masked["adapter_digest"] != whole["adapter_digest"]
    assert masked["valid_loss"] == pytest.approx(whole["valid_loss"], rel=1e-6)
    losses = [record["curve"][0]["train_loss"] for record in (masked, whole)]
    assert losses[0] != pytest.approx(losses[1], rel=1e-3)
    straight = lasting(train(**SHAKY, completion_only_loss=False))
    with pytest.raises(Paused, match="^paused at step 2 of 8"):
        train(**SHAKY, completion_only_loss=False, minutes=1e-6, fresh=True)
    assert lasting(train(**SHAKY, completion_only_loss=False)) == straight
