"""Figures of growing show every point and every number."""

import matplotlib
import pytest

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from helpers import plots

POINTS = [
    {"tokens": 1000, "loss": 5.0, "bits_per_byte": 3.0},
    {"tokens": 2000, "loss": 4.0, "bits_per_byte": 2.5},
]


@pytest.fixture(autouse=True)
def figures():
    yield
    plt.close("all")


def test_curves_are_drawn_against_the_tokens_read():
    left, right = plots.growth_curves({"short": POINTS[:1], "full": POINTS})
    assert [list(line.get_xdata()) for line in left.lines] == [[1000], [1000, 2000]]
    assert [list(line.get_ydata()) for line in right.lines] == [[3.0], [3.0, 2.5]]
    assert [text.get_text() for text in left.get_legend().get_texts()] == ["short", "full"]
    assert left.get_xscale() == right.get_xscale() == "log"


def test_bars_of_one_kind_stand_together_and_bear_their_numbers():
    bits = {"prompts": {"5-gram": 2.0, "full": 1.0}, "targets": {"5-gram": 1.5, "full": 0.75}}
    ax = plots.bits_bars(bits)
    assert [bar.get_width() for bar in ax.patches] == [2.0, 1.5, 1.0, 0.75]
    assert [text.get_text() for text in ax.texts] == ["2.00", "1.50", "1.00", "0.75"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["prompts", "targets"]
    middles = [bar.get_y() + bar.get_height() / 2 for bar in ax.patches]
    assert [round(middle) for middle in middles] == [0, 1, 0, 1]
