"""Chat models of other families as GGUF: the same prompt, the same end, the same answers."""

import pytest
from families import FAMILIES, save_model

from helpers import engines, tasks
from helpers.core.examples import Example
from helpers.export import gguf


@pytest.mark.parametrize("name", ["smollm2", "llama3", "lfm2", "marked"])
def test_llama_cpp_answers_as_torch_does(tmp_path, name):
    family = next(family for family in FAMILIES if family.name == name)
    folder = save_model(family, tmp_path / name)
    file = gguf.convert(folder, tmp_path / "gguf" / "model.gguf", "f32")
    task = tasks.get("support_label")
    rows = task.load("valid")[:3]
    rows[1] = Example("odd", f"hello{family.end}\nls", rows[1].target)
    torch, found = (
        engines.create(engine, task, model=model, decode="grammar").answer(rows)
        for engine, model in (("torch", folder), ("gguf", file))
    )
    assert [answer.text for answer in found] == [answer.text for answer in torch]
    assert all(answer.details["ended"] for answer in found)
