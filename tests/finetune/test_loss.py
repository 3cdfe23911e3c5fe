"""The loss is the model's own, and so are its gradients: only the work for it is less."""

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from helpers.finetune import masks
from helpers.finetune.torch import generation, loss, models


@pytest.fixture
def rows(tokenizer, task):
    """The rows of the task as they are trained."""
    return masks.encode_all(tokenizer, task, task.load("train"), 128)


@pytest.fixture
def model(tiny):
    """The tiny model with an adapter that says something."""
    found = models.load_adapted(tiny, seed=0)
    for name, weight in found.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weight, std=0.1)
    return found.train()


def gradients(model):
    """Every gradient, taken off the model."""
    found = {n: w.grad.clone() for n, w in model.named_parameters() if w.requires_grad}
    model.zero_grad()
    return found


@pytest.mark.parametrize("share", [False, True])
@pytest.mark.parametrize("prompts", [False, True])
def test_loss_and_gradients_are_the_model_s_own(model, tokenizer, rows, share, prompts):
    """Where prompts are learned nothing can be read once, for its tokens are learned in all."""
    rows = [masks.unmasked(row) for row in rows] if prompts else rows
    inputs = generation.padded(rows, tokenizer.pad_token_id, "cpu")
    own = model(**inputs).loss
    own.backward()
    expected = gradients(model)
    logits, wanted = loss.learned_logits(model, inputs, share)
    assert len(logits) == len(wanted) == sum(len(row.learned) for row in rows)
    found = torch.nn.functional.cross_entropy(logits, wanted)
    found.backward()
    assert found.item() == pytest.approx(own.item(), rel=1e-5)
    for name, gradient in gradients(model).items():
        assert torch.allclose(gradient, expected[name], atol=1e-5), name
    whole = model(input_ids=inputs["input_ids"]).logits
    assert whole.shape[:2] == inputs["input_ids"].shape  # the head is asked for all again


def test_what_all_rows_begin_with_is_read_once(model, tokenizer, rows):
    """The system turn; it is asserted that there is one, or the test above shows nothing."""
    inputs = generation.padded(rows, tokenizer.pad_token_id, "cpu")
    start = loss.common_start(inputs["input_ids"], inputs["labels"])
    assert start >= 8
    sizes = []
    layer = model.get_base_model().model.embed_tokens
    layer.register_forward_hook(lambda module, given, found: sizes.append(tuple(found.shape[:2])))
    loss.learned_logits(model, inputs, share=True)
    assert sizes == [(1, start), (len(rows), inputs["input_ids"].shape[1] - start)]


def test_a_cache_of_a_window_is_not_shared():
    """A window drops what it has left behind, and a row's tokens with it."""
    from transformers import MistralConfig, MistralForCausalLM

    shape = {
        "vocab_size": 32, "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1,
        "num_attention_heads": 2, "num_key_value_heads": 1,
    }  # fmt: skip
    ids = torch.arange(10).repeat(2, 1)
    whole = LlamaForCausalLM(LlamaConfig(**shape))
    assert loss.read_start(whole, ids, 6).get_seq_length() == 6
    window = MistralForCausalLM(MistralConfig(**shape, sliding_window=4))
    assert loss.read_start(window, ids, 6) is None
