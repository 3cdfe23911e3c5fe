"""The protocol convention leaves nothing to guess: rules alone give back what was dictated."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.tasks.dictation import protocol
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.verbalize import Unspeakable, verbalize

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40)
# fmt: off
FRAGMENTS = [
    "find", ".", "-", "--", "-name", "*.txt", "|", "||", ">", ">>", "2>", "2>&1", "&", "&&", "<",
    "{", "}", "(", ")", "'", '"', "xzf", "10", "007", "42", "127", "2", "0", "20", "5", "A", "b",
    "README", "Foo", "fooBAR", "XMLHttp", "hundred", "thousand", "case", "caps", "all", "cap",
    "camel", "snake", "space", "at", "star", "dot", "two", "seven", "twenty", "capital", "or",
    "...", "//", "=", ":", "\\", "_", ",", "\n", " ", " ", " ",
]
# fmt: on
PIECES = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=14).map("".join)
SAID = sorted(
    {word for phrase in (*BASH.by_spoken, *(c.split() for c in BASH.cases)) for word in phrase}
    | {"space", "one", "twenty", "hundred", "thousand", "zero", "a", "B", "word", "É", "٣", "²"}
)


@settings(max_examples=500)
@given(PRINTABLE | PIECES)
@example("3hundred")
@example("-aB c--D2>&1")
def test_a_command_said_by_the_protocol_is_written_again(command):
    try:
        said = verbalize(command, BASH, convention="protocol")
    except Unspeakable:
        return
    assert protocol.write(said, BASH) == " ".join(command.split())


@settings(max_examples=300)
@given(PRINTABLE | PIECES)
def test_the_protocol_is_recognised_where_it_announces_anything(command):
    try:
        said = verbalize(command, BASH, convention="protocol")
    except Unspeakable:
        return
    announces = len(command.split()) > 1 or any(map(str.isupper, command))
    assert protocol.follows_protocol(said, BASH) == announces


@given(st.sampled_from(["git push", "wc -l", "cat A"]), st.lists(st.sampled_from(FRAGMENTS)))
def test_two_words_in_a_row_or_a_spelled_letter_are_the_plain_convention(beginning, pieces):
    """A file called "space" or "cap" must not turn a plain dictation into the protocol."""
    command = " ".join([beginning, *pieces])
    assert not protocol.follows_protocol(verbalize(command, BASH), BASH)


@pytest.mark.parametrize(
    ("dictation", "expected"),
    [
        ("ls space dash l", True),
        ("cd space capital my capital app", True),
        ("all caps readme", True),
        ("camel case get user name", True),
        ("kebab case my app space dash v", True),
        ("ls", False),
        ("", False),
        ("ls dash L", False),
        ("echo the space", False),
        ("git push space dash u", False),
        ("df space dash H", False),
        ("find dot dash name star dot txt", False),
        ("Git space pull", False),  # a transcriber's capital, and its full stop
        ("ls space dash l.", False),
    ],
)
def test_dictations_are_told_apart(dictation, expected):
    assert protocol.follows_protocol(dictation, BASH) is expected


@pytest.mark.parametrize(
    ("dictation", "written"),
    [
        ("capital readme", "Readme"),
        ("cap readme", "Readme"),
        ("all caps readme", "README"),
        ("uppercase readme dot md", "README.md"),
        ("camel case get user name", "getUserName"),
        ("pascal case get user name", "GetUserName"),
        ("snake case get user name", "get_user_name"),
        ("kebab case get user name", "get-user-name"),
        ("cd space camel case my app space dash l", "cd myApp -l"),
        ("capital my capital app", "MyApp"),
        ("all caps fix space all caps me", "FIX ME"),
        ("snake case a b dot txt", "a_b.txt"),
        ("pascal case my app two", "MyApp2"),
        ("camel case snake case a b", "a_b"),
    ],
)
def test_case_words_change_the_words_after_them(dictation, written):
    assert protocol.write(dictation, BASH) == written


@pytest.mark.parametrize(
    ("dictation", "written"),
    [
        ("three thousand two hundred fifty six", "3256"),
        ("eight zero eight zero", "8080"),
        ("one hundred", "100"),
        ("one hundred one", "101"),
        ("nine thousand", "9000"),
        ("twelve thousand five", "12005"),
        ("zero", "0"),
        ("zero five", "05"),
        ("forty two", "42"),
        ("forty zero", "400"),
        ("twenty twenty one", "2021"),
        ("seventeen", "17"),
        ("six four four", "644"),
        ("hundred", "hundred"),
        ("zero hundred", "0hundred"),
        ("two space hundred", "2 hundred"),
        ("chmod space seven five five", "chmod 755"),
        ("dash n five hundred pipe", "-n500|"),
    ],
)
def test_numbers_are_written_as_they_are_said(dictation, written):
    assert protocol.write(dictation, BASH) == written


@pytest.mark.parametrize("scale", [1, 7, 10, 19, 20, 21, 90, 99])
def test_hundreds_and_thousands_add_up(scale):
    said = verbalize(str(scale), BASH)
    written = protocol.write(f"{said} thousand three hundred {said}", BASH)
    assert int(written) == 1000 * scale + 300 + scale


@pytest.mark.parametrize(
    ("dictation", "written"),
    [
        ("double ampersand", "&&"),
        ("redirect append", ">>"),
        ("left paren right paren", "()"),
        ("double quote hi quotes", '"hi"'),
        ("tick a apostrophe", "'a'"),
        ("single quote quote", "'\""),
        ("dot dot dot", "..."),
        ("double dash help", "--help"),
    ],
)
def test_synonyms_and_longest_forms_are_understood(dictation, written):
    assert protocol.write(dictation, BASH) == written


@given(st.text(max_size=60) | st.lists(st.sampled_from(SAID), max_size=15).map(" ".join))
def test_any_unicode_and_any_order_of_words_is_written_on_one_line(dictation):
    text = protocol.write(dictation, BASH)
    assert text == " ".join(text.split())
    assert protocol.follows_protocol(dictation, BASH) in (True, False)
