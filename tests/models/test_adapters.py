"""An adapter lands whole on the base it was trained on, or is refused by everyone in one line."""

import json
import shutil

import pytest
from safetensors.numpy import load_file, save_file

from helpers import engines, tasks
from helpers.core.examples import EngineError
from helpers.export import adapters as exported
from helpers.export import fuse
from helpers.models import adapters, digests, folders

PREFIX = "base_model.model.model.layers.0.self_attn.q_proj"


@pytest.fixture
def run(tuned, tmp_path):
    return shutil.copytree(tuned, tmp_path / "finetune-labels")


def rewrite(run, change):
    file = run / "adapter" / adapters.WEIGHTS
    kept = {new: weight for name, weight in load_file(file).items() if (new := change(name))}
    save_file(kept, file, metadata={"format": "pt"})


def record(run, **more):
    told = json.loads((run / "record.json").read_text()) | more
    (run / "record.json").write_text(json.dumps(told))


def refused(run, tmp_path, message):
    """By each engine, by fusing, and by the way into mlx-lm's form."""
    task = tasks.get("support_label")
    for ask in (
        lambda: engines.create("torch", task, model=run),
        lambda: engines.create("mlx", task, model=run),
        lambda: fuse.fuse(run, tmp_path / "fused"),
        lambda: exported.to_mlx(run, tmp_path / "mlx"),
    ):
        with pytest.raises(ValueError, match=message) as caught:
            ask()
        assert "\n" not in str(caught.value) and run.name in str(caught.value)
    assert not (tmp_path / "fused").exists() and not (tmp_path / "mlx").exists()


def test_weights_with_other_names_are_refused(run, tmp_path):
    """As those are that were trained on the same model inside one that sees."""
    rewrite(run, lambda name: name.replace("model.layers", "language_model.layers"))
    refused(run, tmp_path, "does not fit .*there is no module language_model.layers.0.*train it")


def test_half_an_adapter_is_refused(run, tmp_path):
    rewrite(run, lambda name: name if ".layers.0." in name else "")
    refused(run, tmp_path, "it adapts 2 of 4 modules; model.layers.1.self_attn.q_proj has no")


def test_half_a_module_is_refused(run, tmp_path):
    rewrite(run, lambda name: "" if f"{PREFIX}.lora_B" in name else name)
    refused(run, tmp_path, "model.layers.0.self_attn.q_proj has lora_A alone")


def test_weights_that_belong_to_nothing_are_refused(run, tmp_path):
    rewrite(run, lambda name: name.replace(f"{PREFIX}.lora_B", f"{PREFIX}_old.lora_Z"))
    refused(run, tmp_path, "lora_Z.weight belongs to no module")


def test_an_adapter_without_weights_is_refused(run, tmp_path):
    rewrite(run, lambda name: "")
    refused(run, tmp_path, "adapter_model.safetensors: holds no weights; copy the adapter again")


@pytest.mark.parametrize("size", [0, 1000])
def test_an_adapter_that_was_copied_by_half_is_refused(run, tmp_path, size):
    with (run / "adapter" / adapters.WEIGHTS).open("r+b") as file:
        file.truncate(size)
    refused(run, tmp_path, "adapter_model.safetensors: is damaged or not whole .*copy it again")


def test_a_base_of_another_width_is_refused(run, base, tmp_path):
    narrow = shutil.copytree(base, tmp_path / "narrow")
    config = json.loads((narrow / "config.json").read_text())
    weights = load_file(narrow / "model.safetensors")
    weights = {n: w[:, :32] if n.endswith("q_proj.weight") else w for n, w in weights.items()}
    save_file(weights, narrow / "model.safetensors", metadata={"format": "pt"})
    (narrow / "config.json").write_text(json.dumps(config))
    record(run, base=str(narrow))
    refused(run, tmp_path, r"q_proj is 64 × 32 there, and its adapter's matrices are 4 × 64 and")


def test_a_base_that_has_changed_is_refused_and_what_changed_is_named(run, tiny, tmp_path):
    own = shutil.copytree(tiny, tmp_path / "own")
    record(run, base=str(own), **digests.of_base(own))
    engines.create("torch", tasks.get("support_label"), model=run)
    template = own / "chat_template.jinja"
    before = template.read_text()
    template.write_text(before.replace("message.role", "message.role | upper"))
    refused(run, tmp_path, r"has changed since the run was trained, its template \(base_digest")
    template.write_text(before)
    weights = load_file(own / "model.safetensors")
    save_file({n: w + w.std() for n, w in weights.items()}, own / "model.safetensors")
    refused(run, tmp_path, r"since the run was trained \(base_digest .*put it back, or train agai")


def test_another_run_s_adapter_is_refused(run, tmp_path):
    record(run, adapter_digest=digests.adapter_digest(run / "adapter"))
    engines.create("torch", tasks.get("support_label"), model=run)
    file = run / "adapter" / adapters.WEIGHTS
    save_file({n: 2 * w for n, w in load_file(file).items()}, file, metadata={"format": "pt"})
    refused(run, tmp_path, "is not the adapter its run trained .*put it back, or train again")


def test_an_adapter_from_elsewhere_is_known_by_names_and_shapes_alone(run):
    assert "base_digest" not in json.loads((run / "record.json").read_text())
    assert folders.verified(run).adapter == run / "adapter"


def test_the_order_of_its_modules_changes_no_digest(run):
    """PEFT keeps them as a set, and writes them as they come."""
    file = run / "adapter" / adapters.CONFIG
    digests = set()
    for modules in (["q_proj", "v_proj"], ["v_proj", "q_proj"]):
        config = json.loads(file.read_text()) | {"target_modules": modules}
        file.write_text(json.dumps(config))
        digests.add(folders.locate(run).digest)
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("wanted", "count"),
    [(["q_proj"], 2), (r".*\.1\.self_attn\.[qk]_proj", 2), ("all-linear", 0), (None, 0)],
)
def test_the_modules_it_should_adapt_are_those_of_its_configuration(tiny, wanted, count):
    modules = adapters.modules_of(tiny)
    assert len(adapters.targets({"target_modules": wanted}, modules)) == count
    assert not adapters.targets({"target_modules": wanted, "layers_to_transform": [1]}, modules)


def test_an_adapter_lands_on_a_base_of_mlx_s_few_bits(run, tiny, tmp_path):
    from helpers.export import quantize

    quantized = quantize.quantize(tiny, tmp_path / "bits", 8, group=32)
    assert adapters.modules_of(quantized) == adapters.modules_of(tiny)
    record(run, base=str(quantized))
    engines.create("mlx", tasks.get("support_label"), model=run)
    rewrite(run, lambda name: name if ".layers.0." in name else "")
    with pytest.raises(EngineError, match="it adapts 2 of 4 modules"):
        engines.create("mlx", tasks.get("support_label"), model=run)


def configure(run, **values):
    file = run / "adapter" / adapters.CONFIG
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"r": "x"}, r"its 'r' is 'x', not a whole number"),
        ({"r": None}, r"its 'r' is None"),
        ({"r": 0}, r"its 'r' is 0"),
        ({"lora_alpha": "x"}, r"its 'lora_alpha' is 'x', not a number"),
        ({"lora_alpha": None}, r"its 'lora_alpha' is None"),
        ({"target_modules": 5}, r"its 'target_modules' is 5, neither names in a list"),
        ({"target_modules": ["q_proj", 5]}, r"its 'target_modules' is \['q_proj', 5\]"),
        ({"target_modules": "["}, r"its 'target_modules' is '\[', which is no pattern"),
    ],
)
def test_a_configuration_of_the_wrong_kinds_is_refused(run, tmp_path, values, message):
    configure(run, **values)
    refused(run, tmp_path, f"adapter_config.json: {message}.*; copy the adapter again$")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"r": 64}, "r is 64, and model.layers.0.self_attn.q_proj has rank 4"),
        ({"target_modules": ["v_proj"]}, "target_modules leaves out model.layers.*q_proj, which"),
    ],
)
def test_a_configuration_that_its_weights_gainsay_is_refused(run, tmp_path, values, message):
    configure(run, **values)
    refused(run, tmp_path, f"adapter_config.json: is not that of .*: {message}.*; put it back")


def test_a_rank_of_its_own_for_some_modules_is_peft_s_business(run):
    configure(run, r=64, rank_pattern={"q_proj": 4, "v_proj": 4})
    assert folders.verified(run).adapter == run / "adapter"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"lora_alpha": 6400}, "lora_alpha is 6400, and its run trained with 8"),
        ({"use_rslora": True}, "use_rslora is True, and its run trained with False"),
        ({"alpha_pattern": {"q_proj": 99}}, "alpha_pattern is {'q_proj': 99}, and its run"),
        ({"r": 64, "rank_pattern": {"proj": 4}}, "r is 64, and its run trained with 4"),
        ({"peft_type": "IA3"}, "peft_type is 'IA3', and its run trained with 'LORA'"),
    ],
)
def test_a_configuration_that_its_run_did_not_train_is_refused(run, tmp_path, values, message):
    """The digest in a record is of the weights: these would scale them otherwise unseen."""
    record(run, rank=4, alpha=8, adapter_digest=digests.adapter_digest(run / "adapter"))
    assert folders.verified(run).adapter == run / "adapter"
    configure(run, **values)
    refused(run, tmp_path, f"adapter_config.json: is not that of .*: {message}.*; put it back")


def test_a_matrix_that_is_none_is_refused(run, tmp_path):
    file = run / "adapter" / adapters.WEIGHTS
    weights = load_file(file)
    weights[f"{PREFIX}.lora_A.weight"] = weights[f"{PREFIX}.lora_A.weight"].ravel()
    save_file(weights, file, metadata={"format": "pt"})
    refused(run, tmp_path, r"safetensors: .*lora_A.weight has the shape \[256\], and is no matrix")


@pytest.mark.parametrize("quantization", ["x", {"group_size": "x", "bits": 4}])
def test_a_base_whose_quantization_is_damaged_is_named(run, base, tmp_path, quantization):
    own = shutil.copytree(base, tmp_path / "own")
    config = json.loads((own / "config.json").read_text()) | {"quantization": quantization}
    (own / "config.json").write_text(json.dumps(config))
    with pytest.raises(EngineError, match=r"own/config.json: its 'quantization' is .*copy the b"):
        adapters.modules_of(own)
