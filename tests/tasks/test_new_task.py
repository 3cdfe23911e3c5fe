"""A fourth task is one folder: a table of words, ten rows, and nothing else changed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tasks
from helpers.cli.main import main
from helpers.core.examples import Example, write_rows
from helpers.evaluation import grading
from helpers.evaluation.errors import Error
from helpers.tasks import reach
from helpers.tasks.base import Task
from helpers.tasks.dictation import tables
from helpers.tasks.dictation.lattice import build, literals_in
from helpers.tasks.dictation.verbalize import verbalize

TABLE = """
name = "queries"
what = "query"
keywords = [
    "SELECT", "FROM", "WHERE", "AND",
    { written = "VARCHAR", spoken = ["var char"] },
    { written = "N", spoken = ["national"] },
]
symbols = [
    { written = "*", spoken = ["star", "everything"], space = "around" },
    { written = "=", spoken = "equals", space = "around" },
    { written = ",", spoken = "comma", space = "after" },
    { written = "_", spoken = "underscore" },
    { written = "'", spoken = "quote", space = "pair" },
]

[numbers]
oh = 0
"""
QUERIES = tables.parse(TABLE)
TARGETS = [
    "SELECT * FROM users",
    "SELECT name FROM users WHERE id = 5",
    "SELECT name, city FROM users",
    "SELECT * FROM orders WHERE user_id = 127",
    "SELECT city FROM users WHERE name = 'ada'",
    "SELECT id FROM orders WHERE paid = 1 AND user_id = 42",
    "SELECT order_id, city FROM orders",
    "SELECT * FROM users WHERE city = 'oslo'",
    "SELECT name FROM users WHERE id = 9",
    "SELECT * FROM orders WHERE paid = 0",
]
DICTATION = """
from pathlib import Path

from helpers.tasks.dictation import tables
from helpers.tasks.dictation.task import dictation

HERE = Path(__file__).parent
TASKS = (dictation(tables.read(HERE / "queries.toml"), HERE / "rows"),)
"""
PLAIN = """
from dataclasses import dataclass
from pathlib import Path

from helpers.tasks.base import Answer, Task
from helpers.tasks.lark import quoted


@dataclass(frozen=True)
class Parity(Task):
    def rules(self):
        return lambda example: Answer("even" if int(example.prompt[-1]) % 2 == 0 else "odd")

    def grammar(self, example):
        return f"start: {quoted('even')} | {quoted('odd')}"


rows = Path(__file__).parent / "rows"
TASKS = (Parity("parity", "Parity", "Even or odd?", open_targets=False, folder=rows),)
"""


def write_splits(folder: Path, rows: list[Example]) -> None:
    """Write ten rows: six to train on, two to choose on, two to test."""
    for split, part in (("train", rows[:6]), ("valid", rows[6:8]), ("test", rows[8:])):
        write_rows(folder / f"{split}.jsonl", part)


def add(folder: Path, code: str, rows: list[Example], **files: str) -> None:
    """Make the folder of a task with ten rows."""
    write_splits(folder / "rows", rows)
    for name, text in {"task.py": code, **files}.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A further folder of jobs, with two of them in it."""
    said = [Example(str(n), verbalize(text, QUERIES), text) for n, text in enumerate(TARGETS)]
    odd = [Example(str(n), f"is {n}", "odd" if n % 2 else "even") for n in range(10)]
    add(tmp_path / "jobs" / "queries", DICTATION, said, **{"queries.toml": TABLE})
    add(tmp_path / "jobs" / "parity", PLAIN, odd)
    monkeypatch.setattr(tasks, "__path__", [*tasks.__path__, str(tmp_path / "jobs")])
    monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(tmp_path / "runs"))
    yield tmp_path / "jobs"
    for name in [name for name in sys.modules if name.startswith(NEW)]:
        del sys.modules[name]


NEW = tuple(f"helpers.tasks.{name}" for name in ("queries", "parity", "empty"))


def check(task: Task) -> None:
    """Answer, list, allow, grade and report, as engines and pages do."""
    train, test = task.load("train"), task.load("test")
    assert (len(train), len(task.load("valid")), len(test)) == (6, 2, 2)
    assert all(step.answer(test[0]).text for step in task.baselines(train))
    assert not reach.unreachable(task, train + test)
    answer = task.fit_baseline(train)
    grades = task.grade([answer(example).text for example in test], test)
    assert grading.summary(grades)["exact"] == 1
    assert task.fingerprint() == tasks.get(task.name).fingerprint()
    report = task.report
    assert report.measures(test[0])["words" if task.name == "parity" else "words dictated"] > 1
    assert isinstance(report.tables(train), list)
    wrong = report.classifier(train)(Error(test[0], "something else", None, False))
    assert {row["class"]: row["count"] for row in report.error_table([wrong])}[wrong.name] == 1
    with pytest.raises(ValueError, match="is right"):
        report.classifier(train)(Error(test[0], test[0].target, None, False))


def test_a_folder_is_a_task(jobs: Path) -> None:
    assert {"dictated_bash", "dictated_queries", "parity", "support_label"} < set(tasks.names())
    assert list(tasks.names()) == sorted(tasks.names())
    check(tasks.get("dictated_queries"))
    check(tasks.get("parity"))


def test_it_is_gone_with_its_folder() -> None:
    with pytest.raises(ValueError, match="no task 'parity'"):
        tasks.get("parity")


@pytest.mark.parametrize("name", ["dictated_queries", "parity"])
def test_a_new_task_is_scored_from_the_command_line(
    name: str, jobs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = jobs / "answers.jsonl"
    for engine in ("rules", "baseline"):
        assert main(["score", "--task", name, "--engine", engine, "--out", str(out)]) == 0
        record = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert (record["task"], record["n"], record["split"]) == (name, 2, "test")
    assert record["exact"] == 1
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2


def test_a_folder_that_lists_no_task_is_named(
    jobs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing works until it is mended, so what to mend is all that is said."""
    (jobs / "empty").mkdir()
    (jobs / "empty" / "task.py").write_text("TASK = None\n", encoding="utf-8")
    assert main(["score", "--task", "support_label", "--engine", "rules"]) == 2
    wanted = "lists no TASKS; end it with TASKS = (your task,)"
    assert capsys.readouterr().err == f"error: {jobs / 'empty' / 'task.py'}: {wanted}\n"


def test_a_name_that_another_task_has_is_refused(jobs: Path) -> None:
    """Whoever copies a job's folder would else have replaced that job without a word."""
    (jobs / "queries" / "task.py").write_text(
        "from helpers.tasks.dictation.bash import BASH\n"
        "from helpers.tasks.dictation.task import dictation\n"
        "TASKS = (dictation(BASH),)\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="'dictated_bash'; rename that of queries"):
        tasks.names()


def test_a_query_is_listed_mended_and_written_by_the_protocol(jobs: Path) -> None:
    task = tasks.get("dictated_queries")
    train, (first, _) = task.load("train"), task.load("test")
    assert task.fitted_on(train).candidates(first, 3)[0].text == first.target
    mended = task.repair("select name FROM users", Example("1", "select NAME from users", ""))
    assert mended.text == "SELECT NAME FROM users"
    spoken = verbalize("SELECT Name FROM users", QUERIES, convention="protocol")
    assert spoken == "select space capital name space from space users"
    assert task.rules()(Example("1", spoken, "")).text == "SELECT Name FROM users"
    assert task.system == "Write the query that was dictated. Answer with the query alone."


PIECES = [
    "SELECT", "FROM", "AND", "VARCHAR", "SELECTED", "users", "user", "_", ",", "=", "*", "'", "5",
    "42", "127", "05", "a", "B", "N", "n", " ", " ", " ",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=10).map("".join).filter(str.strip))
def test_what_is_said_of_another_domain_is_heard_back(text: str) -> None:
    """The lattice of a dictation has the text, and every text of it is said in the same words."""
    said = verbalize(text, QUERIES)
    assert "SELECT" not in said.split()
    heard = build(said, QUERIES, literals_in([text], QUERIES))
    assert " ".join(text.split()) in heard
    assert all(verbalize(other, QUERIES) == said for other in islice(heard.paths(), 60))


def test_keywords_are_said_small_and_written_in_their_own_case() -> None:
    assert verbalize("SELECT id FROM t", QUERIES) == "select id from T"
    assert set(build("select star", QUERIES).paths()) == {"SELECT*", "SELECT *"}
    assert set(build("var char", QUERIES).paths()) == {"VARCHAR"}
    assert "from" not in build("from", QUERIES)
    assert {"from", "FROM"} == set(build("from", QUERIES, {"from"}).paths())


def test_a_keyword_of_one_letter_is_said_by_its_name() -> None:
    assert verbalize("N'ada' n", QUERIES) == "national quote ada quote N"
    assert "N" not in build("N", QUERIES) and "n" in build("N", QUERIES)
    spelling = TABLE.replace('what = "query"', 'what = "query"\nspell_after = "*"')
    with pytest.raises(ValueError, match="'N' is one letter, and so is what spell_after spells"):
        tables.parse(spelling)


def test_number_words_of_a_domain_are_numbers_too() -> None:
    texts = set(build("five oh one", QUERIES).paths())
    assert "501" in texts and "5 0 1" in texts
