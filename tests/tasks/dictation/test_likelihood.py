"""Two n-grams, of characters and of shapes: their score adds up, however a text is cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tasks
from helpers.core.examples import read_split
from helpers.tasks.dictation import likelihood, ngram
from helpers.tasks.dictation.likelihood import OF_CHARACTERS, OF_SHAPES, shape, signs_of

TEXTS = ["find . -name a.txt", "find src -name b.py", "ls -l", "tar -xzf old.tgz", "wc -l < in"]
WRITTEN = st.text(alphabet="aBz ä09.-/'|漢", max_size=24)


@pytest.fixture(scope="module")
def known() -> likelihood.Likelihood:
    return likelihood.fit(TEXTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("grep -R x1 /var", "w -A a9 /w"),
        ("a", "a"),
        ("A", "A"),
        ("AB 10.5", "w 9.9"),
        ("naïve Ü", "w A"),
        ("", ""),
    ],
)
def test_a_shape_shows_words_letters_and_numbers(text, expected):
    assert shape(text) == expected


@given(WRITTEN, st.integers(0, 24))
def test_a_text_cut_in_two_has_the_shape_of_the_whole(text, at):
    signs, last = signs_of("", text[:at])
    more, end = signs_of(last, text[at:])
    assert signs + more + end == shape(text)


@given(st.lists(WRITTEN, max_size=4))
def test_pieces_score_what_the_whole_text_scores(pieces):
    known = likelihood.fit(TEXTS)
    total, state = 0.0, known.start
    for piece in pieces:
        gain, state = known.extend(state, piece)
        total += gain
    text = "".join(pieces)
    assert total + known.finish(state) == pytest.approx(known.score_of(text))
    characters = ngram.fit(TEXTS).log_probability_of(text)
    shapes = ngram.fit(map(shape, TEXTS)).log_probability_of(shape(text))
    assert known.score_of(text) == pytest.approx(OF_CHARACTERS * characters + OF_SHAPES * shapes)


def test_what_is_remembered_is_bounded_and_changes_nothing(monkeypatch):
    fresh, small = likelihood.fit(TEXTS), likelihood.fit(TEXTS)
    monkeypatch.setattr(likelihood, "MEMORY", 3)
    for text in TEXTS * 2:
        assert small.score_of(text) == fresh.score_of(text)
        assert len(small.memory) <= 4


def test_shapes_mend_what_characters_cannot_see():
    """At least a fifth of the errors that characters alone make on validation rows go."""
    task = tasks.get("dictated_bash")
    train, rows = task.load("train"), read_split(task.data_dir, "valid")[:200]
    both = task.fitted_on(train)
    alone = both.lister.scorer.characters
    wrong = {
        name: sum(
            one.candidates(row.prompt)[0].text != " ".join(row.target.split()) for row in rows
        )
        for name, one in (("both", both.lister), ("alone", replace(both.lister, scorer=alone)))
    }
    assert wrong["both"] < 0.8 * wrong["alone"]
