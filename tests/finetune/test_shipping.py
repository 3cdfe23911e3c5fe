"""What validation rows choose for a run that no page trained."""

import json
import subprocess
import sys

import pytest
import small_runs

from helpers import engines, profiles, tasks
from helpers.core import runs
from helpers.core.examples import DataError, EngineError
from helpers.finetune import selection, shipping
from helpers.finetune.config import FinetuneConfig
from helpers.finetune.run import finetune
from helpers.tasks import splits

TASK = "dictated_bash"


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A run of two steps, its data folder and what a page knows of it."""
    from helpers.core.examples import write_rows

    folder = tmp_path_factory.mktemp("rows")
    bundled = tasks.get(TASK)
    for split, count in (("train", 60), ("valid", 12), ("test", 6)):
        write_rows(folder / f"{split}.jsonl", bundled.load(split)[:count])
    kept = folder / "runs"
    values = {"TASK": TASK, "BASE": "tiny-1m", "DATA_DIR": folder, "STEPS": 2, "EVAL_ROWS": 8}
    command = [sys.executable, "-m", "helpers", "train"]
    for name, value in values.items():
        command += ["-p", f"{name}={value}"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TINY_SPECIALISTS_RUNS", str(kept))
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return kept / done.stdout.splitlines()[-1].rpartition("/")[2], folder


def test_a_run_ships_what_its_validation_rows_choose(trained, runs_dir):
    run, folder = trained
    with pytest.raises(EngineError, match="python -m helpers choose"):
        engines.best_way(run)
    chosen = shipping.choose(run, folder)
    task = tasks.get(TASK, folder, "raw")
    rows = splits.choose_rows(task)
    fitted = task.fitted_on(rows.train)
    engine = engines.create("torch", fitted, model=run, repair=False)
    mix, shares = selection.choose_mix(task, engine, rows, 8)  # as notebook 04 chooses
    decodes = selection.decodings(fitted, rows.validation[0])
    valid = selection.answer_validation(task, engine, decodes, mix, rows, 8)
    assert chosen["mix"] == mix and chosen["decode"] == selection.best(valid)
    assert chosen["valid"] == {way: one.record["exact"] for way, one in valid.items()}
    kept = runs.read(run)
    assert kept["decode"] == chosen["decode"] and kept["mix"] == mix
    assert kept["mix_shares"] == {str(weight): share for weight, share in shares.items()}
    assert engines.best_way(run)[0] == chosen["decode"].partition(" + ")[0]


def test_other_rows_choose_nothing(trained, tmp_path):
    run, _ = trained
    before = (run / "record.json").read_bytes()
    with pytest.raises(DataError, match="its train rows are not those of finetune-"):
        shipping.choose(run)
    assert (run / "record.json").read_bytes() == before
    with pytest.raises(EngineError, match="'gguf' loads no run's folder; choose torch or mlx"):
        shipping.choose(run, engine="gguf")
    (tmp_path / "record.json").write_text(json.dumps({"task": TASK}), "utf-8")
    with pytest.raises(EngineError, match="is no finished run"):
        shipping.choose(tmp_path)


def test_a_run_of_whole_texts_chooses_on_all_rows_and_is_held(trained, runs_dir, monkeypatch):
    _, folder = trained
    task = tasks.get(TASK, folder, "raw")
    config = FinetuneConfig(completion_only_loss=False, eval_rows=0, rows=20)
    profile = profiles.get("cpu", size="1m", backend="transformers", batch=4, steps=1)
    run = finetune(task, profile, config, small_runs.silent)
    best, tried = selection.best, []

    def choice(answered):
        with pytest.raises(RuntimeError, match="is at work elsewhere"), runs.only_one(run):
            pass
        tried.append(answered)
        return best(answered)

    monkeypatch.setattr(selection, "best", choice)
    shipping.choose(run, folder)
    assert {one.record["n"] for one in tried[0].values()} == {12}
