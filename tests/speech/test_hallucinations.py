"""Nobody spoke: nothing is written then, whatever Whisper makes of it."""

import numpy as np
import pytest

from helpers.speech import hallucinations, transcribe
from helpers.speech.audio import RATE
from helpers.speech.whisper import Window

SECONDS = 3
TIME = np.arange(SECONDS * RATE) / RATE
RANDOM = np.random.default_rng(0)
NOBODY = {
    "silence": np.zeros(SECONDS * RATE),
    "faint noise": RANDOM.standard_normal(SECONDS * RATE) * 0.01,
    "loud noise": RANDOM.standard_normal(SECONDS * RATE) * 0.1,
    "mains": 0.2 * np.sin(2 * np.pi * 50 * TIME) + 0.1 * np.sin(2 * np.pi * 150 * TIME),
    "a beep": 0.3 * np.sin(2 * np.pi * 440 * TIME),
    "clicks": np.where(RANDOM.random(SECONDS * RATE) < 0.0005, 1.0, 0.0),
    "breath": RANDOM.standard_normal(SECONDS * RATE) * np.abs(np.sin(2.5 * TIME)) * 0.05,
    "a voice's rhythm without a voice": (  # the detector of voices takes this one for speech
        0.2 * np.sin(2 * np.pi * 150 * TIME) * (1 + np.sin(2 * np.pi * 4 * TIME))
    ),
}


@pytest.mark.parametrize("name", NOBODY)
def test_where_nobody_speaks_nothing_is_heard(name, listener):
    heard = transcribe.hear(np.float32(NOBODY[name]), listener)
    assert (heard.text, heard.segments, heard.duration) == ("", (), SECONDS)


def test_the_model_alone_would_have_written_something(listener):
    """Else the test above could not fail."""
    texts = [listener.hear(np.float32(NOBODY[name])).text for name in ("mains", "loud noise")]
    assert any(hallucinations.plain(text) in hallucinations.PHRASES for text in texts)


@pytest.mark.parametrize(
    ("text", "no_speech", "logprob", "nothing"),
    [
        ("Thank you for watching!", 0.9, -0.5, True),  # sure of silence, and sure of its phrase
        ("Thank you for watching!", 0.4, -1.4, True),
        ("Thank you for watching!", 0.1, -0.2, False),  # somebody said it
        ("you", 0.7, -0.6, True),
        ("You.", 0.57, -0.93, False),
        ("ls dash l", 0.9, -0.3, False),  # the model knows what it heard
        ("ls dash l", 0.9, -1.6, True),
        ("ls dash l", 0.2, -1.6, False),
        (" . . .", 0.1, -0.1, True),  # marks are no words
    ],
)
def test_a_phrase_is_dropped_only_with_the_models_doubts(text, no_speech, logprob, nothing):
    assert hallucinations.is_nothing(Window(text, no_speech, logprob), seconds=2.0) is nothing


def test_more_words_than_anybody_says_are_made_up():
    window = Window("and " * 20, 0.1, -0.2)
    assert hallucinations.is_nothing(window, seconds=1.0)
    assert not hallucinations.is_nothing(window, seconds=10.0)


def test_a_part_of_the_prompt_is_no_answer_to_silence():
    prompt = "git commit dash m quote fix it quote, ls dash l a"
    doubted = Window("Commit dash M, quote fix", 0.5, -1.2)
    assert hallucinations.is_nothing(doubted, 2.0, prompt)
    assert not hallucinations.is_nothing(doubted, 2.0)
    assert not hallucinations.is_nothing(Window("git commit dash m quote", 0.1, -0.3), 2.0, prompt)
