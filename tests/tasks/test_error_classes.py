"""The classes of errors: against a reader's, on every kind of answer, and of right answers none."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

import pytest

from helpers import profiles, tasks
from helpers.core import paths
from helpers.core.examples import Example, write_rows
from helpers.engines.torch.engine import create
from helpers.evaluation import errors
from helpers.evaluation.errors import Error, ErrorClass
from helpers.evaluation.grading import collapse
from helpers.finetune.config import FinetuneConfig
from helpers.finetune.run import finetune
from helpers.tasks.labels import errors as labels

LABELLED = Path(__file__).with_name("labelled_errors.jsonl")
READ_AS = {"wrong_word": "other"}  # the reader had no class for a word in place of another
NAMES = tasks.names()
BASE = paths.root() / "data" / "tiny_base" / "1m"


@cache
def classifier(name: str) -> Callable[[Error], ErrorClass]:
    task = tasks.get(name)
    return task.report.classifier(task.load("train"))


def errors_of(name: str, pairs: Sequence[tuple[Example, str]]) -> list[Error]:
    rows = [example for example, _ in pairs]
    grades = tasks.get(name).grade([answer for _, answer in pairs], rows)
    return [Error(e, a, None, g.equivalent) for (e, a), g in zip(pairs, grades, strict=True)]


def test_the_rules_agree_with_a_reader_who_labelled_sixty_errors_before_them() -> None:
    rows = [json.loads(line) for line in LABELLED.open(encoding="utf-8")]
    missed = []
    for row in rows:
        said = Example(row["id"], row["prompt"], row["target"], context=row.get("context"))
        [error] = errors_of(row["task"], [(said, row["prediction"])])
        found = classifier(row["task"])(error)
        if READ_AS.get(found.name, found.name) != row["class"]:
            missed.append(f"{row['task']} {row['id']}: the reader {row['class']}, {found}")
    print(f"{len(rows) - len(missed)} of {len(rows)} agree", *missed, sep="\n")
    assert len(rows) == 60
    assert len(missed) <= 6, missed


def check_that_few_have_other(name: str, answers: Sequence[str]) -> None:
    """Every wrong one of a task's answers has a class and its evidence; one in twenty "other"."""
    rows = tasks.get(name).load("valid")[: len(answers)]
    told = zip(rows, answers, strict=True)
    pairs = [(e, a) for e, a in told if collapse(a) != collapse(e.target)]
    found = [classifier(name)(error) for error in errors_of(name, pairs)]
    counted = errors.counts(found, tasks.get(name).report.error_classes)
    assert sum(counted.values()) == len(pairs) > 20
    assert all(one.evidence for one in found)
    assert counted["other"] <= 0.05 * len(pairs), counted


@pytest.mark.parametrize("name", NAMES)
def test_few_errors_of_the_rules_have_the_class_other(name: str) -> None:
    task = tasks.get(name)
    answer = task.rules()
    check_that_few_have_other(name, [answer(e).text for e in task.load("valid")[:200]])


@pytest.mark.parametrize("name", NAMES)
def test_few_errors_of_an_untuned_base_have_the_class_other(name: str) -> None:
    """It keeps what was said, tells no label and no JSON: not what the rules get wrong."""
    task = tasks.get(name)
    told = create(task, BASE, "free").answer(task.load("valid")[:40])
    check_that_few_have_other(name, [answer.text for answer in told])


@pytest.mark.parametrize("name", NAMES)
def test_few_errors_of_a_briefly_tuned_base_have_the_class_other(
    name: str, tmp_path: Path, runs_dir: Path
) -> None:
    """It has learned what an answer looks like, and hardly which: made-up commands and calls."""
    task = tasks.get(name)
    for split, many in (("train", 100), ("valid", 10)):
        write_rows(tmp_path / "rows" / f"{split}.jsonl", task.load(split)[:many])
    for labels_file in task.data_dir.glob("labels.json"):
        shutil.copy(labels_file, tmp_path / "rows")
    changes = {"backend": "transformers", "base": str(BASE), "steps": 20, "batch": 8}
    profile, few = profiles.get("cpu", name, **changes), tasks.get(name, tmp_path / "rows")
    run = finetune(few, profile, FinetuneConfig(eval_rows=2, eval_every=20), lambda line: None)
    answers = create(task, run, "free").answer(task.load("valid")[:40])
    check_that_few_have_other(name, [answer.text for answer in answers])


@pytest.mark.parametrize("name", NAMES)
def test_each_class_has_a_meaning_and_asks_for_a_remedy_of_its_own(name: str) -> None:
    report = tasks.get(name).report
    first = next(iter(report.error_classes))
    table = report.error_table([ErrorClass(first, "seen")])
    assert [row["class"] for row in table] == list(report.error_classes)
    assert [row["count"] for row in table] == [1] + [0] * (len(table) - 1)
    for column in ("means", "asks for"):
        texts = [row[column] for row in table]
        assert len(set(texts)) == len(texts) and all(0 < len(text) < 90 for text in texts)
    with pytest.raises(ValueError, match="count one task's errors"):
        report.error_table([ErrorClass("of another task", "seen")])


@pytest.mark.parametrize("name", NAMES)
def test_classes_do_not_depend_on_the_order_of_rows(name: str) -> None:
    task = tasks.get(name)
    rows = task.load("valid")[:40]
    answers = [other.target for other in rows[1:] + rows[:1]]  # each the answer of the next row
    pairs = [(e, a) for e, a in zip(rows, answers, strict=True) if e.target != a]
    wrong, classify, mixed = errors_of(name, pairs), classifier(name), random.Random(3)
    found = {e.example.id: classify(e) for e in wrong}
    if name == "support_label":
        train = task.load("train")
        mixed.shuffle(train)
        topics = labels.fit_topics(train)
        classify = partial(labels.classify, labels=task.labels, topics=topics)
    mixed.shuffle(wrong)
    assert {e.example.id: classify(e) for e in wrong} == found


@pytest.mark.parametrize("name", NAMES)
def test_right_answers_are_refused(name: str) -> None:
    row = tasks.get(name).load("valid")[0]
    with pytest.raises(ValueError, match="the answer is right"):
        classifier(name)(Error(row, f" {row.target} ", None, False))


@pytest.mark.parametrize("name", NAMES)
def test_every_task_classifies_its_own_errors(name):
    """A wrong answer, such as another row's, has one of the task's classes; a right one none."""
    task = tasks.get(name)
    rows = task.load("valid")[:30]
    classify = task.report.classifier(task.load("train")[:400])
    for row, other in zip(rows, rows[1:], strict=False):
        if other.target != row.target:
            found = classify(Error(row, other.target, None, False))
            assert found.name in task.report.error_classes and found.evidence
    with pytest.raises(ValueError, match="is right"):
        classify(Error(rows[0], rows[0].target, None, False))
