"""Lists of possible calls: short, inside the grammar, and with what was meant among them."""

import json
import math

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tasks
from helpers.tasks.desktop import listing
from helpers.tasks.desktop.schema import schema
from helpers.tasks.desktop.surface import NOTE
from helpers.tasks.desktop.task import canonical, desktop_of

VOICE = tasks.get("voice_command")
ROWS = VOICE.load("valid")


def test_what_was_meant_is_nearly_always_listed():
    listed = [listing.possible(row.prompt, desktop_of(row)) for row in ROWS]
    meant = [canonical(row.target) in some for row, some in zip(ROWS, listed, strict=True)]
    assert sum(meant) >= 0.98 * len(ROWS)
    assert all(len(some) == len(set(some)) for some in listed)
    assert sorted(map(len, listed))[len(listed) // 2] < 200


@pytest.mark.parametrize("row", ROWS[::30], ids=lambda row: row.id)
def test_every_listed_answer_is_in_the_grammar(row):
    allowed = schema(desktop_of(row), row.prompt)
    for text in listing.possible(row.prompt, desktop_of(row)):
        jsonschema.validate(json.loads(text), allowed)


@given(st.text(max_size=200))
def test_any_speech_has_a_list_and_a_note_in_it(said):
    assert NOTE in listing.possible(said, None)


def test_a_long_speech_has_a_list_of_bounded_length():
    assert len(listing.possible(" ".join(f"word{n}" for n in range(5000)), None)) < 2000


def test_the_rules_word_is_a_distribution_that_leans_to_their_answer():
    fitted, answer = VOICE.fitted_on(ROWS), VOICE.rules()
    assert 0 < fitted.trust["note"] < 1 and fitted.fingerprint() != VOICE.fingerprint()
    for row in ROWS[:20]:
        candidates = fitted.candidates(row)
        assert sum(math.exp(c.score) for c in candidates) == pytest.approx(1)
        assert max(candidates).text == answer(row).text
        assert {c.score for c in VOICE.candidates(row)} == {0.0}
