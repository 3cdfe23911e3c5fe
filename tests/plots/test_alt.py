"""Pictures in words: a line that only marks a place is no data."""

import matplotlib
import pytest

from helpers import plots
from helpers.plots import alt
from helpers.plots.front import Point, size_and_score
from helpers.plots.play import curves

matplotlib.use("agg")


@pytest.mark.parametrize(
    ("ax", "words"),
    [
        (
            lambda: plots.histogram([1, 2, 2, 9], "words", limit=5),
            "rows against words: median 2, limit 5",
        ),
        (lambda: plots.count_bars({"ls": 3, "cd": 1}), "rows: ls 3, cd 1"),
        (
            lambda: curves({"loss": {1: 3.0, 2: 1.0}}, "rank", "loss", {"before": 4.0}),
            "loss against rank: loss from 3 to 1, before at 4",
        ),
        (
            lambda: size_and_score([Point("a", "rules", 0, 0.5, (0.4, 0.6))]),
            "exact answers, %: a: rules 50.0",
        ),
    ],
)
def test_a_picture_is_told_by_what_it_shows(ax, words):
    """A median was told as data that runs from 0 to 1."""
    assert alt.describe(ax().figure) == words
