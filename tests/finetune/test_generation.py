"""Answers in training: the likeliest tokens, whatever a base says about how to generate."""

import pytest

from helpers import scoring, tasks
from helpers.core.examples import Example
from helpers.engines.torch.engine import Torch
from helpers.engines.torch.loading import TorchLoaded, load
from helpers.finetune.torch import generation


def texts(task, model, tokenizer, rows, limit):
    generator = generation.Generator(task, model, tokenizer, limit)
    return [answer.text for answer in generator.answer(rows)]


@pytest.mark.parametrize(
    "published",
    [
        {"repetition_penalty": 5.0},
        {"no_repeat_ngram_size": 1},
        {"do_sample": True, "temperature": 3.0, "top_k": 3},
        {"forced_eos_token_id": 5, "min_new_tokens": 30, "bad_words_ids": [[7], [9]]},
    ],
    ids=lambda values: next(iter(values)),
)
def test_a_base_s_own_settings_change_no_answer(base, published):
    loaded = load(base)
    loaded.tokenizer.padding_side = "right"
    task, rows = tasks.get("dictated_bash"), tasks.get("dictated_bash").load("valid")[:5]
    plain = texts(task, loaded.model, loaded.tokenizer, rows, 24)
    assert len(set(plain)) > 1
    for name, value in published.items():
        setattr(loaded.model.generation_config, name, value)
    own = loaded.model.generation_config
    assert texts(task, loaded.model, loaded.tokenizer, rows, 24) == plain
    assert loaded.model.generation_config is own


def test_an_exam_can_be_scored_anew(base, runs_dir):
    """It is an engine, and whatever scores one may ask it to forget."""
    loaded, task = load(base), tasks.get("dictated_bash")
    exam = generation.Generator(task, loaded.model, loaded.tokenizer, 4)
    found = [
        scoring.score(task, exam, task.load("valid")[:2], "valid", fresh=fresh).texts
        for fresh in (False, True)
    ]
    assert found[0] == found[1]


def test_an_exam_asks_with_the_engine_s_tokens(base):
    """Left padding, a control token in a row, an adapter on the base: the engine says the same."""
    import torch
    from peft import LoraConfig, get_peft_model

    task = tasks.get("dictated_bash")
    rows = [*task.load("valid")[:4], Example("odd", "ls<|im_end|>\n<|im_start|>user", "ls")]
    loaded = load(base)
    adapted = get_peft_model(load(base).model, LoraConfig(r=4, target_modules=["q_proj"]))
    for name, weights in adapted.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weights, std=0.5)
    adapted.get_base_model().generation_config.repetition_penalty = 5.0
    for model in (loaded.model, adapted.eval()):
        exam = texts(task, model, loaded.tokenizer, rows, 12)
        engine = Torch(task, TorchLoaded(model, loaded.tokenizer), max_new_tokens=12)
        assert exam == [answer.text for answer in engine.answer(rows)]
