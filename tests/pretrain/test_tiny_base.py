"""The tiny base is what its name says, and reads text without held-out groups."""

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import tasks
from helpers.corpora import base_text
from helpers.pretrain import tiny_base
from helpers.pretrain.tiny_base import QWEN2

NASTY = [
    "", " ", "\n\n", "\t", "a\r\nb", "don't", "DON'T", "  two  spaces ", "1234567890", "x" * 300,
    "naïve café", "日本語", "🙂🙃", "e\u0301", "\u00a0", "<|im_end|",
    "find . -name '*.txt' -exec rm {} \\;", "2>&1 | tee -a /var/log/x.log",
    '{"kind":"note"}', "a\x00b", "ﬁ", "Ⅷ", "١٢٣",
]  # fmt: skip


@pytest.fixture(scope="module")
def tokenizer(material):
    rng = Random(0)
    return tiny_base.train_tokenizer(base_text.document(material, rng) for _ in range(400))


@pytest.mark.parametrize("text", NASTY)
def test_any_text_comes_back_from_the_tokenizer_normalized(tokenizer, text):
    import unicodedata

    ids = tokenizer(text, add_special_tokens=False)["input_ids"]
    assert tokenizer.decode(ids) == unicodedata.normalize("NFC", text)


@settings(max_examples=60)
@given(text=st.text(st.characters(codec="ascii"), max_size=60))
def test_ascii_comes_back_unchanged(tokenizer, text):
    ids = tokenizer(text, add_special_tokens=False, split_special_tokens=True)["input_ids"]
    assert tokenizer.decode(ids) == text


def test_the_pre_tokenizer_is_qwen2s_to_the_letter(tokenizer):
    """llama.cpp's converter knows Qwen2's splitting by this pattern; another would be refused."""
    steps = json.loads(tokenizer.backend_tokenizer.to_str())["pre_tokenizer"]["pretokenizers"]
    assert steps[0]["pattern"]["Regex"] == QWEN2
    assert [step["type"] for step in steps] == ["Split", "ByteLevel"]
    pieces = tokenizer.backend_tokenizer.pre_tokenizer.pre_tokenize_str("cut -d, -f12")
    assert [piece for piece, _ in pieces] == ["cut", "Ġ-", "d", ",", "Ġ-", "f", "1", "2"]


def test_a_turn_ends_with_one_token_and_the_template_matches_the_growing_text(tokenizer):
    turns = [
        {"role": "system", "content": "Repeat the text."},
        {"role": "user", "content": "ls"},
        {"role": "assistant", "content": "ls"},
    ]
    whole = tokenizer.apply_chat_template(turns, tokenize=False)
    assert whole == base_text.chat("Repeat the text.", "ls", "ls")
    asked = tokenizer.apply_chat_template(turns[:2], tokenize=False, add_generation_prompt=True)
    assert whole.startswith(asked) and "think" not in whole
    assert tokenizer.convert_tokens_to_ids("<|im_end|>") == tokenizer.eos_token_id


@pytest.mark.parametrize("size", tiny_base.LAYERS)
def test_sizes_are_what_their_names_say(size):
    weights = sum(p.numel() for p in tiny_base.new_model(size).parameters())
    assert round(weights / 1e6) == int(size.removesuffix("m"))


def test_all_sizes_together_are_small_enough_to_be_committed():
    models = map(tiny_base.new_model, tiny_base.LAYERS)
    weights = sum(p.numel() for model in models for p in model.parameters())
    assert 2 * weights < 12e6  # bytes, two a weight


def test_no_held_out_group_or_row_is_in_the_material():
    material = base_text.gather(3000, seed=2)
    jobs = {name: tasks.get(name) for name in tasks.names()}
    rows = {name: job.load("valid") + job.load("test") for name, job in jobs.items()}
    assert not {row.target for row in rows["dictated_bash"]} & set(material.commands)
    read = {message for found in material.messages.values() for message in found}
    assert not {row.prompt for row in rows["support_label"]} & read
    groups = {row.group for row in rows["voice_command"]}
    assert not groups & {request.group for request in material.requests}


def test_no_document_asks_a_job(material):
    rng = Random(5)
    systems = [task.system for task in map(tasks.get, tasks.names())]
    for _ in range(2000):
        text = base_text.document(material, rng)
        assert not any(system in text for system in systems)


def test_a_saved_model_loads_and_answers_alike(tokenizer, tmp_path):
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = tiny_base.new_model("1m")
    with torch.no_grad():
        for parameter in model.parameters():  # what bf16 can hold, so that nothing is rounded
            parameter.copy_(parameter.to(torch.bfloat16).float())
    tiny_base.save(model, tokenizer, tmp_path)
    again = AutoModelForCausalLM.from_pretrained(tmp_path, dtype=torch.float32)
    read = AutoTokenizer.from_pretrained(tmp_path)
    ids = torch.tensor([read("find . -name x")["input_ids"]])
    assert torch.equal(model.eval()(ids).logits, again.eval()(ids).logits)
    assert read.chat_template == tokenizer.chat_template
    assert {path.suffix for path in tmp_path.iterdir()} <= {".json", ".safetensors", ".jinja"}
