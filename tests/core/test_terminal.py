"""What steers a terminal is shown."""

import pytest

from helpers.core import terminal


@pytest.mark.parametrize("number", [*range(0x20), *range(0x7F, 0xA0)])
def test_no_control_character_but_the_tab_reaches_a_terminal(number):
    shown = terminal.visible(f"a{chr(number)}b")
    assert shown == ("a\tb" if number == 9 else f"a\\x{number:02x}b")


def test_a_plain_answer_is_left_alone():
    for text in ("find . -name '*.txt'", "é 日本 \N{PILE OF POO}", "a\\x1b", ""):
        assert terminal.visible(text) == terminal.message(text) == text


def test_an_errors_lines_stay_lines_and_cannot_be_turned_round():
    assert terminal.message(ValueError("a\nb\u202ec\r")) == "a\nb\\u202ec\\x0d"
