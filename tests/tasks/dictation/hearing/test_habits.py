"""Spelling that no command has loses to what commands have, and to nothing else."""

import pytest

from helpers import tasks
from helpers.core.examples import Candidate
from helpers.pipeline import engine
from helpers.tasks.dictation.hearing import habits

SEEN = ["tmux attach -t a", "scp a me@host:b", "sum --sha256 a"]


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("curl --retry5 b", 1),
        ("curl --retry 5 b", 0),
        ("curl --retry=5 b", 0),
        ("sum --sha256 b", 0),  # this one was read
        ("scp you@far.example: b", 1),
        ("scp b you@far.example:", 0),
        ("scp you@far.example: /b", 0),
        ("tmux attach-d b", 1),
        ("tmux attach-session b", 0),
        ("run tmux attach-d", 0),  # it stands where no subcommand does
        ("", 0),
    ],
)
def test_what_texts_never_hold_is_odd(text, odd):
    assert habits.learned(SEEN).cost(text) == odd * habits.COST


def test_the_odd_one_pays_and_the_order_of_the_others_stays():
    listed = [Candidate(-5.0, "x --retry5"), Candidate(-6.0, "x --retry 5"), Candidate(-9.5, "y")]
    ranked = habits.learned(SEEN).ranked(listed)
    assert [one.text for one in ranked] == ["x --retry 5", "x --retry5", "y"]
    assert [one.score for one in ranked] == [-6.0, -9.0, -9.5]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("curl dash dash retry five https colon slash slash api dot example dot org",
         "curl --retry 5 https://api.example.org"),
        ("tmux new dash S backend", "tmux new -s backend"),
        ("Git clone git at GitHub.com colon my dash team slash site dot git.",
         "git clone git@github.com:my-team/site.git"),
    ],
)  # fmt: skip
def test_a_route_takes_the_text_that_is_spelled_as_commands_are(said, written):
    assert engine.router(tasks.get("dictated_bash")).answer(said).text == written
