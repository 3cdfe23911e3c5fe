"""What stands beside a page's own scores: other bases, on the very same rows."""

import pytest

from helpers.core import runs
from helpers.course import rungs


@pytest.fixture
def record():
    """The committed score of the tiny base's best way to decode commands."""
    found = {one["run"]: one for one in runs.committed()}
    wanted = ("torch", "dictated_bash", "rescore")
    (tuned,) = (
        one
        for one in found.values()
        if (one["engine"], one["task"], one["settings"].get("decode")) == wanted
        and one["settings"]["base"] == "data/tiny_base/2m"
        and one["settings"]["model"] != one["settings"]["base"]
    )
    return tuned


def test_another_rung_stands_beside_a_page_under_its_own_name(record):
    beside = {one["name"]: one["exact"] for one in rungs.beside("smollm2-135m", record)}
    assert beside["2m tuned, rescore"] == record["exact"]
    assert {"2m untuned, free", "2m tuned, grammar"} <= beside.keys()
    assert not any("by MLX" in name for name in beside)  # another trainer, not another rung


def test_a_base_does_not_stand_beside_itself_whatever_it_is_called(record):
    for name in ("tiny-2m", "data/tiny_base/2m"):
        assert not [one for one in rungs.beside(name, record) if one["name"].startswith("2m")]


def test_scores_of_other_rows_are_left_out(record):
    for key, value in {"content": "0" * 16, "split": "valid", "task": "support_label"}.items():
        assert rungs.beside("smollm2-135m", record | {key: value}) == []
