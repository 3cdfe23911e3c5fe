"""What pretraining buys, from the published sweeps and the scoreboard."""

import pytest
from scipy.stats import binomtest

from helpers import tasks
from helpers.core import runs
from helpers.sweep import pretraining

JOBS = ("dictated_bash", "support_label")
FEW = [16, 64, 256, 1024]


@pytest.mark.parametrize("job", JOBS)
def test_a_curve_goes_from_few_rows_to_all_and_ends_on_the_scoreboard(job):
    found = pretraining.curves(job)
    every = len(tasks.get(job).load("train"))
    assert {"counting", "2m, grammar", "smollm2-135m, grammar"} <= found.keys()
    for points in found.values():
        assert [point["x"] for point in points] == [*FEW, every]
        assert all(p["ci"][0] <= p["score"] <= p["ci"][1] for p in points)
    scores = {one["engine"]: one["exact"] for one in runs.committed() if one["task"] == job}
    assert found["counting"][-1]["score"] == scores["baseline"]


def test_another_way_to_decode_has_curves_of_its_own():
    free = pretraining.curves("dictated_bash", "free")
    assert {"2m, free", "smollm2-135m, free"} <= free.keys()
    assert not any("grammar" in name for name in free)


@pytest.mark.parametrize("job", JOBS)
def test_a_base_is_compared_with_counting_on_as_many_rows(job):
    found = pretraining.against_counting(job, "smollm2-135m")
    assert [one["rows"] for one in found] == FEW
    for one in found:
        assert one["difference"] == pytest.approx(one["base"] - one["counting"])
        assert one["p_corrected"] >= one["p"]
        # Row by row the same difference looks surer than it is: rows share groups.
        rows = one["only_first"] + one["only_second"]
        assert one["p"] > binomtest(one["only_first"], rows).pvalue


def test_where_nothing_is_published_there_is_nothing_to_draw():
    assert pretraining.curves("voice_command") == {}
    assert pretraining.against_counting("voice_command", "smollm2-135m") == []
