"""Two processes that share each batch are one run: the same curve as one process alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from safetensors.torch import load_file

from helpers.core import runs
from helpers.finetune import ranks

SCRIPT = Path(__file__).with_name("several_script.py")
TORCHRUN = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2")


def trained(folder: Path, base: Path, data: Path, *launcher: str) -> Path:
    """Train in processes of their own; return the one run that they leave."""
    subprocess.run(
        [sys.executable, *launcher, SCRIPT, base, data], check=True,
        env=os.environ | {"TINY_SPECIALISTS_RUNS": str(folder), "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    (run,) = folder.glob("finetune-*")
    return run


def test_two_processes_have_the_loss_curve_of_one(tmp_path, base, task):
    """By gloo on a CPU; with the same global batch, gradient checkpointing and accumulation."""
    one = trained(tmp_path / "one", base, task.data_dir)
    two = trained(tmp_path / "two", base, task.data_dir, *TORCHRUN)
    assert one.name == two.name
    record, shared = runs.read(one), runs.read(two)
    assert shared["processes"] == 2 and "processes" not in record
    assert [point["step"] for point in shared["curve"]] == [4, 8]
    for name in ("train_loss", "valid_loss", "learning_rate", "exact", "tokens"):
        alone = [point[name] for point in record["curve"]]
        assert [point[name] for point in shared["curve"]] == pytest.approx(alone, abs=1e-4), name
    assert record["curve"][0]["train_loss"] > record["curve"][1]["train_loss"] + 0.1
    weights = [load_file(run / "adapter" / "adapter_model.safetensors") for run in (one, two)]
    for name, weight in weights[0].items():
        assert weights[1][name].numpy() == pytest.approx(weight.numpy(), abs=1e-3), name
    names = sorted(path.name for path in two.iterdir() if path.name != ".lock")
    assert names == ["adapter", "log.csv", "record.json"]


def test_a_batch_that_cannot_be_shared_is_refused(monkeypatch):
    monkeypatch.setenv("WORLD_SIZE", "3")
    assert ranks.share(6) == 2
    with pytest.raises(ValueError, match="a batch of 4 rows cannot be shared by 3 processes"):
        ranks.share(4)
