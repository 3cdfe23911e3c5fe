"""A base that also sees: its text part is trained by Unsloth on a GPU, and answers in torch."""

import ast
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from families import FAMILIES, save_run, tokenizer_of

from helpers import engines, profiles, tasks
from helpers.core import paths
from helpers.core.examples import EngineError
from helpers.engines.torch.loading import load
from helpers.export import fuse, gguf, quantize
from helpers.finetune import backends
from helpers.finetune.run import finetune
from helpers.finetune.torch import models
from helpers.models import text_part
from helpers.profiles import UnsuitableBase

TASK = "support_label"
WAY_OUT = r"is a vision-language model, .*Unsloth on a GPU \(text_only\).*take a text-only base"


def save_seeing(folder: Path) -> Path:
    """Write a tiny Gemma 3 that sees, of random weights, as the hub has the larger ones."""
    import torch
    from transformers import Gemma3Config, Gemma3ForConditionalGeneration

    tokenizer = tokenizer_of(next(family for family in FAMILIES if family.name == "gemma3"))
    text = {
        "vocab_size": len(tokenizer), "hidden_size": 64, "intermediate_size": 64,
        "num_hidden_layers": 6, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16,
        "max_position_embeddings": 1024, "sliding_window": 512, "query_pre_attn_scalar": 16,
        "initializer_range": 0.3, "bos_token_id": tokenizer.bos_token_id,
        "eos_token_id": tokenizer.eos_token_id, "pad_token_id": tokenizer.pad_token_id,
    }  # fmt: skip
    eyes = {
        "hidden_size": 32, "intermediate_size": 32, "num_hidden_layers": 1,
        "num_attention_heads": 2, "image_size": 28, "patch_size": 14,
    }  # fmt: skip
    torch.manual_seed(7)
    config = Gemma3Config(text_config=text, vision_config=eyes, mm_tokens_per_image=4)
    Gemma3ForConditionalGeneration(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def seeing(tmp_path_factory) -> Path:
    return save_seeing(tmp_path_factory.mktemp("seeing") / "gemma")


@pytest.fixture(scope="module")
def run(seeing, tmp_path_factory) -> Path:
    """A run as Unsloth leaves it: an adapter on the text part, named as in the part."""
    return save_run(seeing, tmp_path_factory.mktemp("runs") / "labels", ("q_proj", "up_proj"))


def answers(engine: str, model: Path) -> list[str]:
    task = tasks.get(TASK)
    rows = task.load("valid")[:3]
    return [
        answer.text
        for answer in engines.create(engine, task, model=model, decode="grammar").answer(rows)
    ]


def test_engine_torch_reads_the_text_part_and_leaves_the_rest(seeing):
    import torch
    from transformers import Gemma3ForConditionalGeneration

    loaded = load(seeing)
    whole = Gemma3ForConditionalGeneration.from_pretrained(seeing).eval()
    ids = torch.tensor(loaded.encode(["<bos>find dot<end_of_turn>"]))
    with torch.inference_mode():
        assert torch.equal(loaded.model(ids).logits, whole(ids).logits)
    assert not [name for name, _ in loaded.model.named_parameters() if "vision" in name]


def test_an_adapter_on_the_part_lands_and_once_fused_every_engine_answers(run, seeing, tmp_path):
    tuned = answers("torch", run)
    assert tuned != answers("torch", seeing)
    fused = fuse.fuse(run, tmp_path / "fused", "float32")
    config = json.loads((fused / "config.json").read_text("utf-8"))
    assert config["model_type"] == "gemma3_text" and "vision_config" not in config
    file = gguf.convert(fused, tmp_path / "gguf" / "model.gguf", "f32")
    for engine, model in (("torch", fused), ("mlx", fused), ("gguf", file)):
        assert answers(engine, model) == tuned, engine


def test_a_part_that_lacks_weights_is_refused(seeing, tmp_path):
    from safetensors.numpy import load_file, save_file

    weights = load_file(seeing / "model.safetensors")
    for file in seeing.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    del weights["language_model.model.layers.3.mlp.up_proj.weight"]
    save_file(weights, tmp_path / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(EngineError, match=r"lack 1 of .*such as model\.layers\.3\.mlp\.up_proj"):
        load(tmp_path)


@pytest.mark.usefixtures("runs_dir")
def test_what_cannot_take_the_part_out_says_who_can(seeing, run, tmp_path, monkeypatch):
    monkeypatch.setattr(models, "import_backend", lambda backend: None)  # Unsloth comes first
    monkeypatch.setattr(models.machine, "device", lambda: "cpu")
    task = tasks.get(TASK)
    profile = replace(profiles.get("cpu"), base=str(seeing))
    for ask, who in (
        (lambda: finetune(task, replace(profile, backend="transformers")), "TRL alone"),
        (lambda: finetune(task, replace(profile, backend="mlx")), "MLX"),
        (lambda: finetune(task, replace(profile, backend="unsloth")), "Unsloth without a GPU"),
        (lambda: engines.create("mlx", task, model=seeing), "MLX"),
        (lambda: engines.create("mlx", task, model=run), "MLX"),
        (lambda: quantize.quantize(seeing, tmp_path / "bits", 8, group=32), "MLX"),
        (lambda: gguf.convert(seeing, tmp_path / "x" / "model.gguf"), "llama.cpp's converter"),
    ):
        with pytest.raises(ValueError, match=WAY_OUT) as caught:
            ask()
        assert f"text part {who} cannot" in str(caught.value) and "\n" not in str(caught.value)


def test_nothing_is_fetched_of_a_base_that_this_machine_cannot_train(hub, seeing, monkeypatch):
    hub.put("someone/seeing", **{"config.json": (seeing / "config.json").read_text("utf-8")})
    for name, backend in (("cpu", "transformers"), ("mac", "mlx")):
        profile = profiles.get(name, base="someone/seeing", backend=backend)
        with pytest.raises(UnsuitableBase, match=f"^someone/seeing {WAY_OUT}"):
            backends.get(profile).ready(profile)


def test_unsloth_without_a_gpu_has_no_such_argument(seeing):
    """Why it is refused there: asked for it, the pinned version raises an error of Python's."""
    code = (
        "from unsloth import FastLanguageModel\n"
        f"try: FastLanguageModel.from_pretrained({str(seeing)!r}, text_only=True)\n"
        "except TypeError as error: print(error)"
    )
    env = os.environ | {"CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=paths.root(), env=env
    )
    assert "unexpected keyword argument 'text_only'" in done.stdout, done.stderr[-2000:]


def unsloth(file: str) -> ast.Module:
    """Unsloth's source: what it does on a GPU cannot even be imported here."""
    from importlib.util import find_spec

    folder = Path(find_spec("unsloth").origin).parent
    return ast.parse((folder / file).read_text("utf-8"))


def test_on_a_gpu_unsloth_takes_the_part_of_the_same_families(seeing, monkeypatch):
    """It has the argument; it leaves the tower in, silently, where a family has no own decoder."""
    monkeypatch.setattr(models.machine, "device", lambda: "cuda")
    profile = replace(profiles.get("workstation"), base=str(seeing))
    models.check_base(profile)
    assert models.text_only(profile) == {"text_only": True}
    assert models.text_only(replace(profile, base="data/tiny_base/2m")) == {}
    loads = [
        node
        for node in ast.walk(unsloth("models/loader.py"))
        if isinstance(node, ast.FunctionDef) and node.name == "from_pretrained"
    ]
    assert all("text_only" in {arg.arg for arg in load.args.args} for load in loads[:2])
    (rule,) = (
        node
        for node in unsloth("models/_utils.py").body
        if isinstance(node, ast.FunctionDef) and node.name == "_is_family_text_decoder"
    )
    theirs: dict = {}
    exec(compile(ast.Module([rule], []), "unsloth", "exec"), theirs)
    for whole, part in (
        ("gemma3", "gemma3_text"), ("qwen3_5", "qwen3_5_text"), ("llava", "llama"),
        ("mistral3", "mistral"), ("qwen3_vl", "qwen3_vl_text"),
    ):  # fmt: skip
        config = {"model_type": whole, "vision_config": {}, "text_config": {"model_type": part}}
        offered = theirs["_is_family_text_decoder"](whole, part) and part != "qwen3_vl_text"
        assert bool(text_part.decoder_of(config)) == offered, whole
