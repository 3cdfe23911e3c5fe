"""A cell rests on the content of all that has a say in it, by whatever name that is called."""

import subprocess
import sys
from dataclasses import replace

import pytest

from helpers import profiles
from helpers.core import paths
from helpers.finetune.mlx.backend import MlxBackend
from helpers.profiles import UnsuitableBase
from helpers.sweep import content


def test_a_base_is_its_weights_by_its_short_name_too():
    """A base grown again was taken for the old one: its cells stayed finished."""
    one, other = content.of_model("tiny-1m"), content.of_model("tiny-2m")
    assert one == content.of_model("data/tiny_base/1m") and one and one != other
    assert content.of_model("") is content.of_model("nobody/nothing") is None


def test_a_notebook_rests_on_published_sweeps_too():
    source = paths.root() / "notebooks" / "08_compare_models.ipynb"
    folder = paths.data("records") / "sweeps"
    assert content.of_files(folder) in content.of_notebook(source, {})["data"]


def test_a_pipeline_rests_on_its_file_its_rows_and_what_is_misheard():
    found = content.of_pipeline("dictated_bash")
    assert content.of_files(paths.data("spoken_bash") / "train.jsonl") in found
    assert content.of_files(paths.data("pipeline") / "dictated_bash.json") in found
    assert None not in found and len(found) == 4


def test_whoever_carries_a_cell_out_knows_every_engine():
    """The pipeline was known to the command line alone, and each of its cells failed."""
    words = "import helpers.sweep.work; from helpers.engines.spec import SPECS; print(*SPECS)"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert "pipeline" in done.stdout.split()


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"load_in_4bit": True}, "is not trained in 4 bits by MLX"), ({"max_length": 4096}, "reads")],
)
def test_mlx_refuses_what_it_would_not_do(changes, message):
    profile = replace(profiles.get("mac", size="1m"), **changes)
    with pytest.raises(UnsuitableBase, match=message):
        MlxBackend().ready(profile)
