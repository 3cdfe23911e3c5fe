"""The scorers below the n-gram: rules written by hand, and a majority vote."""

import math
from itertools import pairwise

import pytest

from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.domain import Spacing
from helpers.tasks.dictation.joins import Joins
from helpers.tasks.dictation.spacing import (
    Majority,
    Rules,
    Written,
    fit_majority,
    kind,
    role_of,
)
from helpers.tasks.dictation.verbalize import verbalize
from helpers.tasks.dictation.writer import Writer, by_rules


@pytest.mark.parametrize(
    "command",
    [
        "find . -name *.txt",
        "ls -la",
        "cat a.txt | wc -l",
        "make && make install",
        "tar -xzf src.tar.gz",
        'git commit -m "fix it"',
        "sort --reverse a.txt",
        "cat a.txt > b.txt",
        "cd ../src",
        "curl http://localhost:8080/index.html",
        "grep --color=auto foo a.txt",
        "chmod 644 notes.txt",
    ],
)
def test_rules_write_everyday_commands(command):
    assert by_rules(BASH).candidates(verbalize(command, BASH))[0].text == command


def test_rules_cannot_know_capitals_and_files_of_one_letter():
    """What is left for a model: rules write these otherwise."""
    for command in ("grep -E foo a.txt", "tar -xzf a.tar.gz"):
        assert by_rules(BASH).candidates(verbalize(command, BASH))[0].text != command


@pytest.mark.parametrize(
    ("last", "role", "piece", "space"),
    [
        ("ls", "head", "-", True),
        ("-", "", "l", False),
        ("--", "", "all", False),
        ("a", "", "|", True),
        ("|", "", "wc", True),
        ("file", "", ".", False),
        (".", "", "txt", False),
        ("one", "", "two", True),
        ("x", "", "y", False),
        ("type", "flag", "f", True),
        ("color", "flag", "=", False),
        ("type", "flag", '"', True),
        ("=", "", '"', False),
    ],
)
def test_rules_want_a_space_or_none(last, role, piece, space):
    assert Rules(BASH).wants_space(Written(last, role), piece) is space


def test_a_quote_opens_with_a_space_before_and_closes_with_none():
    rules = Rules(BASH)
    closed, opened = Written("fix"), Written("fix", quotes=frozenset('"'))
    assert rules.wants_space(closed, '"')
    assert not rules.wants_space(opened, '"')
    assert not rules.wants_space(Written('"', quotes=frozenset('"')), "fix")
    assert rules.wants_space(Written('"'), "fix")


def test_rules_cost_breaches_capitals_and_open_quotes():
    rules = Rules(BASH)
    agreed, state = rules.extend(Written("ls", "head"), " -")
    against, _ = rules.extend(Written("ls", "head"), "-")
    assert (agreed, against) == (0, -1)
    small, _ = rules.extend(state, "l")
    capital, _ = rules.extend(state, "L")
    assert capital < small == 0
    _, opened = rules.extend(Written("echo", "head"), ' "')
    assert rules.finish(opened) < 0
    _, closed = rules.extend(opened, '"')
    assert rules.finish(closed) == 0


def test_the_first_word_of_a_stage_is_a_head_and_letters_after_a_dash_a_flag():
    def role(state: Written, piece: str) -> str:
        return role_of(state, piece, BASH.spacing)

    assert role(Written(), "ls") == role(Written("|"), "wc") == "head"
    assert role(Written("ls", "head"), "src") == ""
    assert role(Written("-"), "x") == role(Written("x", "flag"), "z") == "flag"
    assert role(Written("name", "flag"), "a") == ""
    assert role_of(Written(), "ls", Spacing()) == ""


def test_a_majority_is_counted_from_the_targets():
    vote = fit_majority(["ls -l", "ls -a", "ls -L"], BASH)
    assert vote.gaps == {("word", "-", True): 3, ("-", "letter", False): 3}
    assert vote.letters["l"] == vote.letters["L"] == vote.letters["a"] == 1
    with_space, _ = vote.extend("word", " -")
    assert with_space == pytest.approx(math.log(4 / 5))
    assert vote.extend("-", "a")[0] == pytest.approx(math.log(4 / 5) + math.log(2 / 3))


def test_a_majority_splits_runs_as_they_are_said():
    """"8080" is said digit by digit, so its gaps are gaps between digits without a space."""
    vote = fit_majority(["x -ab 8080 42"], BASH)
    assert vote.gaps["letter", "letter", False] == 1
    assert vote.gaps["digits", "digits", False] == 3
    assert vote.gaps["digits", "digits", True] == 1


def test_targets_that_nobody_can_say_are_left_out():
    assert fit_majority(["café"], BASH) == fit_majority([], BASH)
    assert fit_majority(["ls é -l"], BASH).gaps == fit_majority(["ls -l"], BASH).gaps


@pytest.mark.parametrize("state", ["word", "-", "letter", "never seen"])
def test_the_two_choices_of_a_vote_sum_to_one(commands, state):
    vote = fit_majority(commands, BASH)
    gaps = [math.exp(vote.extend(state, gap + "/")[0]) for gap in ("", " ")]
    assert sum(gaps) == pytest.approx(1)
    cases = [math.exp(vote.extend("", letter)[0]) for letter in "lL"]
    assert sum(cases) == pytest.approx(1)


def test_without_rows_a_vote_has_no_opinion():
    vote = fit_majority([], BASH)
    assert vote.extend("word", " -") == vote.extend("word", "-")
    assert vote.finish("word") == 0


def test_counting_beats_no_counting_on_held_out_commands(commands):
    """A ladder is only worth climbing if each step is higher than the one below."""
    train, held_out = commands[::2], commands[1::2]

    def right(scorer: Majority | Rules) -> int:
        writer = Writer(scorer, Joins(BASH))
        return sum(writer.candidates(verbalize(c, BASH))[0].text == c for c in held_out)

    scores = [right(fit_majority([], BASH)), right(fit_majority(train, BASH)), right(Rules(BASH))]
    assert all(lower < higher for lower, higher in pairwise(scores)), scores


def test_pieces_are_counted_by_kind():
    assert [kind(p) for p in ("find", "x", "7", "127", "&&")] == [
        "word", "letter", "digits", "digits", "&&"
    ]
