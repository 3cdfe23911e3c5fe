"""Made rows compared: what is added to whom, and the record that notebook 03 reads."""

import json

import pytest

from helpers import factory, tasks
from helpers.core.examples import Example, write_rows
from helpers.course import made_rows
from helpers.factory.judges import Verdict

BASH = tasks.get("dictated_bash")
KEPT = factory.read_drafts(made_rows.kept(BASH), BASH)


def output() -> factory.Output:
    """What a judge makes of the kept drafts that was always right."""
    verdicts = {
        (draft.case.answer, draft.text): Verdict("reject" if draft.lost else "accept")
        for draft in KEPT
    }
    return made_rows.judged(BASH, [factory.RepeatJudge("right", verdicts)])


def test_as_many_rows_are_added_by_rules_and_of_those_turned_down():
    """The rules say the very same answers; what was turned down has none of the accepted texts."""
    made = output()
    added = made_rows.arms(BASH, made)
    count = sum(not draft.lost for draft in KEPT)
    assert [len(rows) for rows in added.values()][:4] == [0, count, count, count] and count
    accepted = added["accepted"]
    assert sorted(row.target for row in added["by rules, as many"]) == sorted(
        row.target for row in accepted
    )
    assert not {r.prompt for r in accepted} & {r.prompt for r in added["turned down, all"]}
    assert len(added["by rules, all"]) == len(KEPT)


def test_the_rows_before_are_of_other_tiers_than_those_that_grade():
    there = made_rows.spoken(BASH)
    assert {row.extra["tier"] for row in made_rows.before(there, 200)} == set(made_rows.OTHERS)
    graded = made_rows.of_tier(there.load("test"))
    assert {row.extra["tier"] for row in graded} == {made_rows.TIER} and len(graded) == 100
    assert len(made_rows.of_tier(BASH.load("valid"))) == 630  # rows without tiers are all taken


def test_rows_of_ones_own_say_what_they_say(tmp_path):
    rows = [Example("a", "LS dash L", "ls -l", group="ls"), Example("b", "df", "df")]
    write_rows(tmp_path / "train.jsonl", rows)
    found = made_rows.repeat(tasks.get("dictated_bash", tmp_path))
    assert found.model.name == "whoever wrote the rows"
    assert made_rows.repeat(BASH, 2).model.name == "smollm2-135m"
    assert [(draft.case.answer, draft.text) for draft in found.drafts] == [("ls -l", "LS dash L"),
                                                                  ("df", "df")]  # fmt: skip


def test_rows_that_stand_in_are_not_lost_for_being_the_rows_they_are(tmp_path):
    """Of one's own rows some become rows, whatever language they are in; none is near a test."""
    said = {
        "billing": "please send me a bill for last month\nwhy was I charged twice this time\n"
        "Ich habe die Rechnung vom letzten Monat noch nicht bekommen",
        "shipping": "my parcel has not come yet and I am waiting\n"
        "the courier left my order with a neighbour\nthe box that arrived was wet and torn\n"
        "Das Paket liegt seit Tagen in einem anderen Land und niemand antwortet mir",
        "other": "do you have a shop in another town\nwhich of you speaks Danish these days",
    }
    rows = [
        Example(f"{label}-{n}", text, label, group=f"{label}-{n}")
        for label, texts in said.items()
        for n, text in enumerate(texts.splitlines())
    ]
    write_rows(tmp_path / "train.jsonl", rows)
    held = [Example("v", rows[0].prompt.upper(), "billing")]
    for split in ("valid", "test"):
        write_rows(tmp_path / f"{split}.jsonl", held)
    (tmp_path / "labels.json").write_text(json.dumps([*said]), encoding="utf-8")
    task = tasks.get("support_label", tmp_path)
    verdicts = {(row.target, row.prompt): Verdict("accept") for row in rows}
    writer = made_rows.repeat(task)
    made = factory.Factory(writer, [factory.RepeatJudge("right", verdicts)], batch_size=1)
    output = made.run([draft.case for draft in writer.drafts], factory.Known.of(task))
    lost = {draft.case.id: draft.fate[1] for draft in output.drafts if draft.lost}
    assert set(lost.values()) <= {"near a row of valid", "near a row of test", "repeats the prompt"}
    assert "billing-0" in lost and len(lost) <= 4  # itself, and the three that the prompt shows
    assert {row.extra.get("language") for row in output.rows} == {None, "de"}
    assert not lost.keys() & {"billing-2", "shipping-3"}


def test_a_training_tells_what_it_got_right_and_how_near_it_came(runs_dir):
    plan = made_rows.Plan(12, 2, 4, seeds=(0,), eval_rows=2, graded=3, backend="transformers")
    added = [Example("x", "list my files", "ls")]
    found = made_rows.train(made_rows.spoken(BASH), added, "one", 0, plan)
    assert {len(found[name]) for name in ("exact", "effective", "log_probability")} == {3}
    assert all(one < 0 for one in found["log_probability"])


def test_what_is_nearer_is_told_beside_the_arm_without():
    marks = {"exact": "0" * 100, "effective": "0" * 100}
    arm = {name: [{"log_probability": [base] * 100} | marks] for name, base in
           ((made_rows.WITHOUT, -9.0), ("accepted", -7.5))}  # fmt: skip
    rows = made_rows.of_tier(made_rows.spoken(BASH).load("test"))
    arms = {name: {"runs": runs} for name, runs in arm.items()}
    record = {"ids": [row.id for row in rows], "arms": arms}
    (one,) = made_rows.nearer(record, BASH)
    assert one["name"] == "accepted" and one["score"] == pytest.approx(1.5)
    assert one["ci"] == pytest.approx((1.5, 1.5))
