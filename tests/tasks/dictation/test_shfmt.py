"""Commands in one spelling: what shfmt forgives, and that nothing is run."""

from __future__ import annotations

import pytest

from helpers.evaluation.grading import grade, grade_all
from helpers.tasks.dictation import shfmt
from helpers.tasks.dictation.shfmt import formatted


@pytest.mark.parametrize(
    ("prediction", "target", "same"),
    [
        ("cat a|wc -l>out", "cat a | wc -l > out", True),
        ("cd b;ls", "cd b ; ls", True),
        ("ls -L", "ls -l", False),
        ("echo 'a b'", 'echo "a b"', False),  # quotes are not formatting
        ("echo $(($x))", "echo $((x))", False),  # what -s would undo
        ("ls # all", "ls", False),  # what -mn would undo
        ("(ls", "( ls", False),  # neither parses, so neither proves anything
        ("(ls", "(ls  ", True),  # exact needs no parser
        ("ls\0", "ls", False),
        ("", "ls", False),
    ],
)
def test_equivalent_forgives_formatting_only(prediction: str, target: str, same: bool) -> None:
    assert grade(prediction, target, formatted).equivalent is same


def test_formatting_runs_nothing(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    assert formatted(["touch oops", "$(touch oops)", "--version", "-w", ""]) == [
        "touch oops", "$(touch oops)", "--version", "-w", ""
    ]  # fmt: skip
    assert not list(tmp_path.iterdir())


def test_an_editorconfig_nearby_changes_nothing(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / ".editorconfig").write_text("root = true\n[*]\nspace_redirects = true\n")
    monkeypatch.chdir(tmp_path)
    assert formatted(["ls > a"]) == ["ls >a"]


def test_odd_answers_are_not_equivalent_and_raise_nothing() -> None:
    odd = ["", None, "x" * 1_000_000, "(" * 1_000_000, "\ud800ls", "\0", "\u202els"]
    grades = grade_all(odd, ["ls -la x"] * len(odd), formatted)
    assert [g.equivalent for g in grades] == [False] * len(odd)
    too_long = "echo " + "x" * shfmt.LONGEST  # it would parse
    assert formatted(["\ud800", "(" * 1_000_000, too_long]) == [None] * 3


def test_a_missing_program_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shfmt.shutil, "which", lambda *_, **__: None)
    with pytest.raises(FileNotFoundError, match="pip install shfmt-py"):
        grade("ls -L", "ls -l", formatted)
    assert grade("ls", "ls", formatted).exact  # an exact answer needs no shfmt
