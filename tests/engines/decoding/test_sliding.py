"""Rows of a model with a sliding window answer in company as one plain pass over each does."""

import random
from functools import partial

import numpy as np
import pytest

from helpers.engines.decoding.sliding import BeyondWindow

WINDOW, WIDTH = 16, 200
SHAPE = {
    "vocab_size": WIDTH, "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 4,
    "num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 16, "sliding_window": WINDOW,
    "query_pre_attn_scalar": 16,
}  # fmt: skip


def in_torch():
    """Return how a random Gemma 3 of torch begins prompts, and its plain pass over tokens."""
    import torch
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig

    from helpers.engines.torch.reading import begin

    torch.manual_seed(0)
    layers = ["sliding_attention", "full_attention"] * 2
    config = Gemma3TextConfig(layer_types=layers, initializer_range=0.3, **SHAPE)
    model = Gemma3ForCausalLM(config).eval().requires_grad_(False)
    return partial(begin, model, width=WIDTH), lambda ids: model(torch.tensor([ids])).logits[0]


def in_mlx():
    """Return the same of MLX."""
    mx = pytest.importorskip("mlx.core", reason="MLX runs on Apple silicon and Linux only")
    from mlx.utils import tree_map
    from mlx_lm.models import gemma3_text

    from helpers.engines.mlx.reading import begin

    mx.random.seed(0)
    args = gemma3_text.ModelArgs("gemma3_text", sliding_window_pattern=2, **SHAPE)
    model = gemma3_text.Model(args)
    weights = tree_map(lambda w: 0.25 * mx.random.normal(w.shape), model.parameters())
    model.update(weights)
    return partial(begin, model.eval(), width=WIDTH), lambda ids: model(mx.array([ids]))[0]


@pytest.fixture(scope="module", params=[in_torch, in_mlx], ids=["torch", "mlx"])
def gemma(request):
    return request.param()


def some(count: int) -> list[int]:
    return random.Random(count).choices(range(3, WIDTH), k=count)


def shares(plain, tokens: list[int]) -> np.ndarray:
    """Return the log-probabilities of a plain pass, [tokens, WIDTH]."""
    logits = np.array(plain(tokens).tolist())
    return logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)


def check_totals(plain, prompts, followed, found) -> None:
    for prompt, texts, totals in zip(prompts, followed, found, strict=True):
        for text, total in zip(texts, totals, strict=True):
            after = shares(plain, [*prompt, *text])[len(prompt) - 1 : -1]
            wanted = after[range(len(text)), text].sum()
            assert total == pytest.approx(wanted, abs=5e-3)


@pytest.mark.parametrize("lengths", [(6, 26), (7, 9), (12, 12)], ids=str)
def test_forced_stretches_and_chosen_tokens_are_read_as_by_one_pass(gemma, lengths):
    """The shared beginning lies before the padding, and stretches of unlike length pad again."""
    begin, plain = gemma
    read = [[*some(4), n, *some(length)] for n, length in enumerate(lengths)]
    reading, steps = begin(read)
    forced = [[[1], [2]], [[3, 4, 5], [6]], [[7], [8, 9, 10, 11]], [[12], [13]], [[14], [15]]]
    allowed = np.ones((2, WIDTH), dtype=bool)
    allowed[1, ::2] = False
    for stretch in forced:
        for tokens, choice, row in zip(read, reading.choose(steps, allowed), allowed, strict=True):
            wanted = np.where(row, shares(plain, tokens)[-1], -np.inf)
            wanted -= np.logaddexp.reduce(wanted)
            assert choice.token == wanted.argmax()
            assert choice.share == pytest.approx(wanted.max(), abs=2e-3)
        read = [[*tokens, *more] for tokens, more in zip(read, stretch, strict=True)]
        steps = stretch
    alone = reading.pick([1]).choose([steps[1]])[0]
    assert alone.share == pytest.approx(shares(plain, read[1])[-1].max(), abs=2e-3)


def test_texts_of_a_short_row_beside_a_long_one_have_the_totals_of_one_pass(gemma):
    """Each row fits into the window with its own texts; the long prompt with the long text not."""
    begin, plain = gemma
    prompts = [[5, 6, 7, 8], [5, 6, *some(12)]]
    followed = [[some(9), [9, 8]], [[9, 8], [4, 7]]]
    reading, rest = begin(prompts)
    check_totals(plain, prompts, followed, reading.totals(rest, followed))


def test_texts_after_rows_that_were_padded_have_the_totals_of_one_pass(gemma):
    begin, plain = gemma
    prompts = [[5, *some(2)], [6, *some(9)]]
    reading, rest = begin(prompts)
    reading.choose(rest)
    more = [[3, 4, 5, 6, 7], [8]]
    read = [[*prompt, *step] for prompt, step in zip(prompts, more, strict=True)]
    followed = [[some(4), [9, 8]]] * 2
    check_totals(plain, read, followed, reading.totals(more, followed))


def test_texts_after_a_prompt_longer_than_the_window_have_the_totals_of_one_pass_in_mlx():
    begin, plain = in_mlx()
    prompts = [[5, 6, *some(10)], [5, 6, *some(30)]]
    reading, rest = begin(prompts)
    followed = [[some(5), [9, 8]]] * 2
    check_totals(plain, prompts, followed, reading.totals(rest, followed))


@pytest.mark.parametrize("lengths", [(5, 30, 6), (15, 15, 15)], ids=str)
def test_only_a_row_too_long_for_the_nodes_of_torch_is_refused(lengths):
    begin, _ = in_torch()
    reading, rest = begin([[n, *some(length)] for n, length in enumerate(lengths)])
    with pytest.raises(BeyondWindow, match="window of 16 tokens") as caught:
        reading.totals(rest, [[[9]], [[9, 8, 7]], [[9]]])
    assert caught.value.row == 1
