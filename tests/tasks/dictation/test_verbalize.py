"""Dictation, the fully determined direction: what is said for what is written."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.domain import Symbol
from helpers.tasks.dictation.numbers import NUMBER_WORDS, spoken_number
from helpers.tasks.dictation.verbalize import (
    CASED,
    Unspeakable,
    scan,
    speak_cased,
    verbalize,
)

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
LETTERS = st.text("aAbBcC", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("ls -l", "ls dash L"),
        ("tar -xzf a.tar.gz", "tar dash X Z F A dot tar dot gz"),
        ("find / -name *.py", "find slash dash name star dot py"),
        ("sort --reverse", "sort dash dash reverse"),
        ("cat a >> b", "cat A append B"),
        ("make 2>&1", "make two redirect ampersand one"),
        ("make 2> log", "make two redirect log"),
        ("true && false || ls", "true and and false pipe pipe ls"),
        ("cd ../src", "cd dot dot slash src"),
        ("head -n10", "head dash N ten"),
        ("sleep 127", "sleep one two seven"),
        ("Echo README", "Echo README"),
        ("  ls\t -l ", "ls dash L"),
    ],
)
def test_commands_are_said_in_the_plain_convention(command, said):
    assert verbalize(command, BASH) == said


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("ls -l", "ls space dash l"),
        ("ls -lA", "ls space dash l capital a"),
        ("cd MyApp", "cd space capital my capital app"),
        ("cat README.md", "cat space all caps readme dot md"),
        ("echo fooBAZ", "echo space foo all caps baz"),
        ("echo XMLHttp", "echo space all caps xml capital http"),
        ("grep -TODO", "grep space dash all caps todo"),
        ("a  b", "a space b"),
    ],
)
def test_commands_are_said_in_the_protocol_convention(command, said):
    assert verbalize(command, BASH, convention="protocol") == said


def test_a_flag_of_four_letters_is_a_word():
    assert verbalize("x -abc", BASH) == "X dash A B C"
    assert verbalize("x -abcd", BASH) == "X dash abcd"


@given(PRINTABLE)
def test_white_space_is_collapsed_and_every_printable_character_has_a_spoken_form(text):
    if not text.strip():
        with pytest.raises(Unspeakable, match="empty"):
            verbalize(text, BASH)
        return
    said = verbalize(text, BASH)
    assert said.split(" ") == said.split()
    assert verbalize(f" {text}".replace(" ", "  "), BASH) == said


@given(PRINTABLE)
def test_scanning_loses_no_character(text):
    for token in text.split():
        assert "".join(scan(token, BASH)) == token


@given(st.text(max_size=20))
def test_any_unicode_is_said_or_refused_with_its_place(text):
    try:
        assert verbalize(text, BASH)
    except Unspeakable as reason:
        assert "empty" in str(reason) or "has no spoken form; add a symbol" in str(reason)


def test_a_character_without_a_spoken_form_is_named_with_its_word():
    with pytest.raises(Unspeakable, match="'é' in 'café' has no spoken form; add a symbol .* bash"):
        verbalize("cd café", BASH)


def test_an_unknown_convention_lists_the_two():
    with pytest.raises(ValueError, match="unknown convention 'loud'; choose 'plain' or 'protocol'"):
        verbalize("ls", BASH, convention="loud")


def test_a_reserved_word_is_refused_unless_named():
    with pytest.raises(Unspeakable, match="'star' in 'ping star' would be heard as '.'"):
        verbalize("ping star", BASH, literals=())
    assert verbalize("ping star", BASH, literals={"star"}) == "ping star"
    assert verbalize("ping star", BASH) == "ping star"


@pytest.mark.parametrize(
    "command",
    ["echo space", "cat all", "x CamelCase", "my cap", "ping star", "a Two", "x seven", "is At"],
)
def test_the_protocol_refuses_words_that_it_uses_itself(command):
    with pytest.raises(Unspeakable, match="would be heard as"):
        verbalize(command, BASH, convention="protocol")


@pytest.mark.parametrize("command", ["3hundred", "20thousand", "two hundred", "x5hundred"])
def test_the_protocol_refuses_scales_because_they_would_multiply(command):
    """"3hundred" was said "three hundred", which is written 300."""
    with pytest.raises(Unspeakable, match="would be heard as"):
        verbalize(command, BASH, convention="protocol")


@given(LETTERS)
def test_parts_of_mixed_case_words_make_up_the_word(letters):
    assert "".join(CASED.findall(letters)) == letters


@given(LETTERS)
def test_announced_capitals_leave_only_small_letters(letters):
    said = speak_cased(letters, "", BASH)
    assert all(word.islower() for word in said)
    assert said.count("capital") + said.count("all") >= any(map(str.isupper, letters))


def test_numbers_are_said_as_people_say_them():
    assert [" ".join(spoken_number(n)) for n in ("0", "9", "19", "20", "99")] == [
        "zero", "nine", "nineteen", "twenty", "ninety nine"
    ]
    assert [" ".join(spoken_number(n)) for n in ("00", "05", "100")] == [
        "zero zero", "zero five", "one zero zero"
    ]


def test_numbers_below_a_hundred_all_sound_different():
    assert len({tuple(spoken_number(str(n))) for n in range(100)}) == 100


def test_no_two_symbols_are_said_in_the_same_words():
    said = [symbol.spoken for symbol in BASH.symbols]
    assert len(set(said)) == len(said)
    assert not {phrase for phrase in said if phrase in NUMBER_WORDS}


def test_another_table_says_other_words():
    spanish = replace(BASH, symbols=(Symbol("-", "guion"), Symbol(".", "punto")))
    assert verbalize("ls -a .", spanish) == "ls guion A punto"
    with pytest.raises(Unspeakable, match="'/'"):
        verbalize("ls /", spanish)
