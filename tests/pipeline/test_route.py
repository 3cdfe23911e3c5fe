"""Where dictations go with the committed gate, and what comes out: the pipeline without a model."""

import io
import json

import pytest

from helpers import tasks
from helpers.cli.main import main
from helpers.core import paths
from helpers.pipeline import engine, route
from helpers.pipeline.gate import NONE, TALK

COMMANDS = [
    # by the protocol, and where it is broken by what a transcriber misheard: the middle zone
    ("git space fetch space dash p space origin space dev", route.RULES, "git fetch -p origin dev"),
    ("chmod space seven five five space forward slash etsy slash hosts", route.HEARING,
     "chmod 755 /etc/hosts"),
    # the plain convention
    ("wc dash L notes dot txt", route.LATTICE, "wc -l notes.txt"),
    ("git status", route.LATTICE, "git status"),
    # what a transcriber writes
    ("LS dash LA", route.HEARING, "ls -la"),
    ("Git diff dot.", route.HEARING, "git diff ."),
    ("CD dot dot slash lib", route.HEARING, "cd ../lib"),
    ("chmod seven fifty five build dot SH", route.HEARING, "chmod 755 build.sh"),
    ("pseudo system control reload engine x", route.HEARING, "sudo systemctl reload nginx"),
    ("kill dash nine four four one two", route.LATTICE, "kill -9 4412"),
]  # fmt: skip
TALK_ABOUT = [
    "We have to pipe up about the budget, or they will slash it again.",
    "Could you find the time to sort this out with the team?",
    "Thank you for watching.",
    "I will have a coffee and then drive home.",
    "She said the dash board looks great on her phone.",
    "you",
]


@pytest.fixture(scope="module")
def router():
    return engine.router(tasks.get("dictated_bash"))


@pytest.mark.parametrize(("said", "name", "written"), COMMANDS)
def test_a_dictation_takes_its_route_and_is_written(router, said, name, written):
    answer = router.answer(said)
    assert (answer.text, answer.details["route"]) == (written, name)
    assert 0 < answer.details["probability"] <= 1


@pytest.mark.parametrize("said", TALK_ABOUT)
def test_talk_is_held_back(router, said):
    answer = router.answer(said)
    assert (answer.text, answer.details["kind"]) == ("", NONE)


def test_talk_around_a_command_is_answered_with_a_word_that_it_is_unsure(router):
    answer = router.answer("okay so what I want is um git push, and then we can all go home")
    assert answer.details["kind"] == TALK and answer.details["unsure"] is True


@pytest.mark.parametrize("said", ["", "  ", "\n"])
def test_silence_is_nothing(router, said):
    assert router.answer(said).text == ""


def test_predict_answers_by_the_pipeline_and_says_that_no_model_is_in_it(
    monkeypatch, capsys, tmp_path
):
    words = tmp_path / "words.txt"
    words.write_text("ledger book = LedgerBook\n", encoding="utf-8")
    lines = b"LS dash LA.\ncd ledger book\nThank you for watching.\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))
    arguments = ["predict", "--task", "dictated_bash", "--engine", "pipeline"]
    assert main([*arguments, "--words", str(words)]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines() == ["ls -la", "cd LedgerBook", ""]
    assert "no language model" in shown.err


def test_words_are_refused_where_nothing_would_write_them(capsys, tmp_path):
    for named in (["--task", "voice_command", "--engine", "pipeline"],
                  ["--task", "dictated_bash", "--engine", "rules"]):  # fmt: skip
        assert main(["predict", *named, "--words", str(tmp_path / "words.txt")]) == 2
        assert "leave words out" in capsys.readouterr().err


def test_the_committed_settings_say_what_they_were_fitted_on():
    table = json.loads((paths.data("pipeline") / "dictated_bash.json").read_text("utf-8"))
    train = tasks.get("dictated_bash").load("train", paths.data("spoken_bash"))
    assert table["about"]["train_rows"] == len(train)


def test_prose_that_smells_of_shell_is_held_back_and_commands_are_not(router):
    """Two kinds of error, of which each could be had for nothing alone."""
    prose = (paths.root() / "tests/pipeline/shell_prose.txt").read_text("utf-8").splitlines()
    commands = [row.prompt for row in tasks.get("dictated_bash").load("valid")[::3]]
    held = [sum(router.answer(said).text == "" for said in texts) for texts in (prose, commands)]
    assert held[0] >= 0.95 * len(prose)
    assert held[1] <= 0.01 * len(commands)
