"""Classes of wrong texts: each one has a class, and the class is that of the edit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.core.examples import Example
from helpers.evaluation.errors import Error, ErrorClass
from helpers.evaluation.grading import collapse, grade
from helpers.tasks.dictation import errors
from helpers.tasks.dictation.shfmt import formatted

SYMBOLS = "ab B'\"{}-/|.;1 "


@given(st.text(SYMBOLS, max_size=30), st.text(SYMBOLS, min_size=1, max_size=30), st.booleans())
def test_every_wrong_command_has_one_class_and_its_evidence(
    answer: str, target: str, equivalent: bool
) -> None:
    error = Error(Example("1", "a b dash", target), answer, None, equivalent)
    if collapse(answer) == collapse(target):
        with pytest.raises(ValueError, match="the answer is right"):
            errors.classify(error)
    else:
        found = errors.classify(error)
        assert found.name in errors.CLASSES and found.evidence
        assert errors.classify(error) == found


@given(st.text(SYMBOLS + "é", min_size=1, max_size=20), st.text("-/.|", min_size=1, max_size=3))
def test_one_edit_has_the_class_of_that_edit(text: str, symbol: str) -> None:
    """The milder classes are told apart by what they leave alone."""
    target = collapse(f"x{text}x")
    cases = {target.upper(): "casing", target.replace(" ", ""): "spacing", f"'{target}": "quoting"}
    for answer, name in cases.items():
        if answer != target:
            error = Error(Example("1", "x", target), answer, None, False)
            assert errors.classify(error).name == name
    if not errors.loop(target + symbol, target):
        longer = errors.classify(Error(Example("1", "x", target), target + symbol, None, False))
        assert longer.name == "dropped_or_doubled"


BASH_CASES = [
    ("loop", "ping 8.8.8.8", "ping 8.8.8.8.8.8.8.8", "8. × 7"),
    ("loop", "ls -l a", "ls -l -l -l -l a", "-l × 4"),
    ("casing", "tar -C a", "tar -c a", "-C → -c"),
    ("spacing", "head -n1 a", "head -n 1 a", "-n1 → -n 1"),
    ("spacing", "head -n1 A", "head -n 1 a", "-n1 A → -n 1 a"),
    ("equivalent", "echo $(date)", "echo `date`", "$(date) → `date`"),
    ("quoting", "echo 'a b'", 'echo "a b"', "'a b' → \"a b\""),
    ("quoting", "echo {a,b}", "echo {a,b", "{a,b} → {a,b"),
    ("flag_order", "ls -l -a b", "ls -a -l b", "-l -a → -a -l"),
    ("flag_order", "ls -la b", "ls -al b", "-la → -al"),
    ("dropped_or_doubled", "rm -rf a", "rm -r a", "rf → r"),
    ("dropped_or_doubled", "tar -xvf a", "tar -xf a", "xvf → xf"),
    ("dropped_or_doubled", "ls -l a", "ls -ll a", "l → ll"),
    ("dropped_or_doubled", "head -n 3 a", "head -n a", "missing: 3"),
    ("dropped_or_doubled", "cd a", "cd a a", "added: a"),
    ("wrong_symbol", "a | b", "a & b", "| → &"),
    ("wrong_symbol", "rm -rf a", "rm -rm a", "rf → rm"),
    ("wrong_symbol", "cut -f a", "cut -file a", "f → file"),
    ("wrong_word", "cd lib/images", "cd lib/pictures", "images → pictures"),
    ("wrong_word", "cd lib/images", "cd lib/image", "images → image"),
    ("wrong_word", "cd lib/images/a", "cd tmp/a", "lib/images → tmp"),
    ("wrong_word", "find -mtime 5", "find -mtime 7", "5 → 7"),
    ("wrong_word", "head -19", "head -90", "19 → 90"),
    ("wrong_word", "kill -9 12", "kill -9 21", "12 → 21"),
    ("wrong_word", "chmod 755 a", "chmod 577 a", "755 → 577"),
    ("wrong_word", "chmod 600 a", "chmod 60 a", "600 → 60"),
    ("wrong_word", "head -19 | wc -l", "head -90 | wc", "19 → 90"),
    ("other", "ls", "", "ls → no answer"),
    ("other", "ls", "pwd", "ls → pwd"),
]


@pytest.mark.parametrize(("name", "target", "answer", "evidence"), BASH_CASES)
def test_commands_of_each_class(name: str, target: str, answer: str, evidence: str) -> None:
    said = Example("1", "cd lib slash images", target)
    error = Error(said, answer, None, grade(answer, target, formatted).equivalent)
    assert errors.classify(error) == ErrorClass(name, evidence)


SPOKEN_CASES = [
    ("spoken", "ls -l a.txt", "ls dash L a dot txt", "- → dash; . → dot"),
    ("spoken", "head -n 50 lib", "head -n fifty", "50 lib → fifty"),
    ("spoken", "cut -f1,3 lib", "cut -f one comma three", "1,3 lib → one comma three"),
    ("spoken", "a && b 000", "a and and b zero zero zero", "&& → and and; 000 → zero zero zero"),
    ("loop", "a && b 0", "a && b zero zero zero zero zero", "zero × 5"),
    ("wrong_word", "head -n 50 lib", "head -n sixty lib", "50 → sixty"),
    ("spoken", "a -b 50", "a -b 5 zero", "50 → 5 zero"),
    ("dropped_or_doubled", "cat LibFifty", "cat lib", "LibFifty → lib"),
]


@pytest.mark.parametrize(("name", "target", "answer", "evidence"), SPOKEN_CASES)
def test_what_was_said_and_kept_is_no_wrong_symbol(
    name: str, target: str, answer: str, evidence: str
) -> None:
    """An untuned model copies the dictation: no other symbol than was said, and no loop."""
    prompt = "ls dash L fifty a dot txt lib one comma three and and b zero zero zero"
    error = Error(Example("1", prompt, target), answer, None, False)
    assert errors.classify(error) == ErrorClass(name, evidence)


@given(st.integers(0, 99_999), st.integers(0, 99_999))
def test_a_number_in_place_of_another_is_a_number_never_digits(meant: int, told: int) -> None:
    """755 for 577 was "flag_order", and 19 for 90 "dropped_or_doubled: missing 1, added 0"."""
    error = Error(Example("1", "x", f"head -{meant} a"), f"head -{told} a", None, False)
    if meant != told and not errors.loop(error.answer, error.example.target):
        assert errors.classify(error) == ErrorClass("wrong_word", f"{meant} → {told}")


def test_a_long_loop_is_found_in_no_time() -> None:
    answer = "find . " + "-name a -o " * 1500
    assert errors.loop(answer, "find . -name a") == "-namea-o × 1500"
