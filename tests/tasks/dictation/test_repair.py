"""Repairs mend what the dictation contradicts, and never touch what it supports."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tasks
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.repair import repair
from helpers.tasks.dictation.verbalize import verbalize

CASES = [
    ("ping -c 4 8.8.8.8.8.8.8.8.8.8", "ping -c 4 8.8.8.8", ["loop"]),
    ("truncate -s 100000000000000 f.img", "truncate -s 100000 f.img", ["loop"]),
    ("```bash\nls -l\n```", "ls -l", ["artefact"]),
    ("ls -l<|im_end|>\nls", "ls -l", ["artefact"]),
    ("ls -l\nls -a", "ls -l", ["artefact"]),
    ("cat readme.md", "cat README.md", ["case"]),
    ("echo 'done", "echo 'done'", ["balance"]),
    ("awk '{print $1'", "awk '{print $1}'", []),
    ("ls -l", "ls -l", []),
]


@pytest.mark.parametrize(("answer", "target", "kinds"), CASES)
def test_each_repair_is_made_and_reported(answer, target, kinds):
    repaired = repair(answer, verbalize(target, BASH), BASH)
    assert [one.kind for one in repaired.repairs] == kinds
    if kinds:
        assert repaired.text == target
        assert repaired.repairs[0].before == answer
    else:
        assert repaired.text == answer


def test_right_answers_are_never_touched():
    for split in ("valid", "test"):
        for row in tasks.get("dictated_bash").load(split):
            assert repair(row.target, row.prompt, BASH).repairs == ()


def test_what_was_said_three_times_stays():
    for target in ("echo 1000000", "cat ...", "ping 8.8.8.8", "ls /a/a/a/a", "echo '===='"):
        assert repair(target, verbalize(target, BASH), BASH).text == target


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("git revert HEAD", "git space revert space all caps head"),
        ("sleep 1000", "sleep space one thousand"),
        ("echo Fix", "echo space capital fix"),
    ],
)
def test_where_spaces_are_spoken_numbers_and_capitals_are_left_alone(target, said):
    assert repair(target, said, BASH).text == target


def test_what_the_dictation_has_written_itself_stays():
    for target, said in (
        ("curl www.example.org", "curl the www dot example dot org"),
        ("go vet ./...", "look at everything below ./..."),
    ):
        assert repair(target, said, BASH).text == target


@given(answer=st.text(max_size=60), dictation=st.text(max_size=60))
def test_any_answer_to_anything_is_repaired_without_a_fault(answer, dictation):
    repaired = repair(answer, dictation, BASH)
    assert bool(repaired.repairs) == (repaired.text != answer)
    assert repair(repaired.text, dictation, BASH).text == repaired.text
