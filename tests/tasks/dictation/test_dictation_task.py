"""The dictated-bash task: what it answers, measures and shows, on a few rows."""

import math

import pytest

from helpers import tasks
from helpers.core.examples import DataError, Example
from helpers.engines import create
from helpers.tasks.dictation.bash import BASH, program_of
from helpers.tasks.dictation.domain import Domain, Symbol
from helpers.tasks.dictation.task import TASKS, dictation
from helpers.tasks.dictation.verbalize import verbalize

URLS = Domain(
    "urls",
    (Symbol("://", "scheme"), Symbol("/", "slash"), Symbol(".", "dot"), Symbol("?", "query")),
)


def said(words: str) -> Example:
    return Example("1", words, "?")


@pytest.fixture
def train(commands):
    return [
        Example(str(i), verbalize(command, BASH), command, group=str(i // 2))
        for i, command in enumerate(commands)
    ]


def test_tasks_are_found_by_name_and_an_unknown_name_lists_them():
    assert tasks.get("dictated_bash") is TASKS[0]
    with pytest.raises(ValueError, match="no task 'sing'; choose one of .*dictated_bash"):
        tasks.get("sing")


def test_an_unknown_engine_lists_the_engines():
    with pytest.raises(ValueError, match="no engine 'steam'; choose one of .*rules.*baseline"):
        create("steam", TASKS[0])


def test_a_baseline_without_training_rows_names_the_file(tmp_path):
    with pytest.raises(DataError, match=r"train\.jsonl: is missing"):
        create("baseline", tasks.get("dictated_bash", tmp_path))


def test_rules_answer_plain_dictation_with_a_margin():
    answer = TASKS[0].rules()(said("find dot dash name star dot txt"))
    assert answer.text == "find . -name *.txt"
    assert answer.details["convention"] == "plain"
    assert answer.margin >= 0


def test_both_conventions_are_answered_whatever_the_engine(train, runs_dir):
    for answerer in (TASKS[0].rules(), TASKS[0].fit_baseline(train)):
        answer = answerer(said("grep space dash capital e space all caps todo"))
        assert answer.text == "grep -E TODO"
        assert answer.details == {"convention": "protocol"}


def test_a_dictation_with_one_reading_has_no_margin():
    answer = TASKS[0].rules()(said("ls"))
    assert (answer.details, answer.margin) == ({"convention": "plain"}, math.inf)


def test_the_baseline_learns_what_rules_cannot_know(train, runs_dir):
    words = "grep dash E bar A dot txt"
    assert TASKS[0].rules()(said(words)).text != "grep -E bar a.txt"
    assert TASKS[0].fit_baseline(train)(said(words)).text == "grep -E bar a.txt"


def test_settings_are_chosen_once_for_the_same_rows(train, runs_dir):
    """Choosing takes folds; a notebook that is run again should not wait for it again."""
    asked = []

    def watched(items):
        asked.append(len(list(items)))
        return items

    first = TASKS[0].choose_settings(train, watched)
    assert TASKS[0].choose_settings(train, watched) == first
    assert len(asked) == 1
    TASKS[0].choose_settings(train[:-1], watched)
    dictation(URLS).choose_settings(train, watched)
    assert len(asked) == 3


def test_tables_of_equal_name_do_not_share_settings(train, runs_dir):
    asked = []
    for slash in ("slash", "stroke"):
        table = Domain("mine", (Symbol("/", slash),))
        dictation(table).choose_settings(train, lambda items: asked.append(1) or items)
    assert len(asked) == 2


def test_measures_are_lengths_and_the_program():
    assert TASKS[0].report.measures(Example("1", "sudo wc dash L", "sudo wc -l")) == {
        "words dictated": 4,
        "characters written": 10,
        "program": "wc",
    }


@pytest.mark.parametrize(
    ("command", "program"),
    [
        ("find . -name a", "find"),
        ("sudo tar -xf a.tar", "tar"),
        ("LC_ALL=C sudo sort a", "sort"),
        ("( cd src && ls )", "cd"),
        ("! grep foo a", "grep"),
        ("x=1", "setting"),
        ("count=$(date)", "setting"),
        ("x=$(ls -l) wc", "wc"),
        ("(cat a; ls)", "cat"),
        ("env -n16 ./bin/run a", "script"),
        ("nohup python3 a.py", "python3"),
        ("sudo", "sudo"),
    ],
)
def test_the_program_is_past_sudo_settings_and_brackets(command, program):
    assert program_of(command) == program


@pytest.fixture
def shown():
    """The tables of three rows, one of which the lattice cannot reach."""
    return TASKS[0].report.tables(
        [
            Example("1", "wc dash L", "wc -l"),
            Example("2", "grep dash E dot", "grep -E ."),
            Example("3", "ls dash A", "something else"),
        ]
    )


def test_the_first_table_shows_what_each_form_stands_for(shown):
    forms = {row["spoken"]: row for row in shown[0].rows}
    assert forms["dash"] == {"spoken": "dash", "count": 2, "written": "-", "certainty": 1}
    assert forms["(a letter)"]["certainty"] == 0.5
    assert set(forms["(a letter)"]["written"].split()) == {"small", "capital"}
    assert forms["(a word)"]["count"] == 2
    assert forms["dot"]["count"] == 1
    counts = [row["count"] for row in shown[0].rows]
    assert counts == sorted(counts, reverse=True)


def test_the_second_table_has_what_is_uncertain(shown):
    assert [row["spoken"] for row in shown[1].rows] == ["(a letter)"]


def test_a_row_s_own_program_is_believed():
    example = Example("1", "p", "ls", extra={"program": "x"})
    assert TASKS[0].report.measures(example)["program"] == "x"


def test_plain_words_are_not_drawn(shown):
    assert "(a word)" not in shown[0].bars
    assert shown[0].bars["dash"] == 2


def test_the_last_table_counts_what_stays_open(shown):
    assert shown[2].about.endswith("3.5 choices a row, on average.")
    counts = {row["what"]: row["count"] for row in shown[2].rows}
    assert counts["rows"] == 3
    assert counts["rows whose command the lattice reaches"] == 2
    assert counts["gaps between words"] == 5
    assert counts["… where a space or none is possible"] == 5
    assert counts["spelled letters (small or capital)"] == 2


def test_grades_come_in_the_order_of_the_rows():
    examples = [Example("1", "p", "ls -l"), Example("2", "p", "wc -l")]
    assert [g.bucket for g in TASKS[0].grade(["ls  -l", "nothing at all"], examples)] == [
        "exact",
        "wrong",
    ]


def test_another_table_is_another_job_with_the_same_code(runs_dir):
    urls = dictation(URLS)
    assert urls.domain is URLS
    assert TASKS[0].domain is not URLS
    words = "https scheme example dot org slash A"
    train = [Example(str(i), "", f"https://example.org/{i}/a") for i in range(3)]
    train = [Example(e.id, verbalize(e.target, URLS), e.target) for e in train]
    assert urls.fit_baseline(train)(said(words)).text == "https://example.org/a"


def test_another_table_has_answers_of_its_own(runs_dir):
    """Under one name, a run of one domain would go on with the answers of another."""
    assert dictation(URLS).name != TASKS[0].name
    engines = [create("rules", task) for task in (TASKS[0], dictation(URLS))]
    assert engines[0].fingerprint != engines[1].fingerprint


def test_other_rows_to_list_by_are_another_fingerprint(bash_folder, runs_dir):
    """Answers that were rescored with another n-gram would be taken for these."""
    task = tasks.get("dictated_bash", bash_folder)
    train = task.load("train")
    names = {task.fitted_on(rows).fingerprint() for rows in (train, train[:-2], train)}
    assert len(names) == 2 and task.fingerprint() not in names


def test_rows_without_a_command_teach_the_ngram_nothing_and_are_shown(train):
    """An n-gram that counted empty texts would find it likely to stop before it began."""
    talk = Example("talk", "so what", "", extra={"no_answer": True, "tier": "none"})
    task = TASKS[0]
    best = [
        task.fitted_on(rows).candidates(said("ls dash L"), 2) for rows in (train, [*train, talk])
    ]
    assert best[0] == best[1]
    assert task.report.measures(talk)["program"] == "(no command)"
    tiers = {t.title: t for t in task.report.tables([*train, talk])}["How the rows were said"]
    assert tiers.rows == [
        {"tier": "none", "count": 1, "said": "so what", "written": "(no command)"}
    ]
    (verdict,) = task.grade([""], [talk])
    assert verdict.exact and verdict.similarity == 100
