"""The growing loop learns, and comes to the same weights after a kill."""

from dataclasses import replace

import pytest

from helpers import tasks
from helpers.pretrain import loop, tiny_base
from helpers.pretrain.tiny_base import Recipe

SMALL = Recipe(steps=6, rows=2, length=48, warmup=2, checkpoint_every=2)


def test_a_killed_run_grows_to_the_same_weights(material, tokenizer, tmp_path):
    import torch

    whole = loop.grow("1m", material, tokenizer, tmp_path / "whole", SMALL, ["ls -l"])

    def die(row):
        if row["step"] == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loop.grow("1m", material, tokenizer, tmp_path / "cut", SMALL, ["ls -l"], die)
    with (tmp_path / "cut" / "curve.csv").open("a") as file:
        file.write("6,1,1,1,1\n")  # as if killed between the curve's line and the checkpoint
    resumed = loop.grow("1m", material, tokenizer, tmp_path / "cut", SMALL, ["ls -l"])
    for one, other in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert torch.equal(one, other)
    curves = [loop.curve(tmp_path / folder) for folder in ("whole", "cut")]
    seconds = [[point.pop("seconds") for point in points] for points in curves]
    assert curves[0] == curves[1] and [point["step"] for point in curves[0]] == [2, 4, 6]
    assert seconds[1] == sorted(seconds[1]) and seconds[1][2] > seconds[1][1]  # pauses left out


def test_a_finished_run_is_read_and_not_trained_further(material, tokenizer, tmp_path):
    import torch

    grown = loop.grow("1m", material, tokenizer, tmp_path, SMALL)
    again = loop.grow("1m", material, tokenizer, tmp_path, SMALL, report=pytest.fail)
    for one, other in zip(grown.parameters(), again.parameters(), strict=True):
        assert torch.equal(one, other)


def test_a_folder_that_holds_another_growth_is_refused(material, tokenizer, tmp_path):
    """Weights of one tokenizer were once saved beside another, without a word."""
    recipe = replace(SMALL, steps=1)
    loop.grow("1m", material, tokenizer, tmp_path, recipe)
    other = tiny_base.train_tokenizer(["echo another echo of another"] * 9)
    for changed, grown in {
        "tokenizer": ("1m", material, other, tmp_path, recipe),
        "size": ("2m", material, tokenizer, tmp_path, recipe),
        "recipe": ("1m", material, tokenizer, tmp_path, replace(recipe, peak_rate=0.1)),
        "material": ("1m", replace(material, requests=()), tokenizer, tmp_path, recipe),
    }.items():
        with pytest.raises(ValueError, match=rf"\(another {changed}\); name another --work"):
            loop.grow(*grown)


def test_the_layers_are_muons_and_the_rest_is_adamws():
    model = tiny_base.new_model("1m")
    muon, adam = (optimizer for optimizer, _ in loop._optimizers(model, SMALL))
    shapes = [
        {p.dim() for group in optimizer.param_groups for p in group["params"]}
        for optimizer in (muon, adam)
    ]
    assert shapes == [{2}, {1, 2}]
    counted = [
        p for optimizer in (muon, adam) for group in optimizer.param_groups for p in group["params"]
    ]
    assert set(map(id, counted)) == set(map(id, model.parameters()))
    assert len(counted) == len(list(model.parameters()))


def test_a_model_learns_what_it_reads(material, tokenizer, tmp_path):
    texts = [e.target for e in tasks.get("dictated_bash").load("valid")[:20]]
    recipe = replace(SMALL, steps=120, rows=8, length=96, warmup=10, checkpoint_every=120)
    before = tiny_base.bits_per_byte(tiny_base.new_model("1m"), tokenizer, texts)
    model = loop.grow("1m", material, tokenizer, tmp_path, recipe)
    assert tiny_base.bits_per_byte(model, tokenizer, texts) < before - 1
