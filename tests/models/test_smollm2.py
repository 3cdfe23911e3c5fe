"""The small base: the tokenizer that it was trained with, and one line where it is not there."""

from __future__ import annotations

import json

import pytest

from helpers.core.examples import EngineError
from helpers.engines.gguf import loading as gguf_loading
from helpers.export import gguf
from helpers.models import folders, loading, smollm2

NASTY = (
    "find . -name *.txt | xargs -0 rm -rf",
    "0.7 755 2026 1,234 ٣٤ ²³ 12ab34",
    "  two  spaces\n\n\ttabs \r\n and   ends  ",
    "it's I'LL they've NAÏVE Ångström 日本語 🙂👍🏽 e\u0301",
    "{\"kind\":\"command\",\"arguments\":{}}",
    "<|im_start|>user\nhi<|im_end|>\n<|endoftext|>",
    "\u200b\ufeff\x7f ~/.ssh/id_rsa $((1+2)) ${x:-y}",
)


@pytest.fixture(scope="module")
def tokenizer():
    return loading.load_tokenizer(smollm2.NAME)


def test_a_text_is_the_same_tokens_for_torch_and_for_llama_cpp(tokenizer, tmp_path):
    """A GGUF's tokenizer as transformers reads it splits no digits and ends turns wrongly."""
    file = gguf.convert(smollm2.located(), tmp_path / "small.gguf")
    loaded = gguf_loading.load(file)
    for text in NASTY:
        ids = tokenizer(text, add_special_tokens=False)["input_ids"]
        assert loaded.model.tokenize(text) == ids, text
        assert tokenizer.decode(ids) == text


def test_digits_stand_alone_and_turns_end_where_they_were_trained_to_end(tokenizer):
    assert tokenizer.tokenize("755") == ["7", "5", "5"]
    assert (tokenizer.eos_token, tokenizer.pad_token) == ("<|im_end|>", "<|endoftext|>")
    assert tokenizer.bos_token is None
    assert not json.loads(tokenizer.backend_tokenizer.to_str())["model"]["byte_fallback"]


def test_records_call_it_by_its_short_name_and_the_card_says_what_it_is():
    model = folders.locate(smollm2.NAME)
    assert model.metadata["base"] == model.metadata["model"] == "smollm2-135m"
    assert model.metadata["weights"] == 134_515_008
    card = (model.base / "README.md").read_text(encoding="utf-8")
    assert "lossy" in card and "4-bit copy" in card and "apache-2.0" in card


def test_a_tiny_base_has_a_short_name():
    assert folders.resolve("tiny-2m") == folders.resolve("data/tiny_base/2m")


def test_a_base_that_was_not_fetched_is_one_line_with_the_command(tmp_path, monkeypatch):
    monkeypatch.setattr(smollm2.fetch, "home", lambda name: tmp_path / name)
    with pytest.raises(EngineError, match=r"smollm2-135m: is not here.*run python -m helpers"):
        folders.resolve(smollm2.NAME)


def test_a_name_that_is_none_lists_the_short_ones():
    with pytest.raises(EngineError, match="tiny-2m.*smollm2-135m"):
        folders.resolve("smollm")
