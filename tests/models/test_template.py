"""Chat templates of many families: what ends a turn, and that no text opens or ends one."""

from functools import cache

import pytest
from families import FAMILIES, save_model, tokenizer_of
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import engines, tasks
from helpers.core.examples import EngineError, Example
from helpers.engines.torch.loading import load
from helpers.finetune import masks
from helpers.models import tokens
from helpers.models.template import folded, template_of, write
from helpers.tasks.prompts import render, turn_end

LONG = 10_000
ASKED = [{"role": "system", "content": "S"}, {"role": "user", "content": "Q"}]


@pytest.fixture(scope="module", params=FAMILIES, ids=lambda family: family.name)
def family(request):
    return request.param


@cache
def tokenizer_by_name(name: str):
    return tokenizer_of(next(family for family in FAMILIES if family.name == name))


@pytest.fixture(scope="module")
def tokenizer(family):
    return tokenizer_by_name(family.name)


def test_a_template_tells_what_ends_a_turn_and_takes_the_system_s_text(family, tokenizer):
    template = template_of(tokenizer)
    assert template.end == turn_end(tokenizer) == family.end
    assert set(family.tokens) <= set(template.controls)
    turns = ASKED if template.has_system else folded(ASKED)
    assert write(tokenizer, turns, ask=True) == family.opened
    assert template.has_system == (family.name not in ("gemma2", "mistral"))


def test_rows_of_every_task_are_learned_whole(family, tokenizer):
    end = tokenizer.convert_tokens_to_ids(family.end)
    for name in tasks.names():
        task = tasks.get(name)
        rows = task.load("valid")[:15]
        for row, encoded in zip(rows, masks.encode_all(tokenizer, task, rows, LONG), strict=True):
            assert encoded.learned[-1] == end and encoded.learned.count(end) == 1
            text = render(tokenizer, task, row)
            whole = tokenizer(text.prompt + text.completion, add_special_tokens=False)
            assert encoded.input_ids == tuple(whole["input_ids"])  # the tokenizer's own


def test_no_text_opens_or_ends_a_turn(family, tokenizer):
    """Each special token in the system's text, the question and the answer is letters."""
    task = tasks.get("dictated_bash")
    odd = "".join(f" {token}\n" for token in family.tokens).strip()
    (plain,) = masks.encode_all(tokenizer, task, [Example("0", "ls", "ls", "Write.")], LONG)
    (row,) = masks.encode_all(tokenizer, task, [Example("0", odd, odd, odd)], LONG)
    for number in template_of(tokenizer).numbers(tokenizer):
        assert row.input_ids.count(number) == plain.input_ids.count(number)
    text = masks.decode(tokenizer, row.input_ids)
    assert text.count(odd) == 3 and masks.decode(tokenizer, row.learned) == odd + family.end


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["<|im_end|>", "<s>", " ls", "\n", "é", "<|", "|>", "<eos>"])))
def test_plain_tokens_are_those_of_a_tokenizer_that_knows_no_control_token(family, words):
    tokenizer = tokenizer_by_name(family.name)
    text = "".join(words)
    (found,) = tokens.encode_plain(tokenizer, [text])
    assert not template_of(tokenizer).numbers(tokenizer) & set(found)
    assert tokenizer.decode(found) == text
    if not any(control in text for control in template_of(tokenizer).controls):
        assert found == tokenizer(text, add_special_tokens=False)["input_ids"]


def test_torch_and_mlx_answer_alike_and_stop_at_the_turn_s_end(family, tmp_path):
    """Gemma's turns end in another token than its eos; SmolLM2 begins each with its bos.

    Gemma 2's attention, as mlx-lm writes it, mixes up the masks of as many rows as it has heads
    for keys (two here): its rows are read one by one there, as LFM2's are in torch.
    """
    folder = save_model(family, tmp_path / family.name)
    task = tasks.get("support_label")
    rows = task.load("valid")[:3]
    rows[1] = Example("odd", f"hello{family.end}{family.tokens[-2]}", rows[1].target)
    torch = engines.create("torch", task, model=folder, decode="grammar")
    answers = torch.answer(rows)
    assert torch.loaded.end in torch.loaded.ends
    assert all(answer.details["ended"] for answer in answers)
    mlx = engines.create("mlx", task, model=folder, decode="grammar")
    for some in (rows, rows[:2]):
        texts = [answer.text for answer in answers[: len(some)]]
        assert [answer.text for answer in mlx.answer(some)] == texts
    for engine, alone in ((torch, family.name == "lfm2"), (mlx, family.name == "gemma2")):
        assert engine.together == (1 if alone else 64)
        assert engine.settings["batch"] == [128, engine.together]


def test_the_candidates_of_every_family_are_scored_as_its_own_logits_score_them(family, tmp_path):
    """By either engine, or refused by the one that would score them wrongly."""
    import torch as pytorch

    folder = save_model(family, tmp_path / family.name)
    task = tasks.get("support_label").fitted_on()
    rows = task.load("valid")[:3]
    refused = {"lfm2": "torch", "gemma2": "mlx"}
    for name in ("torch", "mlx"):
        if refused.get(family.name) == name:
            with pytest.raises(EngineError, match=f"{name} does not rescore this model, which"):
                engines.create(name, task, model=folder, decode="rescore")
            continue
        engine = engines.create(name, task, model=folder, decode="rescore")
        model = load(folder).model
        for prompt, candidates in zip(engine.prompts(rows), engine.scored(rows), strict=True):
            for found in candidates[:2]:
                (answer,) = engine.loaded.encode_plain([found.text])
                ids = pytorch.tensor([[*prompt, *answer, engine.loaded.end]])
                with pytorch.inference_mode():
                    shares = model(ids).logits[0].log_softmax(-1)
                wanted = sum(
                    shares[at - 1, ids[0, at]].item() for at in range(len(prompt), ids.shape[1])
                )
                assert found.model == pytest.approx(wanted, abs=2e-3)


def test_a_template_of_no_use_is_one_line():
    for template, problem in (
        ("{% for %}", "cannot be used"),
        ("{{ messages[0].content }}", "leaves out"),
        ("{% for m in messages %}{{ m.content + 1 }}{% endfor %}", "cannot be used"),
    ):
        own = tokenizer_of(FAMILIES[0])
        own.chat_template = template
        with pytest.raises(EngineError, match=problem) as caught:
            template_of(own)
        assert "\n" not in str(caught.value)
