"""Choices are made on validation rows, and the same ones for both sides of a comparison."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from helpers import engines, tasks
from helpers.cli.main import main
from helpers.core import paths
from helpers.core.examples import write_rows
from helpers.finetune import selection
from helpers.sweep import work
from helpers.tasks import splits

BASE = paths.root() / "data" / "tiny_base" / "1m"


@pytest.fixture
def few(tmp_path, runs_dir):
    """Few bundled rows in a folder of their own; there is no test split to peep at."""
    bundled = tasks.get("dictated_bash")
    for split, count in (("train", 60), ("valid", 10)):
        write_rows(tmp_path / "few" / f"{split}.jsonl", bundled.load(split)[:count])
    return tasks.get("dictated_bash", tmp_path / "few")


@pytest.fixture
def base(few):
    return engines.create("torch", few.fitted_on(), model=BASE, repair=False)


def test_a_base_that_was_not_tuned_gets_its_own_weight(few, base):
    """At w = 1 it scored 29.5 %, at its own weight 73.8: tuning got the credit for the rest."""
    rows = splits.choose_rows(few)
    mix, shares = selection.choose_mix(few, base, rows, 10)
    assert 0 < mix < 1
    engine, way = selection.ship(few, base, rows, 10, "rescore")
    assert (engine.mix, engine.decode, way) == (mix, "rescore", "rescore")


def test_the_way_to_decode_is_the_best_of_the_validation_rows(few, base):
    rows = splits.choose_rows(few)
    engine, way = selection.ship(few, base, rows, 10)
    answered = selection.answer_validation(
        few, base, ["free", "grammar", "rescore"], engine.mix, rows, 10
    )
    shares = {name: one.record["exact"] for name, one in answered.items()}
    assert set(shares) == {"free + repair", "free", "grammar", "rescore"}
    assert shares[way] == max(shares.values()) > min(shares.values())
    assert {one.record["split"] for one in answered.values()} == {"valid"}
    with pytest.raises(ValueError, match="no way 'beam' to decode; choose one of free"):
        selection.ship(few, base, rows, 10, "beam")


def test_of_equals_the_way_named_first_is_taken():
    answered = {name: SimpleNamespace(record={"exact": x}) for name, x in
                (("free", 0.2), ("grammar", 0.7), ("rescore", 0.7))}
    assert selection.best(answered) == "grammar"


def test_a_sweep_chooses_for_a_base_as_for_a_run_and_records_validation(few, base):
    """Scores of test alone were on record, so whoever read a sweep chose by test."""
    write_rows(few.data_dir / "test.jsonl", tasks.get("dictated_bash").load("test")[:3])
    values = {"engine": "torch", "model": BASE, "decode": "rescore", "split": "test"}
    record = work.score(few, None, **values)
    mix, shares = selection.choose_mix(few, base, splits.choose_rows(few))
    assert record["settings"]["mix"] == mix and record["n"] == 3
    assert record["validation"] == {"split": "valid", "n": 10, "exact": shares[mix]}
    named = work.score(few, None, **values, mix=1.0)
    assert named["validation"]["exact"] == shares[1.0]
    free = work.score(few, None, engine="baseline", decode="free", split="test")
    assert free["validation"]["n"] == 10
    assert "validation" not in work.score(few, None, engine="rules", decode="free", split="valid")


def test_the_command_line_chooses_as_pages_do(few, base, capsys):
    """Without it the untuned base could only be scored alone, or at a weight somebody typed."""
    write_rows(few.data_dir / "test.jsonl", tasks.get("dictated_bash").load("test")[:2])
    words = ["score", "--task", "dictated_bash", "--data-dir", str(few.data_dir)]
    choose = ["--decode", "rescore", "--mix", "choose"]
    assert main([*words, "--engine", "torch", "--model", str(BASE), *choose]) == 0
    record = json.loads(capsys.readouterr().out.splitlines()[-1])
    mix, _ = selection.choose_mix(few, base, splits.choose_rows(few))
    assert record["settings"]["mix"] == mix
    assert main([*words, "--engine", "baseline", "--mix", "choose"]) == 2
    assert "mix is the model's weight in rescoring" in capsys.readouterr().err
    graded = ["--engine", "torch", "--model", str(BASE), *choose, "--split", "valid"]
    assert main([*words, *graded]) == 2
    assert "valid cannot both choose the weight" in capsys.readouterr().err


def test_the_weight_does_not_depend_on_rows_that_grade(few, base):
    """The graded rows turned upside down change no choice."""
    rows = splits.choose_rows(few)
    before = selection.choose_mix(few, base, rows, 10)
    graded = tasks.get("dictated_bash").load("test")[:5]
    write_rows(few.data_dir / "test.jsonl", [replace(row, target="ls") for row in graded])
    assert selection.choose_mix(few, base, splits.choose_rows(few), 10) == before
