"""What trains on a page, in the libraries' own words, is what the command line trains."""

import json
import re
import shutil
from pathlib import Path

import pytest
from small_runs import lasting, silent

from helpers.core import paths
from helpers.finetune.run import finetune

TRAINS, ASKS = re.compile(r"session\.finish\("), re.compile(r"\bmeasure\(|results\[")
SMALL = {
    "BASE": "tiny-1m", "RANK": 4, "STEPS": 3, "BATCH": 2, "EVAL_ROWS": 3, "SEED": 5,
    "LEARNING_RATE": 1e-2, "PROFILE": "cpu",
}  # fmt: skip


def code_until_trained(number: str) -> list[str]:
    """The code of a page from its parameters on, without what grades, to the end of training."""
    (path,) = (paths.root() / "notebooks").glob(f"{number}_*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"][1:]
    (last,) = (place for place, text in enumerate(code) if TRAINS.search(text))
    return [text for text in code[: last + 1] if not ASKS.search(text)]


@pytest.mark.parametrize(
    ("number", "more"), [("04", {"BACKEND": "transformers"}), ("05", {})], ids=["torch", "mlx"]
)
def test_a_pages_cells_train_the_run_that_finetune_trains(
    number, more, task, tmp_path, monkeypatch, runs_dir
):
    """The page spells out what the package does, and one of the two was changed."""
    import matplotlib

    if number == "05":
        pytest.importorskip("mlx.core", reason="MLX runs on Apple silicon and Linux only")
    matplotlib.use("agg")
    shutil.copy(task.data_dir / "valid.jsonl", task.data_dir / "test.jsonl")
    parameters, *cells = code_until_trained(number)
    page = {"display": lambda *_: None}
    exec(parameters, page)
    page |= SMALL | more | {"DATA_DIR": str(task.data_dir)}
    for text in cells:
        exec(text, page)
    monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(tmp_path / "other"))
    run = finetune(page["task"], page["profile"], page["config"], silent)
    assert run.name == Path(page["run"]).name and run != page["run"]
    assert lasting(run) == lasting(page["run"])
    curve = [point["step"] for point in lasting(run)["curve"]]
    assert curve == [1, 2, 3] and lasting(run)["adapter_digest"]
