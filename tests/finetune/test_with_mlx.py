"""Training with MLX: the same rows, masks and loss as torch, and a resume that loses nothing."""

import json
import signal
import subprocess
import sys
from dataclasses import replace

import pytest
import small_runs
import yaml
from families import FAMILIES, save_model
from small_runs import SHAKY, apart, lasting

from helpers.core import runs
from helpers.engines.mlx import engine as mlx_engine
from helpers.engines.mlx import loading
from helpers.engines.torch import engine as torch_engine
from helpers.export.fuse import fuse
from helpers.export.quantize import quantize
from helpers.finetune import curves, masks
from helpers.finetune.mlx import command, training
from helpers.finetune.mlx.backend import MlxBackend, adapt
from helpers.finetune.mlx.exams import callback
from helpers.finetune.pausing import Paused
from helpers.finetune.run import begin, finetune
from helpers.finetune.torch import generation
from helpers.models.bases import GRANITE_MODULES, LFM2_MODULES

pytest.importorskip("mlx.core", reason="MLX runs on Apple silicon and Linux only")
pytestmark = pytest.mark.usefixtures("runs_dir")


@pytest.fixture
def backend() -> str:
    """What trains here."""
    return "mlx"


def test_six_rows_are_learned_by_heart_and_both_engines_say_so(train, task):
    run = train(steps=100, eval_every=20)
    record = runs.read(run)
    assert record["exact"] == 1.0 and record["valid_loss"] < 0.2
    assert record["backend"] == "mlx" and record["peak_mlx_memory_mb"] > 0
    assert record["trainable_weights"] < record["total_weights"]
    rows = task.load("train")
    for engine in (mlx_engine.create(task, run), torch_engine.create(task, run)):
        assert [p.text for p in engine.answer(rows)] == [row.target for row in rows]


def test_upon_a_base_in_4_bits_the_adapter_learns_and_is_fused_in_full(base, task, tmp_path):
    quantized = quantize(base, tmp_path / "base", 4)
    profile = small_runs.profile(quantized, "mlx")
    run = finetune(task, profile, report=small_runs.silent)
    record = runs.read(run)
    assert record["curve"][-1]["valid_loss"] < record["curve"][0]["valid_loss"]
    fused = fuse(run, tmp_path / "fused", "float32")
    rows = task.load("train")
    upon, whole = mlx_engine.create(task, run), torch_engine.create(task, fused)
    assert [p.text for p in upon.answer(rows)] == [p.text for p in whole.answer(rows)]


def test_killed_in_training_the_result_is_the_same_to_the_last_digit(train, runs_dir, base, task):
    straight = lasting(train(**SHAKY))
    for where in ("seal 4", "report 8"):
        done = apart(runs_dir / "killed", where, base, task, "mlx")
        assert done.returncode == -signal.SIGKILL, done.stderr
    lines = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TINY_SPECIALISTS_RUNS", str(runs_dir / "killed"))
        resumed = lasting(train(**SHAKY, report=lines.append))
    assert any(line.startswith("going on from step 6 of 8, ") for line in lines)
    assert resumed == straight


def test_paused_and_gone_on_with_the_result_is_the_same(train):
    straight = lasting(train(**SHAKY))
    with pytest.raises(Paused, match="^paused at step 2 of 8"):
        train(**SHAKY, minutes=1e-6, fresh=True)
    assert lasting(train(**SHAKY)) == straight


def test_losses_compare_with_those_of_torch(base, tokenizer, task, tiny):
    """mlx-lm's own loss learns a token of padding, and its validation leaves rows out."""
    import mlx.core as mx

    from helpers.finetune.torch import models

    rows = masks.encode_all(tokenizer, task, task.load("train"), 128)
    theirs = generation.mean_loss(models.load_adapted(tiny, 0), rows, tokenizer.pad_token_id)
    model = MlxBackend().load(replace(tiny, backend="mlx"), 0).eval()
    assert training.mean_loss(model, rows) == pytest.approx(theirs, abs=1e-4)
    tokens, labels = training.padded(rows[:3])
    count = sum(len(row.learned) for row in rows[:3])
    loss, counted = training.loss(model, tokens, labels, mx.array(count))
    assert counted.item() == count
    assert loss.item() == pytest.approx(training.mean_loss(model, rows[:3]), abs=1e-5)


def test_the_rate_is_that_of_transformers(tiny):
    import torch
    from transformers import get_cosine_schedule_with_warmup

    profile = replace(tiny, backend="mlx", steps=40, warmup=0.1)
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=profile.learning_rate)
    theirs = get_cosine_schedule_with_warmup(optimizer, 4, 40)
    for step in range(40):
        ours = training.schedule(profile)(step)
        assert ours.item() == pytest.approx(theirs.get_last_lr()[0], abs=1e-8)
        optimizer.step()
        theirs.step()


def test_nothing_is_printed_but_the_reports(train, capfd):
    """mlx-lm draws a coloured box; the page has the evaluator's lines instead."""
    run = train(steps=2, eval_every=1)
    assert capfd.readouterr().out == ""
    assert [point.step for point in curves.read(run)] == [1, 2]


def test_in_a_notebook_the_reports_reach_the_page(train, capfd, monkeypatch):
    """There mlx-lm's box takes over what is printed, and a page showed no line of a training."""
    from mlx_lm.cli_ui import make_console

    monkeypatch.setattr(make_console(), "is_jupyter", True)
    train(steps=2, eval_every=1, report=print)
    lines = capfd.readouterr().out.splitlines()
    assert [line.partition(" · ")[0] for line in lines] == ["step 1/2", "step 2/2"]


def test_a_batch_that_is_not_ours_stops_the_training(base, task, tiny):
    """A row that was cut or masked otherwise was learned, and no loss showed it."""
    session = begin(task, replace(tiny, backend="mlx"), report=small_runs.silent)
    model = session.backend.load(session.evaluator.profile, 0)
    exams = callback(session.evaluator, model, training.adamw(1e-3, 0.0))
    (tokens, labels, divisor), *_ = exams.batches()
    session.evaluator.begin(0)
    assert len(next(exams.counted(iter([(tokens, labels, divisor)])))) == 3
    for wrong in ((tokens, tokens), (tokens[:, ::-1], labels), (tokens[:, :9], labels[:, :9])):
        with pytest.raises(RuntimeError, match="feeds the model other tokens"):
            next(exams.counted(iter([(*wrong, divisor)])))
    session.evaluator.close()


def test_a_model_in_training_is_left_in_training(base, task, tokenizer, tiny):
    model = loading.load_model(base)
    model.train()
    backend, rows = MlxBackend(), task.load("train")[:2]
    with backend.answering(model, tokenizer, tiny):
        assert not model.training
        assert len(backend.engine(model, tokenizer, task, 4).answer(rows)) == 2
    assert model.training


def test_the_command_that_the_page_shows_runs(tmp_path, task, tiny):
    """The same rows through mlx-lm's own command line; what it writes, PEFT can take."""
    from helpers.export import adapters

    profile = replace(tiny, backend="mlx", steps=2)
    rows = task.load("train")
    line = command.write(tmp_path / "mlx", task, profile, rows, rows, every=2)
    _, *words = line.split()
    done = subprocess.run(
        [sys.executable, "-m", "mlx_lm", *words], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    peft = adapters.to_peft(tmp_path / "mlx" / "adapters", tiny.base, tmp_path / "peft")
    config = json.loads((peft / "adapter_config.json").read_text("utf-8"))
    assert (config["r"], config["lora_alpha"]) == (profile.rank, profile.alpha)
    assert set(config["target_modules"]) == set(profile.target_modules)
    for only in (True, False):
        command.write(tmp_path / "mlx", task, profile, rows, rows, 2, completion_only_loss=only)
        written = yaml.safe_load((tmp_path / "mlx" / "lora.yaml").read_text("utf-8"))
        assert written["mask_prompt"] is only


@pytest.mark.parametrize(
    ("name", "modules"), [("lfm2", LFM2_MODULES), ("granite4", GRANITE_MODULES)]
)
def test_the_command_s_adapter_goes_where_ours_does(name, modules, tmp_path, task):
    """mlx-lm says nothing of names that are not there."""
    from mlx.utils import tree_flatten
    from mlx_lm.tuner.utils import linear_to_lora_layers
    from mlx_lm.utils import load_model

    family = next(family for family in FAMILIES if family.name == name)
    base = save_model(family, tmp_path / "base")
    profile = replace(small_runs.profile(base, "mlx"), target_modules=modules)
    rows = task.load("train")
    command.write(tmp_path / "mlx", task, profile, rows, rows, every=2)
    written = yaml.safe_load((tmp_path / "mlx" / "lora.yaml").read_text("utf-8"))
    adapted = []
    for theirs in (True, False):
        model, _ = load_model(base)
        if theirs:
            model.freeze()
            linear_to_lora_layers(model, len(model.layers), written["lora_parameters"])
        else:
            adapt(model, profile, seed=0)
        adapted.append({name for name, _ in tree_flatten(model.trainable_parameters())})
    assert adapted[0] == adapted[1]
    assert len({name.split(".")[-2] for name in adapted[1]}) >= 4
