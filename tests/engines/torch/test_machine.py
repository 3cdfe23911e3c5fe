"""Which device torch takes, and that a training in the same kernel leaves loaded models alone."""

import subprocess
import sys
import types

import pytest
import torch

from helpers import tasks
from helpers.core import paths
from helpers.core.examples import EngineError
from helpers.engines.torch import machine
from helpers.engines.torch.engine import Torch
from helpers.engines.torch.loading import load
from helpers.export import sizes
from helpers.export.quantize import quantize


@pytest.mark.parametrize(
    ("cuda", "mps", "expected"),
    [(True, False, "cuda"), (False, True, "mps"), (False, False, "cpu")],
)
def test_the_best_device_is_taken(monkeypatch, cuda, mps, expected):
    """A Mac's GPU stood idle: only CUDA was looked for."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    assert machine.device() == expected


@pytest.fixture
def rewritten(monkeypatch):
    """Classes as Unsloth leaves them on a GPU: they serve its own models only."""
    from peft import PeftModelForCausalLM
    from transformers.models.qwen3 import modeling_qwen3 as qwen3

    def forward(*_, **__):
        raise RuntimeError("Expected all tensors to be on the same device")

    class Rotary(qwen3.Qwen3RotaryEmbedding):
        pass

    Rotary.forward = forward
    for rewritten in (qwen3.Qwen3ForCausalLM, qwen3.Qwen3Model, qwen3.Qwen3Attention):
        monkeypatch.setattr(rewritten, "forward", forward)
    monkeypatch.setattr(PeftModelForCausalLM, "forward", forward)
    monkeypatch.setattr(qwen3, "Qwen3RotaryEmbedding", Rotary)


def answers(loaded, rows) -> list[str]:
    return [p.text for p in Torch(tasks.get("support_label"), loaded, "grammar").answer(rows)]


def test_a_model_loaded_after_a_training_is_as_transformers_wrote_it(tuned, monkeypatch, request):
    """On a GPU page 06 failed after a training in its own kernel, on CPU and CUDA tensors mixed."""
    rows = tasks.get("support_label").load("valid")[:6]
    expected = [answers(load(tuned, merge=merge), rows) for merge in (True, False)]
    request.getfixturevalue("rewritten")
    monkeypatch.delitem(sys.modules, "unsloth", raising=False)
    with pytest.raises(RuntimeError, match="same device"):
        answers(load(tuned), rows)
    monkeypatch.setitem(sys.modules, "unsloth", types.ModuleType("unsloth"))
    assert [answers(load(tuned, merge=merge), rows) for merge in (True, False)] == expected


def test_it_loads_where_no_model_was_loaded_before(tiny):
    """The copy was made before its original was imported, and transformers looks for that."""
    code = (
        "import sys, types; sys.modules['unsloth'] = types.ModuleType('unsloth')\n"
        "from helpers.engines.torch.loading import load\n"
        f"print(type(load({str(tiny)!r}).model).__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=paths.root()
    )
    assert done.stdout.strip() == "Qwen3ForCausalLM", done.stderr


def test_logits_are_compared_wherever_the_models_lie(tuned):
    """Tokens were made on the CPU for a model on the GPU; another device plays the GPU here."""
    upon, whole = load(tuned, merge=False), load(tuned, merge=True)
    with torch.device("meta"):  # where a tensor goes that names no device
        assert sizes.logits_apart(upon, whole, ["find dot", "wc dash L"]) < 1e-4


def test_weights_that_mlx_rounded_are_refused_in_one_line(tiny, tmp_path):
    """transformers' own error spoke of a quantization_config without a quant_method."""
    base = quantize(tiny, tmp_path / "base", 4)
    with pytest.raises(EngineError, match="base: MLX has rounded .* take engine mlx, or fuse"):
        load(base)
