"""Pictures of training: what is learned of a row, and how a run went."""

import math

import matplotlib
import pytest

from helpers import plots
from helpers.finetune.curves import Point
from helpers.finetune.masks import Piece
from helpers.plots import alt, training

matplotlib.use("agg")


def test_a_drawn_row_reads_as_the_row_and_fills_what_is_learned():
    pieces = [Piece("<|im_start|>", False), Piece("user\n", False), Piece("ls $x", True)]
    ax = plots.token_mask(pieces)
    assert [text.get_text() for text in ax.texts] == ["<|im_start|>", "user⏎", "ls $x"]
    colours = [bar.get_facecolor() for bar in ax.patches]
    assert colours[0] == colours[1] != colours[2]


def test_a_long_row_is_drawn_from_its_end():
    pieces = [Piece(f"{number}\n", False) for number in range(99)]
    lines = plots.token_lines(pieces)
    drawn = plots.token_mask(pieces).texts
    assert len(lines) == 99
    assert drawn[-1].get_text() == "98⏎"
    assert len(drawn) == training.LINES


def test_no_line_is_wider_than_the_page():
    lines = plots.token_lines([Piece("word ", False)] * 50, columns=40)
    assert max(sum(len(text) for text, _ in line) for line in lines) <= 40


@pytest.mark.parametrize("effective", [0.5, 0.75])
def test_the_chosen_step_is_marked_in_both_pictures(effective):
    points = [
        Point(10, 1.0, 2.0, 1.5, 0.25, 0.5, 1e-3, 9, 1.0, 1.0),
        Point(20, 2.0, 1.0, 1.2, 0.5, effective, 1e-3, 18, 2.0, 2.0),
    ]
    for ax in plots.learning_curve(points, 20):
        assert any(list(line.get_xdata()) == [20, 20] for line in ax.lines)


def test_step_0_is_in_the_curve_and_the_losses_have_ticks_that_people_read():
    """A curve that began at the first exam hid most of what training did."""
    points = [
        Point(0, 0.0, math.nan, 2.6, 0.0, 0.0, 0.0, 0, 0.0, 0.0),
        Point(10, 1.0, 0.6, 0.5, 0.25, 0.5, 1e-3, 9, 1.0, 1.0),
        Point(20, 2.0, 0.1, 0.2, 0.5, 0.8, 1e-3, 18, 2.0, 2.0),
    ]
    losses, scores = plots.learning_curve(points, 20)
    assert all(0 in line.get_xdata() for line in (*losses.lines[:2], *scores.lines[:2]))
    losses.figure.canvas.draw()
    low, high = losses.get_ylim()
    ticks = zip(losses.get_yticklabels(), losses.get_yticks(), strict=True)
    shown = [label.get_text() for label, at in ticks if low <= at <= high]
    assert {"0.1", "0.2", "0.5", "1", "2"} <= set(shown)
    assert "validation rows from 2.6 to 0.2" in alt.describe(losses.figure)


def test_an_overview_names_its_steps_in_order_and_in_words():
    ax = plots.overview([("rows", "learned"), ("model", "base\n+ adapter"), ("exam", "graded")])
    names = [text for text in ax.texts if text.get_text() in ("rows", "model", "exam")]
    assert [text.get_text() for text in names] == ["rows", "model", "exam"]
    places = [text.get_position()[0] for text in names]
    assert places == sorted(places)
    assert alt.describe(ax.figure) == "rows (learned) → model (base + adapter) → exam (graded)"
