"""What is fused or quantized answers like the adapter upon its base, and is whole or not there."""

import json
import resource
import shutil

import pytest

from helpers import tasks
from helpers.core import runs
from helpers.engines.mlx import loading as mlx_loading
from helpers.engines.mlx.engine import Mlx
from helpers.engines.torch import loading
from helpers.engines.torch.engine import Torch, create
from helpers.export import adapters
from helpers.export.fuse import fuse
from helpers.export.quantize import quantize
from helpers.export.steps import ExportError
from helpers.models.folders import locate
from helpers.tasks.prompts import render

TASK = "support_label"


@pytest.fixture
def rows():
    """Rows to answer."""
    return tasks.get(TASK).load("valid")[:60:6]


def texts(engine, rows) -> list[str]:
    """Return answers inside the grammar."""
    return [prediction.text for prediction in engine.answer(rows)]


def close(one, other, loaded, limit: float) -> bool:
    """Return whether two torch models' logits agree."""
    import torch

    ids = torch.tensor(loaded.encode(["<|im_start|>user\nfind dot<|im_end|>\n"]))
    with torch.no_grad():
        return (one(ids).logits - other(ids).logits).abs().max().item() < limit


def test_fused_in_full_it_is_the_same_model(tuned, tmp_path, rows):
    fused = fuse(tuned, tmp_path / "fused", "float32")
    task = tasks.get(TASK)
    upon, whole = loading.load(tuned, merge=False), loading.load(fused)
    assert close(upon.model, whole.model, whole, 1e-4)
    assert texts(Torch(task, upon, "grammar"), rows) == texts(Torch(task, whole, "grammar"), rows)
    record = runs.read(fused)
    assert record["task"] == TASK and record["mix"] == 0.3
    assert record["made"] == [{"step": "fuse", "dtype": "float32"}]
    with pytest.raises(ValueError, match="was tuned for support_label"):
        create(tasks.get("dictated_bash"), fused)
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
def test_fused_to_16_bits_the_file_is_half_as_large(tuned, tmp_path, dtype):
    sizes = [
        (fuse(tuned, tmp_path / name, name) / "model.safetensors").stat().st_size
        for name in ("float32", dtype)
    ]
    assert sizes[1] < 0.6 * sizes[0]


def test_quantized_for_mlx_it_is_smaller_and_still_answers(tuned, tmp_path, rows):
    fused = fuse(tuned, tmp_path / "fused", "float32")
    task = tasks.get(TASK)
    size = (fused / "model.safetensors").stat().st_size
    for bits in (8, 4):
        loaded = mlx_loading.load(quantize(fused, tmp_path / str(bits), bits))
        smaller = (tmp_path / str(bits) / "model.safetensors").stat().st_size
        assert smaller < size and loaded.dtype == f"{bits}-bit"
        size = smaller
        labels = set(task.labels)
        assert set(texts(Mlx(task, loaded, "grammar"), rows)) <= labels
        assert [m["step"] for m in loaded.record["made"]] == ["fuse", "quantize"]


def test_rows_make_four_bits_round_to_nearer_answers(tuned, tmp_path, rows):
    """Rounded one by one, weights all err; GPTQ lets those to come make up for those that went."""
    import mlx.core as mx

    fused, task = fuse(tuned, tmp_path / "fused", "float32"), tasks.get(TASK)
    whole = mlx_loading.load(fused)
    seen = [render(whole.tokenizer, task, row) for row in task.load("train")[:150]]
    shown = [one.guarded_prompt + one.guarded_completion for one in seen]
    read = whole.encode([render(whole.tokenizer, task, row).guarded_prompt for row in rows])

    def apart(folder):
        other = mlx_loading.load(folder)
        pairs = [(m.model(mx.array([ids])) for m in (whole, other)) for ids in read]
        return sum(mx.square(one - two).mean().item() for one, two in pairs)

    plain = apart(quantize(fused, tmp_path / "plain", 4))
    learned = apart(quantize(fused, tmp_path / "gptq", 4, texts=shown))
    assert learned < 0.7 * plain
    with pytest.raises(ExportError, match="3 tokens of text are too few; give 32"):
        quantize(fused, tmp_path / "short", 4, texts=["<|im_end|>" * 3])


def test_an_adapter_on_a_quantized_base_is_fused_in_full(tuned, tiny, tmp_path, rows):
    """Requantized, the sum would lose what the adapter adds; dequantized it keeps it."""
    base = quantize(tiny, tmp_path / "base", 4)
    run = tmp_path / "run"
    run.mkdir()
    (run / "adapter").symlink_to(tuned / "adapter")
    record = runs.read(tuned) | {"base": str(base)}
    (run / "record.json").write_text(json.dumps(record), "utf-8")
    fused = fuse(run, tmp_path / "fused", "float32")
    assert "quantization" not in json.loads((fused / "config.json").read_text("utf-8"))
    task = tasks.get(TASK)
    upon = mlx_loading.load(run)
    assert upon.dtype == "4-bit" and not upon.merged
    assert texts(Mlx(task, upon, "grammar"), rows) == texts(create(task, fused, "grammar"), rows)


def test_an_adapter_goes_to_mlx_and_back(tuned, tmp_path):
    from mlx_lm.tuner.utils import load_adapters
    from safetensors.torch import load_file

    there = adapters.to_mlx(tuned, tmp_path / "mlx")
    base = mlx_loading.load_model(locate(tuned).base)
    assert load_adapters(base, str(there))  # mlx-lm's own reader takes it
    back = adapters.to_peft(there, "base", tmp_path / "peft")
    name = "adapter_model.safetensors"
    before, after = (load_file(folder / name) for folder in (tuned / "adapter", back))
    assert before.keys() == after.keys() and all(before[n].equal(after[n]) for n in before)


def test_a_folder_of_ones_own_is_not_replaced(tuned, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(ExportError, match="mine holds thesis.txt, which no export made; name"):
        fuse(tuned, tmp_path / "mine", "float32")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
    run = shutil.copytree(tuned, tmp_path / "run")
    with pytest.raises(ExportError, match="run holds adapter, which no export made; name"):
        fuse(tuned, run, "float32")


def test_a_score_or_an_adapter_is_not_replaced(tuned, tmp_path):
    """Either has a record or a configuration, as what an export made has."""
    score, adapter = tmp_path / "score", tmp_path / "adapter"
    score.mkdir()
    runs.write(score, {"task": TASK, "exact": 0.5})
    shutil.copytree(tuned / "adapter", adapter)
    for folder, make in ((score, fuse), (adapter, adapters.to_mlx)):
        before = {file.name: file.read_bytes() for file in folder.iterdir()}
        with pytest.raises(ExportError, match="which no export made; name another"):
            make(tuned, folder)
        assert before == {file.name: file.read_bytes() for file in folder.iterdir()}
    for form in ("mlx", "again"):  # what an export made is made again
        adapters.to_mlx(tuned, tmp_path / "mlx")
        assert adapters.to_peft(tmp_path / "mlx", "base", tmp_path / "peft").exists(), form


def test_advice_for_sampling_stays_behind(tuned, tmp_path, monkeypatch):
    """A penalty for repetition reached the GGUF, and llama.cpp took it."""
    load = loading.load

    def advised(*given, **options):
        loaded = load(*given, **options)
        loaded.model.generation_config.update(repetition_penalty=1.3, eos_token_id=2)
        return loaded

    monkeypatch.setattr("helpers.export.fuse.loading.load", advised)
    fused = fuse(tuned, tmp_path / "fused", "float32")
    known = json.loads((fused / "generation_config.json").read_text("utf-8"))
    assert "repetition_penalty" not in known and known["eos_token_id"] == 2


def test_what_cannot_be_made_is_refused_with_one_line(tuned, tiny, tmp_path):
    cases = [
        (lambda: fuse(tiny, tmp_path / "x"), "has no adapter"),
        (lambda: fuse(tuned, tmp_path / "x", "int8"), "there is no type 'int8'"),
        (lambda: quantize(tuned, tmp_path / "x", 4), "fuse it first"),
        (lambda: quantize(tiny, tmp_path / "x", 3), "choose 8 or 4"),
        (lambda: adapters.to_mlx(tiny, tmp_path / "x"), "has no adapter"),
    ]
    for make, message in cases:
        with pytest.raises(ExportError, match=message) as caught:
            make()
        assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())


@pytest.fixture
def full_disk():
    """A limit on the size of files, which stands in for a disk that is full."""
    import signal

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, before)


@pytest.fixture
def there(tuned, tmp_path):
    """What was made before the disk was full: a fused folder, and an adapter in MLX's form."""
    fuse(tuned, tmp_path / "fused", "float32")
    adapters.to_mlx(tuned, tmp_path / "mlx")
    return tmp_path


@pytest.mark.parametrize("step", ["fuse", "quantize", "to_mlx", "to_peft"])
def test_a_full_disk_leaves_nothing_behind(step, tuned, there, request):
    out = there / "out" / "new"
    make = {
        "fuse": lambda: fuse(tuned, out),
        "quantize": lambda: quantize(there / "fused", out, 8),
        "to_mlx": lambda: adapters.to_mlx(tuned, out),
        "to_peft": lambda: adapters.to_peft(there / "mlx", "base", out),
    }[step]
    request.getfixturevalue("full_disk")
    with pytest.raises(ExportError, match="cannot be written .*make room") as caught:
        make()
    assert "\n" not in str(caught.value)
    assert not list(out.parent.iterdir())


def test_what_reads_a_rope_where_it_used_to_stand_finds_it(tuned, tmp_path):
    """mlx-lm by itself took 10,000 for it, and read every token but the first wrongly."""
    config = json.loads((fuse(tuned, tmp_path / "fused") / "config.json").read_text("utf-8"))
    assert config["rope_theta"] == config["rope_parameters"]["rope_theta"]
