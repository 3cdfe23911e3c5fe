"""What was heard says whether a command was dictated, and what was steered says which."""

from dataclasses import replace

import pytest

from helpers import tasks
from helpers.core.examples import Example
from helpers.pipeline import engine as pipeline
from helpers.pipeline import spoken
from helpers.speech.transcribe import Transcript


@pytest.fixture(scope="module")
def engine():
    """The pipeline of dictated commands."""
    return pipeline.create(tasks.get("dictated_bash"), "pipeline")


@pytest.mark.parametrize(
    ("text", "dictated", "answer"),
    [
        ("", "", ""),
        ("grip dash are error", "grep dash r error", "grep -r error"),
        ("git status", "", "git status"),
        ("my cat slept on the keyboard all afternoon", "cat dot dot slash notes", ""),
    ],
)
def test_what_was_dictated_counts_only_where_something_was(engine, text, dictated, answer):
    heard = Transcript(text, 1.0, 2.0, dictated=dictated)
    told = spoken.answer(engine, Example("7", "", ""), heard)
    assert (told.id, told.text) == ("7", answer)


def test_of_two_dictations_that_sound_alike_the_likelier_command_counts(engine):
    heard = Transcript(
        "git fetch dash hash all", 1.0, 2.0, dictated="git fetch dash slash null",
        alternatives=(("git fetch dash slash null", -5.0), ("git fetch dash dash all", -5.5)),
    )  # fmt: skip
    answer = spoken.answer(engine, Example("7", "", ""), heard)
    assert (answer.text, answer.details["dictation"]) == (
        "git fetch --all", "git fetch dash dash all",
    )  # fmt: skip
    far = (("git status", -5.0), ("git fetch dash dash all", -50.0))
    answer = spoken.answer(engine, Example("7", "", ""), replace(heard, alternatives=far))
    assert answer.text == "git status"
