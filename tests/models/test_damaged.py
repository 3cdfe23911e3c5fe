"""A folder that was copied by half, or mended badly, is one line that names it and the fix."""

import json
import shutil

import pytest
from safetensors.numpy import load_file, save_file

from helpers import engines, profiles, tasks
from helpers.core.examples import EngineError
from helpers.export import gguf, quantize
from helpers.finetune import suitable
from helpers.models import configuration


@pytest.fixture
def model(tiny, tmp_path):
    return shutil.copytree(tiny, tmp_path / "model")


def cut(model):
    with (model / "model.safetensors").open("r+b") as file:
        file.truncate(20_000)


def empty(model):
    (model / "model.safetensors").write_bytes(b"")


def text_for_a_number(model):
    edit(model, hidden_size="sixty-four")


def other_shapes(model):
    edit(model, hidden_size=48)


def unknown_kind(model):
    edit(model, model_type="qwen9")


def a_number_for_texts(model):
    edit(model, architectures=5)


def null_for_a_text(model):
    edit(model, architectures=[None])


def null_for_the_kind(model):
    edit(model, model_type=None)


def a_text_for_the_length(model):
    edit(model, max_position_embeddings="long")


def lacking(model):
    file = model / "model.safetensors"
    weights = load_file(file)
    kept = {name: weight for name, weight in weights.items() if ".layers.1." not in name}
    save_file(kept, file, metadata={"format": "pt"})


def bad_template(model):
    (model / "chat_template.jinja").write_text("{% for %}")


def no_template(model):
    (model / "chat_template.jinja").unlink()


def half_a_tokenizer(model):
    file = model / "tokenizer.json"
    file.write_text(file.read_text()[:5000])


def another_kind_of_tokenizer(model):
    (model / "tokenizer.json").write_text("{}")


def adapter_beside_it(model):
    """Unsloth and transformers would load the base that this names, or put it on unasked."""
    named = {"base_model_name_or_path": "somebody/else", "peft_type": "LORA"}
    (model / "adapter_config.json").write_text(json.dumps(named))


def edit(model, **values):
    file = model / "config.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


DAMAGES = (
    cut, empty, text_for_a_number, other_shapes, unknown_kind, a_number_for_texts, null_for_a_text,
    null_for_the_kind, a_text_for_the_length, lacking, bad_template, no_template, half_a_tokenizer,
    another_kind_of_tokenizer, adapter_beside_it,
)  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("engine", ["torch", "mlx"])
def test_an_engine_refuses_it_in_one_line(model, damage, engine):
    damage(model)
    with pytest.raises(ValueError, match=str(model)) as caught:
        engines.create(engine, tasks.get("support_label"), model=model)
    text = str(caught.value)
    assert "\n" not in text and len(text) < 600
    assert any(fix in text for fix in ("again", "mend", "take", "put", "move"))


@pytest.mark.parametrize("engine", ["torch", "mlx"])
def test_a_configuration_at_fault_is_what_is_named(model, engine):
    text_for_a_number(model)
    with pytest.raises(ValueError, match=r"config.json: cannot be read .*hidden_size.*sixty-four"):
        engines.create(engine, tasks.get("support_label"), model=model)


@pytest.mark.parametrize("damage", [cut, empty], ids=lambda damage: damage.__name__)
def test_an_export_refuses_it_too(model, damage, tmp_path):
    damage(model)
    for export in (
        lambda: quantize.quantize(model, tmp_path / "q", 8, group=32),
        lambda: gguf.convert(model, tmp_path / "g" / "model.gguf"),
    ):
        with pytest.raises(ValueError, match="model.safetensors: is damaged or not whole"):
            export()
    assert not (tmp_path / "q").exists() and not (tmp_path / "g").exists()


def test_what_is_null_is_left_out():
    """Some libraries write every field, and null where a model has none."""
    suitable.check(profiles.get("t4"), {"model_type": None, "max_position_embeddings": None})
    configuration.check("a/b", {"model_type": None, "architectures": None, "text_config": None})
    inside = {"model_type": "gemma3", "vision_config": {}, "text_config": {"model_type": 5}}
    with pytest.raises(EngineError, match="^a/b: its config.json has 'model_type' as 5, not a te"):
        configuration.check("a/b", inside)
