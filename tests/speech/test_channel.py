"""What people say and a transcriber hears: seeded, in bounds, and nothing invented."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import counting
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.speech import channel, saying
from helpers.speech.channel import rates, transcribe
from helpers.speech.saying import PAUSE, say, say_number
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.protocol import spoken_cardinal

HEARD = Path(__file__).parents[2] / "data" / "speech" / "heard.jsonl"
SILENT = dict.fromkeys(rates("prompt"), 0.0)
SEEDS = st.integers(0, 10_000)


@given(seed=SEEDS)
def test_a_seed_says_and_hears_the_same_again(seed: int) -> None:
    once, again = (
        transcribe(say("docker run -p 8080:80 nginx", Random(seed)), Random(seed), rates("bare"))
        for _ in range(2)
    )
    assert once == again


def test_a_transcriber_that_changes_nothing_writes_what_was_said() -> None:
    words = say("git commit -m 'fix login'", Random(0))
    heard = transcribe(words, Random(0), SILENT)
    assert heard == " ".join(word.lower() for word in words if word != PAUSE)


@given(digits=st.integers(0, 99_999).map(str), seed=SEEDS)
def test_numbers_are_said_in_words_of_numbers(digits: str, seed: int) -> None:
    words = say_number(digits, Random(seed))
    known = channel.SPOKEN_NUMBERS | {"and", "triple"}
    assert words and set(words) <= known


@given(value=st.integers(1, 99_999))
def test_a_cardinal_is_read_again_by_the_protocol(value: int) -> None:
    words = saying.say_cardinal(value)
    assert spoken_cardinal(words, 0, BASH) == (str(value), len(words))


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("seven fifty five", "755"), ("eight zero eight zero", "8080"), ("one hundred", "100"),
        ("three thousand", "3000"), ("two twelve", "212"), ("one ninety two", "192"),
        ("five hundred twelve", "512"), ("forty two", "42"), ("nine one two three four", "91234"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_they_were_grouped(said: str, heard: str) -> None:
    written = {
        "".join(channel.write_numbers(said.split(), Random(seed), {"digits": 1.0}))
        for seed in range(8)
    }
    assert written == {heard}


@given(seed=SEEDS)
def test_letters_stay_in_their_order(seed: int) -> None:
    always = dict.fromkeys(rates("prompt"), 1.0) | {"letters_dashed": 0.0, "unbroken": 0.0}
    heard = channel.write_letters(["A", "W", "S", PAUSE, "S", "three"], Random(seed), always)
    assert "".join(heard) == "AWSSthree" and "three" in heard


def test_the_rates_are_shares_and_a_prompt_helps() -> None:
    shown, bare = rates("prompt"), rates("bare")
    assert shown.keys() == bare.keys()
    assert all(0 <= rate <= 1 for rate in [*shown.values(), *bare.values()])
    assert all(shown[name] < bare[name] for name in ("homophone", "dash_written", "stop"))


@pytest.mark.parametrize("listener", ["prompt", "bare"])
def test_the_rates_are_those_of_what_was_heard(listener: str) -> None:
    """Rates set by taste would make rows that no transcriber writes."""
    heard = map(json.loads, HEARD.read_text("utf-8").splitlines())
    shown = listener == "prompt"
    own = [row for row in heard if row["id"].startswith("train-") and row["prompt"] == shown]
    assert len(own) >= 80
    for name, rate in counting.counted(own).items():
        assert rates(listener)[name] == pytest.approx(rate, abs=0.2), name


def test_the_table_of_ways_has_no_slip() -> None:
    """A way that is empty, or a symbol that the shell's table lacks."""
    for ways in (saying.WORDS, saying.SYMBOLS, saying.TOKENS, channel.HOMOPHONES, channel.SPLIT):
        for key, (names, weights) in ways.items():
            assert key and names and len(names) == len(weights) and all(names)
    assert {symbol.written for symbol in BASH.symbols} == set(saying.SYMBOLS)
