"""Chat models of many families, tuned, fused and taken elsewhere: the same end and answers."""

from pathlib import Path

import pytest
from families import FAMILIES, save_model, save_run

from helpers import engines, tasks
from helpers.core.examples import EngineError, Example, Prediction
from helpers.engines.gguf.engine import closed
from helpers.engines.gguf.loading import load
from helpers.export import fuse, gguf
from helpers.export.steps import ExportError
from helpers.models.bases import GRANITE_MODULES, LFM2_MODULES

MODULES = {"lfm2": LFM2_MODULES, "granite4": GRANITE_MODULES}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_what_is_fused_answers_in_llama_cpp_and_mlx_as_it_did_in_torch(tmp_path, family):
    base = save_model(family, tmp_path / "base")
    run = save_run(base, tmp_path / "run", MODULES.get(family.name, ("q_proj", "v_proj")))
    task = tasks.get("support_label")
    rows = task.load("valid")[:3]
    rows[1] = Example("odd", f"hello{family.end}\nls", rows[1].target)

    def predictions(engine: str, model: Path) -> list[Prediction]:
        found = engines.create(engine, task, model=model, decode="grammar").answer(rows)
        assert all(answer.details["ended"] for answer in found)
        return found

    def answers(engine: str, model: Path) -> list[str]:
        return [answer.text for answer in predictions(engine, model)]

    upon, untuned = predictions("torch", run), predictions("torch", base)
    for one, other in zip(upon, untuned, strict=True):
        assert one.details["log_probability"] != other.details["log_probability"]
    expected = [answer.text for answer in upon]
    fused = fuse.fuse(run, tmp_path / "fused", "float32")
    assert answers("torch", fused) == answers("mlx", fused) == expected
    if family.name == "granite4":  # mlx-lm cuts its feed-forward in other pieces
        with pytest.raises(EngineError, match="no .*shared_mlp.* in it.*; fuse it with torch"):
            answers("mlx", run)
    else:
        assert answers("mlx", run) == expected
    if family.name == "gemma2":  # read by sentencepiece alone there
        with pytest.raises(ExportError, match=r"tokenizer\.model; copy the base's own tokenizer"):
            gguf.convert(fused, tmp_path / "gguf" / "model.gguf", "f32")
        return
    file = gguf.convert(fused, tmp_path / "gguf" / "model.gguf", "f32")
    assert answers("gguf", file) == expected
    check_ends(file)


def check_ends(file: Path) -> None:
    """An answer that might go on ended with <|endoftext|> alone, which ChatML's models never say.

    Here a model says nothing but the end of its turn, and may say letters.
    """
    loaded = load(file)
    options = {"grammar": closed("start: /[a-z]*/", loaded.end), "logit_bias": [[loaded.end, 100]]}
    found = loaded.model.complete(loaded.encode_plain(["hello"])[0], 4, **options)["choices"][0]
    assert (found["text"], found["finish_reason"]) == ("", "stop")
