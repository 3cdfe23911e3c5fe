"""What steers a terminal is shown."""

import pytest

from helpers.core.text import printable


@pytest.mark.parametrize("number", sorted({*range(0x20), *range(0x7F, 0xA0)} - {9, 10}))
def test_no_control_character_reaches_a_terminal(number):
    shown = printable(f"a{chr(number)}b")
    assert shown == f"a{ascii(chr(number))[1:-1]}b" != f"a{chr(number)}b"


def test_a_plain_answer_is_left_alone():
    for text in ("find . -name '*.txt'", "tab\tand line\n", "é 日本 \N{PILE OF POO}", "a\\x1b", ""):
        assert printable(text) == text


def test_a_line_cannot_be_turned_round():
    assert printable("a\u202eb") == "a\\u202eb"
