"""Probes measure what they say, on a model whose answers are known."""

import math
from collections import Counter
from random import Random

import pytest

from helpers import tasks
from helpers.core.examples import Example, write_rows
from helpers.corpora import base_text
from helpers.engines.torch import loading
from helpers.engines.torch.loading import TorchLoaded
from helpers.pretrain import probes, tiny_base
from helpers.pretrain.probes import Item

WORDS = ["find . -name a", "Mind the gap é", "uh close slack"]


class Parrot:
    """Answers as told, in place of a model: `complete` is replaced by it."""

    def __init__(self, answers):
        self.answers = answers

    def __call__(self, loaded, prompts, *_):
        return [self.answers(prompt) for prompt in prompts]


def asked_in(prompt):
    return prompt.split("<|im_start|>user\n")[1].split("<|im_end|>")[0]


@pytest.mark.parametrize("probe", probes.SKILLS)
def test_items_are_asked_as_the_base_was_grown(probe):
    """A probe in another form would measure how a model takes surprises."""
    rng, material = Random(0), base_text.gather(200)
    grown = {base_text.exercise(material, rng).split("<|im_end|>")[0] for _ in range(300)}
    for item in probes.items(probe, WORDS, 40):
        head, _, rest = item.prompt.partition("<|im_end|>\n")
        assert head in grown
        assert rest == f"<|im_start|>user\n{item.asked}<|im_end|>\n<|im_start|>assistant\n"


def test_right_answers_are_right():
    right = {"Repeat the text.": str, "Write it in capitals.": str.upper}
    right |= {"Begin words with capitals.": base_text.capitalized}
    right |= {"Write it in small letters.": str.lower, "Do not shout.": str.lower}
    for probe in probes.SKILLS:
        for item in probes.items(probe, WORDS, 60):
            assert item.answer == right[item.skill](item.asked)


def test_half_of_the_items_hold_a_word_that_nobody_has_read():
    known = {word for text in WORDS for word in text.split()}
    drawn = probes.items("copying", WORDS, 200)
    strange = [sum(word not in known for word in item.asked.split()) for item in drawn]
    assert Counter(strange) == {0: 100, 1: 100}
    assert {len(item.asked.split()) for item in drawn} == set(range(1, 8))


def test_items_are_the_same_for_a_seed_and_others_for_another():
    first, again, other = (probes.items("casing", WORDS, 20, seed) for seed in (0, 0, 1))
    assert first == again != other


def test_a_probe_counts_exact_answers_and_keeps_the_wrong_ones(monkeypatch):
    monkeypatch.setattr(probes, "complete", Parrot(asked_in))
    drawn = probes.items("copying", WORDS, 20) + [Item("Write it in capitals.", "ls", "LS")]
    result = probes.ask(None, drawn)
    assert (result.n, result.right, result.exact) == (21, 20, 20 / 21)
    assert result.wrong == [(drawn[-1], "ls")]
    assert result.interval[0] < result.exact < result.interval[1]
    assert result.scores()["ci"] == list(result.interval)


def test_a_probe_without_items_is_refused(monkeypatch):
    monkeypatch.setattr(probes, "complete", Parrot(asked_in))
    with pytest.raises(ValueError, match="at least one"):
        probes.ask(None, [])


def test_batches_answer_like_one_at_a_time_and_like_generate(base):
    import torch

    loaded = loading.load(base, device="cpu")
    prompts = [item.prompt for item in probes.items("copying", WORDS, 7)]
    whole = probes.complete(loaded, prompts, limit=12, batch=3)
    assert whole == [probes.complete(loaded, [prompt], limit=12)[0] for prompt in prompts]
    for prompt, text in zip(prompts, whole, strict=True):
        ids = torch.tensor(loaded.encode([prompt]))
        ends = [*loaded.ends, loaded.tokenizer.pad_token_id]
        made = loaded.model.generate(
            ids, max_new_tokens=12, do_sample=False, eos_token_id=ends,
            attention_mask=torch.ones_like(ids),
            suppress_tokens=list(range(loaded.width, loaded.vocabulary)),  # no token's logits
        )  # fmt: skip
        assert loaded.decode(made[0, ids.shape[1] :].tolist()) == text


def test_the_n_gram_counts_bits_of_bytes_as_the_model_does():
    """Characters against bytes would favour whoever has the smaller unit."""
    texts = ["naïve café", "ls -l"]
    n_gram = probes.fit_n_gram(texts * 5 + [f"über{base_text.END}"])
    assert probes.size_of(texts) == 12 + 1 + 5 + 1
    bits = probes.bits_per_byte(n_gram, texts)
    nats = sum(n_gram.log_probability_of(probes.as_bytes(text)) for text in texts)
    assert bits == pytest.approx(-nats / math.log(2) / 19)
    assert not any("endoftext" in gram for gram in n_gram.log_probability)
    assert math.isnan(probes.bits_per_byte(n_gram, []))


def test_an_untrained_model_is_worse_than_the_n_gram(tokenizer):
    material = base_text.gather(200)
    n_gram = probes.fit_n_gram(probes.documents(material, 60_000))
    loaded = TorchLoaded(tiny_base.new_model("1m"), tokenizer)
    texts = {kind: found[:3] for kind, found in held_out().items()}
    for bits in probes.compare(loaded, n_gram, texts).values():
        assert bits.texts == 3 and 1 < bits.n_gram < bits.model


def held_out():
    found = {}
    for name in tasks.names():
        found |= probes.held_out_texts(tasks.get(name), 5)
    return found


def test_held_out_texts_are_prompts_and_open_targets():
    found = held_out()
    assert list(found) == [
        "dictated_bash, prompts", "dictated_bash, targets", "support_label, prompts",
        "voice_command, prompts",
    ]  # fmt: skip
    assert all(len(texts) == 5 for texts in found.values())


def test_rows_without_an_answer_are_no_texts_to_ask_about(tmp_path):
    """Once the record failed at the first of them, after hours of growing."""
    nothing = Example("2", "sing to me", "", extra={"no_answer": True})
    rows = [Example("1", "list files", "ls"), nothing]
    for split in ("train", "valid", "test"):
        write_rows(tmp_path / f"{split}.jsonl", rows)
    found = probes.held_out_texts(tasks.get("dictated_bash", tmp_path), 9)
    assert list(found.values()) == [["list files", "sing to me"], ["ls"]]
    words = [text for texts in found.values() for text in texts]
    assert len(probes.items("copying", words, 50)) == 50


def test_documents_stop_at_the_size_asked_for():
    material = base_text.gather(100)
    found = list(probes.documents(material, 5_000))
    sizes = [len(text.encode()) for text in found]
    assert sum(sizes[:-1]) < 5_000 <= sum(sizes)
    assert found == list(probes.documents(material, 5_000))
