"""The MLX engine answers as torch does: same tokens, same masks, same sums of logits."""

import json
from dataclasses import replace

import pytest

from helpers import tasks
from helpers.core.examples import EngineError
from helpers.engines.mlx import loading, lora
from helpers.engines.mlx.engine import Mlx, create
from helpers.engines.torch.engine import Torch
from helpers.engines.torch.parity import parity

pytest.importorskip("mlx.core", reason="MLX runs on Apple silicon and Linux only")
CLOSE = 1e-3  # logits and log-probabilities in float32, summed in another order


@pytest.fixture(scope="module")
def in_mlx(tiny):
    """The tiny model, loaded by mlx-lm."""
    return loading.load(tiny)


@pytest.mark.parametrize("decode", ["free", "grammar"])
def test_answers_are_those_of_torch(task, some, loaded, in_mlx, decode):
    engines = [kind(task, model, decode, max_new_tokens=16 if decode == "free" else None)
               for kind, model in ((Torch, loaded), (Mlx, in_mlx))]  # fmt: skip
    for one, other in zip(*(engine.answer(some) for engine in engines), strict=True):
        if one.margin > CLOSE:
            assert one.text == other.text
            close = pytest.approx(one.details["log_probability"], abs=CLOSE)
            assert other.details["log_probability"] == close


def test_candidates_score_as_in_torch(loaded, in_mlx, bash_folder, runs_dir):
    bash = tasks.get("dictated_bash", bash_folder).fitted_on()
    labels = tasks.get("support_label")
    for task, rows in ((bash, bash.load("test")[:4]), (labels, labels.load("valid")[:40:20])):
        ours = Mlx(task, in_mlx, "rescore", listed=6).scored(rows)
        theirs = Torch(task, loaded, "rescore", listed=6).scored(rows)
        for one, other in zip(ours, theirs, strict=True):
            assert [c.text for c in one] == [c.text for c in other]
            assert [c.model for c in one] == pytest.approx([c.model for c in other], abs=CLOSE)


def test_the_small_base_has_the_logits_that_torch_has():
    """mlx-lm's Llama took another rope than the base has: all but the first token was misread."""
    import mlx.core as mx
    import numpy as np
    import torch

    from helpers.engines.torch import loading as torch_loading
    from helpers.tasks.prompts import render

    task = tasks.get("dictated_bash")
    ours, theirs = loading.load("smollm2-135m"), torch_loading.load("smollm2-135m")
    text = render(ours.tokenizer, task, task.load("valid")[0])
    ids = ours.tokenizer(text.prompt + text.completion, add_special_tokens=False)["input_ids"]
    logits = np.array(ours.model(mx.array([ids]))[0])
    with torch.no_grad():
        wanted = theirs.model(input_ids=torch.tensor([ids])).logits[0].numpy()
    assert np.abs(logits - wanted).max() < CLOSE


@pytest.mark.parametrize("decode", ["free", "grammar"])
def test_a_batch_answers_as_single_rows(task, some, in_mlx, decode):
    engine = Mlx(task, in_mlx, decode, max_new_tokens=12 if decode == "free" else None)
    for row in parity(engine, some)["answers"]:
        assert row["margin"] < CLOSE


def test_what_all_prompts_share_is_read_once(in_mlx, loaded):
    import numpy as np
    import torch

    prompts = [[5, 6, 7, 8, 9], [5, 6, 7, 3], [5, 6, 7, 4, 2, 1]]
    reading, rest = in_mlx.begin(prompts)
    assert rest == [[8, 9], [3], [4, 2, 1]]
    logits = np.array(reading.feed(rest))
    more = np.array(reading.pick([2, 0]).feed([[1], [2, 3]]))
    wanted = [*prompts, [*prompts[2], 1], [*prompts[0], 2, 3]]
    for tokens, found in zip(wanted, [*logits, *more], strict=True):
        with torch.no_grad():
            alone = loaded.model(input_ids=torch.tensor([tokens])).logits[0, -1, : loaded.width]
        assert np.abs(alone.numpy() - found).max() < CLOSE


def test_an_adapter_merged_answers_as_one_upon_the_base(tuned, loaded, in_mlx):
    task = tasks.get("support_label")
    rows = task.load("valid")[:40:4]
    merged, upon = (loading.load(tuned, merge=merge) for merge in (True, False))
    assert merged.merged and not upon.merged
    texts = [[p.text for p in Mlx(task, m, "grammar").answer(rows)] for m in (merged, upon)]
    theirs = [p.text for p in Torch(task, loaded, "grammar").answer(rows)]
    assert texts[0] == texts[1] != theirs
    assert create(task, tuned, "grammar").settings["merged"]


def test_an_adapter_comes_back_from_mlx_as_it_went(tuned, tmp_path):
    from safetensors.torch import load_file

    config, weights = lora.read_for_mlx(tuned / "adapter")
    told = config["lora_parameters"]
    assert told["rank"] == 4 and told["scale"] == 2.0
    alpha = told["scale"] * told["rank"]
    lora.write_for_peft(weights, told["rank"], alpha, "base", tmp_path / "back")
    before, after = (
        load_file(folder / "adapter_model.safetensors")
        for folder in (tuned / "adapter", tmp_path / "back")
    )
    assert before.keys() == after.keys()
    assert all(before[name].equal(after[name]) for name in before)
    written = json.loads((tmp_path / "back" / "adapter_config.json").read_text("utf-8"))
    assert set(written["target_modules"]) == {"q_proj", "v_proj"} and written["lora_alpha"] == 8


def test_adapters_that_mlx_cannot_hold_are_refused(tuned, tmp_path):
    config = json.loads((tuned / "adapter" / "adapter_config.json").read_text("utf-8"))
    for name, value in {"use_dora": True, "alpha_pattern": {"q_proj": 64}}.items():
        text = json.dumps(config | {name: value})
        (tmp_path / "adapter_config.json").write_text(text, "utf-8")
        with pytest.raises(EngineError, match=f"is no plain LoRA .{name}.*use the torch engine"):
            lora.read_for_mlx(tmp_path)


def test_an_adapter_of_another_base_is_refused(tuned):
    config, weights = lora.read_for_mlx(tuned / "adapter")
    name = next(iter(weights))
    other = loading.load(tuned, merge=True).model
    with pytest.raises(EngineError, match="does not fit the base"):
        lora.put_on(other, config, weights | {name: weights[name][:, :2]})


def test_settings_and_fingerprint_tell_the_framework(task, in_mlx, loaded):
    engine = Mlx(task, in_mlx, "grammar")
    assert engine.settings["dtype"] == "float32" and engine.settings["device"] in ("cpu", "gpu")
    assert engine.fingerprint == Mlx(task, replace(in_mlx), "grammar").fingerprint
    assert engine.fingerprint != Torch(task, loaded, "grammar").fingerprint
