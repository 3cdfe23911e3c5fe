"""A run's configuration is refused in a line where it makes no sense, and names the run."""

from dataclasses import replace
from pathlib import Path

import pytest

from helpers import profiles
from helpers.finetune.config import FinetuneConfig, name_parts

CPU = profiles.get("cpu")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"choose_on": "test"}, "choose_on is 'test'; it is one of valid, fold"),
        ({"rows": -1}, "rows is -1; it must be 0 or more, and whole"),
        ({"rows": 2.5}, "rows is 2.5; it must be 0 or more, and whole"),
        ({"rows": True}, "rows is True; it must be"),
        ({"eval_rows": "5"}, "eval_rows is '5'; it must be"),
        ({"eval_every": 1.5}, "eval_every is 1.5; it must be"),
        ({"patience": float("nan")}, "patience is nan; it must be 1 or more"),
        ({"seed": -1}, "seed is -1; it must be 0 or more"),
        ({"seed": None}, "seed is None; it must be"),
        ({"seed": 2**32}, "seed is 4294967296; it must be below"),
        ({"minutes": "3"}, "minutes is '3'; name some"),
        ({"eval_rows": -3}, "eval_rows is -3; it must be 0 or more"),
        ({"eval_every": -2}, "eval_every is -2; it must be 0 or more"),
        ({"patience": 0}, "patience is 0; it must be 1 or more"),
        ({"minutes": -1}, "minutes is -1; name some, or 0 for no limit"),
        ({"minutes": float("nan")}, "0 for no limit"),
        ({"minutes": float("inf")}, "0 for no limit"),
    ],
)
def test_what_no_run_can_have_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        FinetuneConfig(**changes)


def test_how_a_call_is_carried_out_names_no_run():
    """Else the same training with other minutes, or another drive, would begin anew."""
    plain = name_parts(CPU, FinetuneConfig())
    for same in ({"backup_dir": "drive"}, {"minutes": 50.0}, {"fresh": True}, {"eval_every": 60}):
        assert name_parts(CPU, FinetuneConfig(**same)) == plain
    for other in ({"seed": 1}, {"completion_only_loss": False}, {"rows": 9}, {"patience": 2}):
        assert name_parts(CPU, FinetuneConfig(**other)) != plain


def test_the_order_of_modules_names_no_other_run():
    turned = replace(CPU, target_modules=CPU.target_modules[::-1])
    assert name_parts(turned, FinetuneConfig()) == name_parts(CPU, FinetuneConfig())
    fewer = replace(CPU, target_modules=CPU.target_modules[:2])
    assert name_parts(fewer, FinetuneConfig()) != name_parts(CPU, FinetuneConfig())


def test_a_backup_lies_where_the_home_folder_is():
    assert FinetuneConfig().backup is None
    assert FinetuneConfig(backup_dir="~/drive").backup == Path.home() / "drive"


def test_the_loss_of_all_rows_names_a_run_as_before_and_a_sample_names_another():
    """A run that was trained before there was a choice is found again."""
    profile = profiles.get("cpu")
    names = name_parts(profile, FinetuneConfig())
    assert "loss_rows" not in names
    assert name_parts(profile, FinetuneConfig(loss_rows=50)) == names | {"loss_rows": 50}


def test_no_exam_of_a_pretrained_base_takes_the_loss_of_every_row():
    small = profiles.resolve("cpu", base="smollm2-135m")
    assert name_parts(small, FinetuneConfig(eval_rows=100))["loss_rows"] == 100
    assert name_parts(small, FinetuneConfig(eval_rows=100, loss_rows=7))["loss_rows"] == 7
