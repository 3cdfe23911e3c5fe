"""README's scoreboard is what the committed records say, and the records are what code gives."""

import pytest

from helpers import engines, paths, records, scoreboard, tasks
from helpers.dictation import writer
from helpers.markdown import insert

RECORDS = {f"{record['task']}-{record['engine']}": record for record in records.committed()}


def test_the_readme_shows_the_committed_records():
    """A table that was right last month is worse than none."""
    readme = (paths.root() / "README.md").read_text(encoding="utf-8")
    assert insert(readme, scoreboard.MARKS, scoreboard.markdown(records.committed())) == readme


def test_every_task_has_its_two_records_and_every_record_a_commit():
    assert set(RECORDS) >= {f"{t}-{e}" for t in tasks.NAMES for e in ("rules", "baseline")}
    assert all("dirty" not in record["commit"] for record in RECORDS.values())


def rescored(task, answers):
    grades = task.grade(answers, task.load("test"))
    return sum(grade.exact for grade in grades) / len(grades)


@pytest.mark.parametrize("name", tasks.NAMES)
def test_the_rules_still_score_what_their_record_says(name):
    """Code or data that moved on without `make score` would leave a number nobody can repeat."""
    task = tasks.get(name)
    answers = [p.text for p in engines.create("rules", task).answer(task.load("test"))]
    assert rescored(task, answers) == pytest.approx(RECORDS[f"{name}-rules"]["exact"])


def test_the_n_gram_still_scores_what_its_record_says():
    task, record = tasks.get("dictated_bash"), RECORDS["dictated_bash-baseline"]
    chosen = writer.Settings(record["settings"]["order"], record["settings"]["width"])
    fitted = writer.fit([example.target for example in task.load("train")], chosen)
    answer = task.answerer(fitted)
    answers = [answer(example).text for example in task.load("test")]
    assert rescored(task, answers) == pytest.approx(record["exact"])


def test_tables_line_up():
    lines = scoreboard.plain(list(RECORDS.values())).splitlines()
    assert len(lines) == len(RECORDS) + 1
    assert lines[1].index("test") == lines[2].index("test")
