"""The n-gram is a probability: it sums to one, its discounts are the paper's, and it predicts."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.tasks.dictation import ngram

PRINTABLE = [chr(code) for code in range(32, 127)]
TEXTS = st.lists(st.text("ab -é", max_size=6), min_size=1, max_size=8)


def total(model: ngram.NGram, state: str, outside: set[str]) -> float:
    """Sum over all that may come next; one unseen character stands for all unseen ones."""
    following = {*PRINTABLE, ngram.END, "漢", *outside}
    return sum(math.exp(model.extend(state, character)[0]) for character in following)


@given(texts=TEXTS, order=st.integers(1, 5), said=st.text("abz -é~漢", max_size=6))
def test_probabilities_sum_to_one_after_any_beginning(texts, order, said):
    """More than one would let the beam prefer a text for characters that nobody wrote."""
    model = ngram.fit(texts, order)
    _, state = model.extend(model.start, said)
    assert total(model, state, set("".join(texts))) == pytest.approx(1, abs=1e-9)


def test_probabilities_sum_to_one_for_the_default_order(commands):
    model = ngram.fit(commands)
    for said in ("", "find . -", "zzzzzzzzzz", "漢字"):
        _, state = model.extend(model.start, said)
        assert total(model, state, set()) == pytest.approx(1, abs=1e-9)


@given(texts=TEXTS, order=st.integers(1, 4), text=st.text(max_size=12))
def test_every_text_has_a_finite_probability(texts, order, text):
    score = ngram.fit(texts, order).log_probability_of(text)
    assert -math.inf < score < 0


def test_discounts_are_those_of_the_paper():
    """Computed by hand for n1 = 4, n2 = 3, n3 = 2, n4 = 1: Y = 4 / (4 + 2·3) = 0.4."""
    counts = Counter(["a", "b", "c", "d"]) + Counter({"e": 2, "f": 2, "g": 2})
    counts += Counter({"h": 3, "i": 3, "j": 4})
    expected = (0, 1 - 2 * 0.4 * 3 / 4, 2 - 3 * 0.4 * 2 / 3, 3 - 4 * 0.4 * 1 / 2)
    assert expected == pytest.approx((0, 0.4, 1.2, 2.2))
    assert ngram.discounts_of(counts) == pytest.approx(expected)


@given(st.lists(st.integers(1, 6), min_size=1, max_size=30))
def test_discounts_leave_something_of_every_count_and_take_something(counts):
    found = ngram.discounts_of(Counter(dict(enumerate(counts))))
    assert found[0] == 0
    assert all(0 < discount < count for count, discount in enumerate(found[1:], 1))


def test_a_bigram_is_smoothed_as_computed_by_hand():
    """Texts "ab", "ab", "ac"; END is written $.

    Bigrams: ^a 3, ab 2, b$ 2, ac 1, c$ 1, so n1 = 2, n2 = 2, n3 = 1, Y = 1/3, D1 = 1 − 2/3 = 1/3,
    D2 = 2 − 3·(1/3)·(1/2) = 3/2, D3 = 3 − 0 kept below 3 = 2.95.
    Unigrams count different left neighbours: a 1, b 1, c 1, $ 2, so n1 = 3, n2 = 1, Y = 3/5,
    D1 = 1 − 2·(3/5)/3 = 3/5, D2 = 2.
    """
    model = ngram.fit(["ab", "ab", "ac"], order=2)
    uniform = 1 / (95 + 1 + 1)
    d1, d2 = 3 / 5, 2 - 0.05  # an estimate of 2 would leave nothing
    unigram_b = (1 - d1) / 5 + (3 * d1 + d2) / 5 * uniform
    bigram_ab = (2 - 3 / 2) / 3 + (3 / 2 + 1 / 3) / 3 * unigram_b
    assert math.exp(model.extend("a", "b")[0]) == pytest.approx(bigram_ab)
    unseen = (3 / 2 + 1 / 3) / 3 * (3 * d1 + d2) / 5 * uniform
    assert math.exp(model.extend("a", "z")[0]) == pytest.approx(unseen)


def test_lower_orders_count_neighbours_and_not_occurrences():
    """ "Francisco" is frequent but follows one word only: elsewhere it is not expected."""
    texts = ["xf"] * 20 + ["af", "bo", "co", "do", "eo", "go", "ho"]
    model = ngram.fit(texts, order=2)
    assert model.extend("z", "o")[0] > model.extend("z", "f")[0]


def test_beginnings_count_how_often_they_occur():
    """Nothing stands before a beginning, so counting neighbours would make all equally likely."""
    model = ngram.fit(["ls", "ls", "ls", "ls", "wc"], order=3)
    assert model.extend(ngram.BEGIN, "l")[0] > model.extend(ngram.BEGIN, "w")[0] + 0.5


def test_long_contexts_predict_held_out_text_better_than_single_characters(commands):
    train, held_out = commands[::2], commands[1::2]

    def bits(order: int) -> float:
        model = ngram.fit(train, order)
        scores = [model.log_probability_of(text) for text in held_out]
        return -sum(scores) / math.log(2) / sum(len(text) + 1 for text in held_out)

    assert bits(1) < math.log2(97)
    assert bits(5) < bits(2) < bits(1) - 0.5


@given(texts=TEXTS, order=st.integers(1, 5), text=st.text("ab -z", max_size=8), cut=st.integers(0))
def test_pieces_score_what_the_whole_scores(texts, order, text, cut):
    model = ngram.fit(texts, order)
    cut = min(cut, len(text))
    first, state = model.extend(model.start, text[:cut])
    second, state = model.extend(state, text[cut:])
    whole = first + second + model.finish(state)
    assert whole == pytest.approx(model.log_probability_of(text))
    assert len(state) == order - 1


def test_the_memory_is_cleared_when_full_and_changes_no_score(monkeypatch):
    monkeypatch.setattr(ngram, "MEMORY", 50)
    model, fresh = ngram.fit(["ls -l"], 3), ngram.fit(["ls -l"], 3)
    sizes = []
    for code in range(200):
        text = chr(0x4E00 + code)
        assert model.extend("ls", text) == fresh.extend("ls", text)
        sizes.append(len(model.memory))
    assert max(sizes) == 51
    assert min(sizes[51:]) == 1


@pytest.mark.parametrize(
    ("texts", "order", "message"),
    [(["ls"], 0, "order is 0; an n-gram needs"), ([], 3, "no texts to fit an n-gram on; give")],
)
def test_nothing_to_fit_is_an_error(texts, order, message):
    with pytest.raises(ValueError, match=message):
        ngram.fit(texts, order)


def test_short_states_change_no_probability_and_are_what_still_matters():
    model = ngram.fit(["ls -l", "ls -a", "wc -l a.txt", "cat a.txt"], order=6)
    short = ngram.ShortStates(model)
    for text in ("ls -l", "wc -a", "zz -l", "ü", ""):
        score, state, total = 0.0, short.start, model.log_probability_of(text)
        for character in text:
            gain, state = short.extend(state, character)
            score += gain
            assert state == "" or state in model.log_backoff
        assert score + short.finish(state) == pytest.approx(total)
    assert short.extend("s -", "zz")[1] == ""
