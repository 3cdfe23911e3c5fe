"""Pictures of speech: words stand below their sound, pieces are told apart, nothing overlaps."""

from __future__ import annotations

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from helpers import plots
from helpers.plots.base import BLUE, GREEN, ORANGE, PALE
from helpers.speech.words import Word


@pytest.fixture(autouse=True)
def figures():
    with matplotlib.rc_context():
        plots.style()
        yield
    plt.close("all")


def _overlaps(ax) -> list[str]:
    ax.figure.canvas.draw()
    boxes = [(text.get_text(), text.get_window_extent()) for text in ax.texts]
    return [
        f"{a} and {b}"
        for n, (a, one) in enumerate(boxes)
        for b, other in boxes[n + 1 :]
        if one.overlaps(other)
    ]


def test_each_word_stands_below_its_sound() -> None:
    words = [Word(0.1, 0.5, "ls"), Word(0.5, 0.8, "dash"), Word(0.9, 1.2, "l")]
    ax = plots.waveform(np.sin(np.arange(32_000) / 5), 16_000, words, "ls dash L, for $5")
    assert [(text.get_text(), text.get_position()[0]) for text in ax.texts] == [
        ("ls", 0.1), ("dash", 0.5), ("l", 0.9)
    ]  # fmt: skip
    assert ax.get_xlim() == (0, 2) and not _overlaps(ax)
    assert "dash (0.5 s)" in ax.figure.get_label()


def test_silence_is_drawn_as_well() -> None:
    assert plots.waveform(np.zeros(10), 16_000, []).get_xlim()[1] < 0.001


def test_spellings_of_a_word_are_told_apart() -> None:
    tables = {"bare": {"dash": {"dash": 5, "-": 3, "cash": 1, "…": 1}}, "prompt": {}}
    bare, prompt = plots.heard_bars(tables, ["dash"])
    colours = [to_hex(bar.get_facecolor()).upper() for bar in bare.patches]
    assert colours == [BLUE, GREEN, ORANGE, PALE, PALE]
    assert sum(bar.get_width() for bar in bare.patches) == pytest.approx(100)
    assert "dash as dash" in bare.figure.get_label()
    assert [bar.get_width() for bar in prompt.patches] == [100]


def test_a_gate_is_drawn_with_what_it_makes_of_average_rows() -> None:
    rows = [{"a": 0.0, "b": 0.0, "c": 4.0}, {"a": 1.0, "b": 1.0, "c": 6.0}]
    asked = []

    def kind_of(numbers):
        asked.append(numbers["c"])
        return "talk" if numbers["a"] > 0.5 else "none"

    ax = plots.gate_plane(kind_of, rows, ["none", "talk"], "a", "b")
    assert set(asked) == {5.0}
    assert [line.get_label() for line in ax.lines] == ["none", "talk"]
    shown = ax.collections[0].get_array()
    assert shown.reshape(-1)[0] == 0 and shown.reshape(-1)[-1] == 1


def test_a_gate_of_one_row_is_drawn() -> None:
    ax = plots.gate_plane(lambda numbers: "none", [{"a": 0.0, "b": 2.0}], ["talk"], "a", "b")
    assert ax.get_xlim() == (-0.5, 0.5) and len(ax.lines) == 2


def test_calibration_has_a_dot_a_bin_and_its_rows_beside_it() -> None:
    bins = [{"confidence": 0.1, "exact": 0.0, "rows": 4}, {"confidence": 0.9, "exact": 1.0,
             "rows": 1200}]  # fmt: skip
    ax = plots.calibration(bins)
    assert [text.get_text() for text in ax.texts] == ["4", "1,200"]
    assert "90 % sure, 100 % exact" in ax.figure.get_label()


def test_stacked_pieces_stand_in_the_order_that_is_asked_for() -> None:
    rows = {"typed": {"right": 80.0, "gate": 20.0}, "heard": {"hearing": 60.0, "right": 40.0}}
    ax = plots.stacked_bars(rows, "answers, %", ("right", "hearing", "gate", "model"))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["right", "hearing", "gate"]
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == [80.0, 0.0, 20.0, 40.0, 60.0, 0.0] and not _overlaps(ax)
    assert "heard: hearing 60, right 40" in ax.figure.get_label()


def test_a_bar_tells_its_sum() -> None:
    ax = plots.stacked_bars({"1": {"gate": 1.0, "lattice": 50.0}}, "ms", total="{:,.0f} ms")
    assert "51 ms" in [text.get_text() for text in ax.texts]
