"""A profile is what its machine can do, and says why."""

import math
from dataclasses import replace

import pytest

from helpers import profiles, tasks
from helpers.profiles import Machine


@pytest.mark.parametrize("name", profiles.NAMES)
@pytest.mark.parametrize("task", tasks.names())
def test_every_choice_has_a_value_and_a_reason(name, task):
    rows = profiles.choices(profiles.get(name, task))
    assert all(row["choice"] and row["value"] and len(row["reason"]) > 10 for row in rows)
    assert len({row["choice"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("machine", "name", "precision", "backend"),
    [
        (Machine(), "cpu", "fp32", "unsloth"),
        (Machine(apple=True), "mac", "bf16", "mlx"),
        (Machine(card="Tesla T4", capability=(7, 5)), "t4", "fp16", "unsloth"),
        (Machine(card="Tesla P100", capability=(6, 0)), "t4", "fp16", "transformers"),
        (Machine(card="NVIDIA A100", capability=(8, 0)), "workstation", "bf16", "unsloth"),
        (Machine(card="NVIDIA H200", capability=(9, 0)), "workstation", "bf16", "unsloth"),
        (Machine(False, "RTX 3070", (8, 6), 8_361_000_000), "t4", "bf16", "unsloth"),
        (Machine(False, "RTX 4080", (8, 9), 16_859_000_000), "workstation", "bf16", "unsloth"),
    ],
)
def test_the_machine_decides(machine, name, precision, backend):
    found = profiles.detect(look=lambda: machine)
    assert (found.profile.name, found.profile.precision, found.profile.backend) == (
        name, precision, backend,
    )  # fmt: skip
    assert found.reasons and all(found.reasons)


def test_this_machine_has_a_profile():
    assert profiles.detect().profile.name in profiles.NAMES


def test_no_base_of_two_billion_weights_or_less_is_quantized_on_a_t4():
    for task in tasks.names():
        profile = profiles.get("t4", task)
        assert profiles.base_of(profile.base).billions <= 2
        assert not profile.load_in_4bit
        assert "loss scaler" in {r["choice"]: r["reason"] for r in profiles.choices(profile)}[
            "base in 4 bits"
        ]


def test_no_profile_trains_on_a_model_that_sees():
    for name in profiles.NAMES:
        known = profiles.base_of(profiles.get(name).base)
        assert known is None or known.kind == "text"


def test_changes_are_checked():
    assert profiles.get("cpu", steps=3).steps == 3
    for changes, message in (
        ({"stpes": 3}, "no 'stpes'"),
        ({"steps": 0}, "steps is 0"),
        ({"precision": "fp8"}, "not one of fp32"),
        ({"steps": 2.5}, "steps is 2.5; it must be 1 or more, and whole"),
        ({"rank": "8"}, "rank is '8'; it must be 1 or more, and whole"),
        ({"rank": True}, "rank is True; it must be 1 or more, and whole"),
        ({"learning_rate": "1e-3"}, "learning_rate is '1e-3'; it must be a number"),
        ({"dropout": "0"}, "dropout is '0'; it must be a number"),
        ({"learning_rate": 0.0}, "above 0"),
        ({"learning_rate": math.inf}, "learning_rate is inf; it must be above 0, and finite"),
        ({"learning_rate": math.nan}, "learning_rate is nan"),
        ({"dropout": 1.0}, "dropout is 1.0; it must be 0 or more, and below 1"),
        ({"dropout": -0.1}, "dropout is -0.1"),
        ({"warmup": 9.0}, "warmup is 9.0; it must be a share of the steps, from 0 to 1"),
        ({"warmup": -1.0}, "warmup is -1.0"),
        ({"weight_decay": -5.0}, "weight_decay is -5.0; it must be 0 or more, and finite"),
        ({"size": "1m", "base": "smollm2-135m"}, "and base is 'smollm2-135m'; leave one of"),
        ({"target_modules": "q_proj"}, "target_modules is 'q_proj'; name the modules"),
    ):
        with pytest.raises(ValueError, match=message):
            profiles.get("cpu", **changes)
    edges = {"dropout": 0, "warmup": 1, "weight_decay": 0, "rank": 1}
    assert vars(profiles.get("cpu", **edges)).items() >= edges.items()
    tiny = profiles.get("cpu", size="1m")
    assert profiles.get("cpu", size="1m", base=tiny.base) == tiny
    with pytest.raises(ValueError, match="choose one of cpu, t4"):
        profiles.get("t5")


def test_the_profile_that_is_meant_is_that_machine_s_unless_one_is_named():
    here = profiles.resolve("", "support_label", steps=3)
    assert here == replace(profiles.detect("support_label").profile, steps=3)
    small = profiles.resolve("cpu", "support_label", size="1m")
    assert (small.name, small.base) == ("cpu", "data/tiny_base/1m")
    assert profiles.resolve(small) == small


def test_on_an_apple_chip_torch_trains_on_the_cpu_without_unsloth(monkeypatch):
    """Unsloth is MLX there; the first page to train asked for it, or refused to."""
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    monkeypatch.setattr("platform.machine", lambda: "arm64")
    for name in ("", "cpu"):
        found = profiles.resolve(name, "support_label", backends=profiles.TORCH, steps=3)
        assert (found.name, found.backend, found.steps) == ("cpu", "transformers", 3)
    assert profiles.resolve("", "support_label").backend == "mlx"


def test_a_page_refuses_a_profile_that_another_page_trains():
    with pytest.raises(ValueError, match=r"'mac' trains with mlx \(notebook 05\); take another"):
        profiles.resolve("mac", backends=profiles.TORCH)
    with pytest.raises(ValueError, match=r"trains with unsloth \(notebook 04\); .*backend=mlx"):
        profiles.resolve("cpu", backends=("mlx",))


def test_a_family_with_names_of_its_own_gets_its_adapter_on_those():
    found = profiles.get("t4", base="LiquidAI/LFM2-350M")
    assert {"out_proj", "w1"} < {*found.target_modules}
    few = profiles.get("t4", base="LiquidAI/LFM2-350M", target_modules=("w1",))
    assert few.target_modules == ("w1",)


@pytest.mark.parametrize(
    ("config", "processor", "sign"),
    [
        ({"vision_config": {}}, False, "'vision_config'"),
        ({"image_token_id": 5}, False, "'image_token_id'"),
        ({"architectures": ["SomeForConditionalGeneration"]}, False, "its class is Some"),
        ({}, True, "Processor"),
    ],
)
def test_a_model_that_sees_is_refused_with_the_reason(config, processor, sign):
    why = profiles.multimodal_reason(config, processor)
    assert why.startswith("is a vision-language model") and sign in why
    assert "take a text-only base" in why


def test_a_model_that_reads_alone_is_not():
    """T5's class is named as those that see; null is how some configs say that they do not."""
    reads = {"architectures": ["T5ForConditionalGeneration"], "is_encoder_decoder": True}
    assert not profiles.multimodal_reason(reads)
    assert not profiles.multimodal_reason({"vision_config": None})


def test_a_base_brings_what_fits_it():
    """Gemma 3 overflows fp16."""
    gemma = profiles.get("t4", base="google/gemma-3-1b-it")
    assert gemma.precision == "fp32"
    (why,) = [row for row in profiles.choices(gemma) if row["choice"] == "precision"]
    assert "65,504" in why["reason"]
    assert profiles.get("workstation", base="google/gemma-3-1b-it").precision == "bf16"
    assert profiles.get("t4", base="Qwen/Qwen3-0.6B").precision == "fp16"
    assert all(base.license for base in profiles.BASES)


@pytest.mark.parametrize("name", profiles.NAMES)
def test_the_small_pretrained_base_brings_its_own_settings(name):
    """On any machine; what a caller names still counts."""
    found = profiles.get(name, base="smollm2-135m", steps=60)
    assert (found.rank, found.alpha, found.rows_a_step, found.learning_rate) == (16, 32, 16, 2e-3)
    assert found.steps == 60 and not found.gradient_checkpointing
    rows = profiles.choices(found)
    assert all(len(row["reason"]) > 10 for row in rows)
    told = {row["choice"]: row["reason"] for row in rows}
    assert "4-bit copy" in told["base"] and "rows seen at most" in told["steps"]
    usual = {r["choice"]: r["reason"] for r in profiles.choices(profiles.get("t4", rank=8))}
    own = profiles.choices(replace(found, rank=8))
    assert {r["choice"]: r["reason"] for r in own}["rank"] == usual["rank"]


def test_on_a_cpu_the_small_base_is_trained_by_transformers_and_mlx_in_fp32(monkeypatch):
    import torch

    for fast, precision in ((True, "bf16"), (False, "fp32")):
        monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda fast=fast: fast)
        monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: False)
        found = profiles.get("cpu", "voice_command", base="smollm2-135m")
        assert (found.backend, found.precision) == ("transformers", precision)
        assert found.max_length == 1024
    assert profiles.get("cpu", base="smollm2-135m", backend="mlx").precision == "fp32"
    assert profiles.get("cpu").backend == "unsloth"  # the tiny base's, as its records have it


def test_a_base_of_another_kind_brings_what_it_is_trained_with():
    """A larger one on a CPU learns as on a T4, a tiny one on a T4 as on a CPU; reasons follow."""
    larger = profiles.get("cpu", base="google/gemma-3-270m-it")
    assert (larger.rank, larger.learning_rate, larger.rows_a_step) == (16, 2e-4, 16)
    assert larger.backend == "transformers" and larger.steps == profiles.get("t4").steps
    told = {row["choice"]: row["reason"] for row in profiles.choices(larger)}
    assert "made to be tuned" in told["base"] and "Unsloth's notebooks" in told["learning rate"]
    tiny, usual = profiles.get("t4", size="1m"), profiles.get("cpu")
    assert (tiny.rank, tiny.learning_rate) == (usual.rank, usual.learning_rate)
    told = {row["choice"]: row["reason"] for row in profiles.choices(tiny)}
    assert "ships with it" in told["base"] and "tiny weights" in told["learning rate"]
    assert profiles.changed(larger, "2m").learning_rate == usual.learning_rate
