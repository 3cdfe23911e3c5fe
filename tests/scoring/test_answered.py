"""What an engine answered, asked or read from a file, is the same; another file is refused."""

import json

import pytest

from helpers import scoring, tasks
from helpers.core import paths
from helpers.core.examples import DataError
from helpers.engines import baseline
from helpers.tasks.report import OUTSIDE

TASK = tasks.get("support_label")


@pytest.fixture
def asked(tmp_path, monkeypatch):
    monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(tmp_path / "runs"))
    engine = baseline.strongest(TASK, TASK.load("train")[:200])
    return scoring.score(TASK, engine, TASK.load("valid")[:30], "valid")


def test_errors_are_the_answers_that_are_not_exact(asked):
    assert asked.texts == [p.text for p in asked.predictions]
    wrong = [e.id for e, right in zip(asked.examples, asked.exact, strict=True) if not right]
    assert [error.example.id for error in asked.errors] == wrong != []
    assert sum(asked.exact) / 30 == asked.record["exact"]
    assert None not in asked.margins


def test_answers_written_to_a_file_are_read_again(asked, tmp_path):
    file = tmp_path / "answers.jsonl"
    rows = scoring.prediction_rows(asked)
    scoring.write_predictions(file, rows)
    some = asked.examples[:20]  # a part of the rows
    found = scoring.read(file, TASK, some)
    assert found.texts == asked.texts[:20]
    assert found.margins == asked.margins[:20]
    assert found.record["n"] == 20
    no_margins = [{key: row[key] for key in row if key != "margin"} for row in rows]
    scoring.write_predictions(file, no_margins)
    assert scoring.read(file, TASK, some).margins == [None] * 20


@pytest.mark.parametrize(
    "text",
    ["", "not JSON\n", json.dumps({"id": "1"}) + "\n", "[]\n", "[" * 100_000 + "\n"],
    ids=["empty", "text", "no answers", "no object", "nested"],
)
def test_a_file_that_answers_other_rows_is_refused(text, asked, tmp_path):
    file = tmp_path / "other.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"other\.jsonl: does not answer these rows .* write it"):
        scoring.read(file, TASK, asked.examples)
    with pytest.raises(DataError, match="does not answer these rows"):
        scoring.read(paths.data("support_label") / "valid.jsonl", TASK, asked.examples)


@pytest.mark.parametrize(
    "change", [{"prediction": None}, {"seconds": "fast"}, {"id": ["1"]}, {"target": {}}], ids=str
)
def test_a_file_of_odd_types_is_refused(change, asked, tmp_path):
    first, *others = scoring.prediction_rows(asked)
    file = tmp_path / "odd.jsonl"
    scoring.write_predictions(file, [first | change, *others])
    with pytest.raises(DataError, match=r"odd\.jsonl: does not answer these rows"):
        scoring.read(file, TASK, asked.examples)


def test_answer_classes_are_labels_actions_or_outside():
    assert [TASK.report.answer_class(label) for label in TASK.labels] == TASK.labels
    assert TASK.report.answer_class("no_label") == OUTSIDE
    voice = tasks.get("voice_command")
    call = '{"kind":"command","action":"app.quit","arguments":{"app":"Mail"}}'
    told = [voice.report.answer_class(text) for text in (call, '{"kind":"note"}', "quit mail")]
    assert told == ["app.quit", "note", OUTSIDE]
    assert tasks.get("dictated_bash").report.answer_class("ls") == ""
