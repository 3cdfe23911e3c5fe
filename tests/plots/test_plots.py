"""A plot is tested by what it shows: bars, numbers, names, and none over another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import matplotlib
import pytest

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from helpers import plots
from helpers.evaluation.statistics import wilson
from helpers.plots import base
from helpers.tasks.dictation import lattice_plot
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.lattice import build

ENGINES = [
    {"name": "rules", "n": 630, "exact": 0.61, "near": 0.25, "partial": 0.1, "wrong": 0.04,
     "exact_ci": (0.57, 0.65), "effective_ci": (0.83, 0.89)},
    {"name": "untuned $a$", "n": 630, "exact": 0.01, "near": 0.05, "partial": 0.1, "wrong": 0.84,
     "exact_ci": (0.0, 0.02), "effective_ci": None},
]  # fmt: skip


@pytest.fixture(autouse=True)
def figures() -> Iterator[None]:
    with matplotlib.rc_context():
        plots.style()
        yield
    plt.close("all")


def _texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def _names(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def _overlaps(ax: Axes) -> list[tuple[str, str]]:
    """List the pairs of texts whose boxes overlap once drawn."""
    ax.figure.canvas.draw()
    labels = [*ax.texts, *ax.get_yticklabels()]
    boxes = [(t.get_text(), t.get_window_extent()) for t in labels if t.get_text()]
    return [(a, b) for (a, one), (b, two) in combinations(boxes, 2) if one.overlaps(two)]


def test_style_is_small_and_without_frames() -> None:
    assert plt.rcParams["figure.dpi"] == plt.rcParams["savefig.dpi"] == 100
    assert not plt.rcParams["axes.spines.top"] and not plt.rcParams["axes.spines.right"]
    assert plt.rcParams["figure.figsize"][0] <= 9


def test_bucket_bars_show_shares_intervals_and_effective() -> None:
    ax = plots.bucket_bars(ENGINES)
    widths = [patch.get_width() for patch in ax.patches]
    assert widths == pytest.approx([61, 25, 10, 4, 1, 5, 10, 84])
    assert [t.get_text() for t in ax.get_legend().get_texts()] == list(base.BUCKET_COLOURS)
    assert [x for line in ax.lines for x in line.get_xdata()] == pytest.approx([57, 65, 0, 2])
    bottom = ax.patches[0].get_y() + ax.patches[0].get_height()
    assert ax.lines[0].get_ydata()[0] > bottom  # below the bar: ink on dark blue is not seen
    assert "61.0  [57.0, 65.0]  exact\n86.0  [83.0, 89.0]  effective" in _texts(ax)
    assert "1.0  [0.0, 2.0]  exact\n6.0  effective" in _texts(ax)
    assert _names(ax) == ["rules\nn = 630", "untuned $a$\nn = 630"]
    assert not _overlaps(ax) and "%" in ax.get_xlabel()


def test_histogram_gives_whole_numbers_a_bar_each() -> None:
    ax = plots.histogram([1, 2, 2, 4], "words in a dictation", limit=6)
    assert [(p.get_x() + 0.5, p.get_height()) for p in ax.patches] == [
        (1, 1),
        (2, 2),
        (3, 0),
        (4, 1),
    ]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("words in a dictation", "rows")
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["median 2", "limit 6"]
    assert sum(p.get_height() for p in plots.histogram([0.1, 0.25, 3], "s", bins=5).patches) == 3
    with pytest.raises(ValueError, match="give at least one"):
        plots.histogram([], "words")


def test_count_bars_are_ranked_and_say_what_is_left_out() -> None:
    ax = plots.count_bars({"ls": 3, "find": 1200, "wc": 3, "$x$": 1}, xlabel="commands", top=3)
    assert _names(ax) == ["find", "ls", "wc"]
    assert [p.get_width() for p in ax.patches] == [1200, 3, 3]
    assert _texts(ax) == ["1,200", "3", "3"]
    assert ax.get_xlabel() == "commands\n(not shown: 1 more, together 1)"
    assert not _overlaps(plots.count_bars({f"w{i}": 100 - i for i in range(40)}))


def test_interval_points_draw_score_and_whisker() -> None:
    rows = [{"name": "n-gram", "score": 0.754, "ci": (0.72, 0.786)}]
    ax = plots.interval_points(rows, reference=0.61)
    drawn = [x for line in ax.lines for x in line.get_xdata()]  # whisker, dot, reference
    assert drawn == pytest.approx([72, 78.6, 75.4, 61, 61])
    assert _texts(ax) == ["75.4"] and _names(ax) == ["n-gram"] and not _overlaps(ax)


def test_wide_ranges_of_whole_numbers_get_bins_of_whole_width() -> None:
    """Bins of 2.4 held two numbers here and three there: a dip that was not in the data."""
    ax = plots.histogram(list(range(8, 91)), "characters")
    assert len({round(p.get_width(), 6) for p in ax.patches}) == 1
    assert ax.patches[0].get_width() == 2
    assert {p.get_height() for p in ax.patches[:-1]} == {2}


def test_counts_have_commas() -> None:
    ax = plots.count_bars({"a": 4000})
    assert "2,000" in [tick.get_text() for tick in _drawn(ax).get_xticklabels()]


def _drawn(ax: Axes) -> Axes:
    ax.figure.canvas.draw()
    return ax


def test_best_k_draws_the_shares_and_the_reach() -> None:
    ax = plots.best_k({1: 0.7, 2: 0.8}, reach=0.9)
    assert list(ax.lines[0].get_ydata()) == pytest.approx([70, 80])
    assert ax.lines[1].get_ydata()[0] == pytest.approx(90)


def test_margins_count_the_answers_without_a_rival() -> None:
    """Left out, they made the curve end beside the score it should come down to."""
    left, curve = plots.margin_curves([float("inf"), 3.0, 0.5, 0.1], [True, True, False, True])
    assert sum(patch.get_height() for patch in left.patches) == 3  # the rows with a rival
    assert "1 with a single candidate" in left.get_xlabel()
    assert list(curve.lines[0].get_ydata()) == pytest.approx([100, 100, 200 / 3, 75])
    assert plots.margin_curves([float("inf")], [True])[1].lines


def test_confusion_counts_every_pair_that_occurs() -> None:
    ax = plots.confusion([[5, 1], [0, 9]], ["card_fee", "top_up"])
    shown = {t.get_position(): t.get_text() for t in ax.texts}
    assert shown == {(0, 0): "5", (1, 0): "1", (1, 1): "9"}
    assert _names(ax) == ["card fee", "top up"]
    assert ax.get_ylabel() == "true" and ax.get_xlabel().startswith("predicted")
    with pytest.raises(ValueError, match="for 3 labels"):
        plots.confusion([[1]], ["a", "b", "c"])


def _boxes(ax: Axes) -> list[FancyBboxPatch]:
    return [patch for patch in ax.patches if isinstance(patch, FancyBboxPatch)]


def test_lattice_shows_words_readings_and_the_chosen_path() -> None:
    lattice = build("cat x append forty two dash L", BASH)
    ax = lattice_plot.lattice_graph(lattice, "cat x >> 42 -l")
    readings = ["cat", "x", "X", ">>", "42", "40", "2", "-", "l", "L"]
    assert len(_boxes(ax)) == len(readings)
    assert set(_texts(ax)) >= {*lattice.words, *readings, "␣?", "␣"}
    filled = [box for box in _boxes(ax) if box.get_facecolor()[:3] != (1, 1, 1)]
    assert len(filled) == 6  # cat, x, >>, 42, -, l
    assert len(ax.lines) == 1  # only "-l" is written together
    assert ax.get_title(loc="left") == "cat x >> 42 -l"
    forty, two, both = _widths(ax, "40", "2", "42")
    assert both > forty + two  # 42 spans both words


def _widths(ax: Axes, *labels: str) -> list[float]:
    """The width of the box around each label."""
    middles = {t.get_text(): t.get_position() for t in ax.texts}
    return [
        next(b.get_width() for b in _boxes(ax) if b.get_bbox().contains(*middles[label]))
        for label in labels
    ]


def test_lattice_says_when_the_text_is_outside() -> None:
    ax = lattice_plot.lattice_graph(build("ls dash L", BASH), "ls --$all$")
    assert ax.get_title(loc="left") == "not in the lattice: ls --$all$"
    assert not ax.lines
    with pytest.raises(ValueError, match="draw one that has"):
        lattice_plot.lattice_graph(build("", BASH))


@pytest.mark.parametrize("words", [7, 14, 40])
def test_long_lattices_stay_inside_the_figure_and_legible(words: int) -> None:
    dictation = " ".join(
        ("find dot dash name star greater than forty two A B " * 4).split()[:words]
    )
    ax = lattice_plot.lattice_graph(build(dictation, BASH))
    assert not _overlaps(ax)
    assert all(b.get_x() >= 0 and b.get_x() + b.get_width() <= base.WIDTH for b in _boxes(ax))
    low, high = sorted(ax.get_ylim())
    assert all(low <= text.get_position()[1] <= high for text in ax.texts)


def test_path_and_gaps_agree_with_the_lattice() -> None:
    lattice = build("two greater than A B", BASH)
    for text in lattice.paths():
        path = lattice.path_of(text)
        assert path is not None and "".join(step.gap + step.arc.text for step in path) == text
    assert lattice.path_of("2 > ab") is None
    assert lattice_plot.gap_kinds(lattice) == [None, " ", None, "either", " "]


def test_plots_draw_into_a_given_axes() -> None:
    figure, axes = plt.subplots(2)
    assert plots.count_bars({"ls": 1}, ax=axes[0]) is axes[0]
    assert plots.bucket_bars(ENGINES, ax=axes[1]) is axes[1]
    assert plt.get_fignums() == [figure.number]


def test_bars_show_counts_shares_and_intervals_and_name_the_empty_classes() -> None:
    engines = [
        {"name": "rules $a$", "n": 200, "classes": {"loop": 0, "casing": 50, "other": 0}},
        {"name": "tuned", "n": 100, "classes": {"loop": 1, "casing": 0, "other": 0}},
    ]
    ax = plots.class_bars(engines)
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([0, 25, 1, 0])
    assert [text.get_text() for text in ax.texts] == ["0", "50", "1", "0"]
    ends = [tuple(line.get_xdata()) for line in ax.lines]
    wanted = [tuple(100 * end for end in wilson(*pair)) for pair in ((50, 200), (1, 100))]
    assert ends == [pytest.approx(pair) for pair in wanted]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["loop", "casing"]
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["rules $a$ (n = 200)", "tuned (n = 100)"]
    assert "(none: other)" in ax.get_xlabel()
    ax.figure.canvas.draw()  # a name of dollar signs is no formula
    with pytest.raises(ValueError, match="draw fewer at once"):
        plots.class_bars(engines * 3)


STAGES = [
    {"stage": "generate", "in": 300, "out": 280, "reasons": {"broken JSON": 20}},
    {"stage": "check", "in": 280, "out": 200,
     "reasons": {"repeats the prompt": 50, "empty": 20, "not speech": 6, "another language": 4}},
    {"stage": "judge", "in": 200, "out": 90, "reasons": {"another meaning": 110}},
    {"stage": "deduplicate", "in": 90, "out": 88, "reasons": {"near a row of train": 2}},
]  # fmt: skip


def test_yield_bars_show_what_went_on_and_why_the_rest_did_not() -> None:
    ax = plots.yield_bars(STAGES)
    assert _names(ax) == ["generate", "check", "judge", "deduplicate"]
    widths = [[bar.get_width() for bar in bars] for bars in ax.containers]
    assert [one[0] for one in widths[::2]] == [280, 200, 90, 88]
    assert [one[0] for one in widths[1::2]] == [20, 80, 110, 2]
    assert "repeats the prompt 50, empty 20, not speech 6, other 4" in _texts(ax)
    assert _overlaps(ax) == [] and "judge 90 of 200" in ax.figure.get_label()


def test_yield_bars_of_nothing_are_an_error() -> None:
    with pytest.raises(ValueError, match="no case came in"):
        plots.yield_bars([])


def test_memory_over_time_has_its_marks_and_is_told_in_words() -> None:
    seconds, megabytes = [0.0, 1.0, 2.0, 3.0], [38.0, 80.0, 82.0, 39.0]
    ax = plots.memory_line(seconds, megabytes, [(0.5, "asked"), (2.5, "unloaded")])
    assert [text.strip() for text in _texts(ax)] == ["asked", "unloaded"] and _overlaps(ax) == []
    assert ax.get_ylim()[0] == 0 and ax.get_ylim()[1] > 82
    assert ax.figure.get_label().endswith("from 38 MB over at most 82 to 39: asked at 0 s, unload"
                                          "ed at 2 s")  # fmt: skip


def test_waits_are_a_line_and_a_band_up_to_the_slow_ones() -> None:
    points = [{"clients": 1, "p50": 8.0, "p95": 12.0}, {"clients": 4, "p50": 31.0, "p95": 60.0}]
    ax = plots.latency_lines({"ours": points})
    middle, late = ax.lines
    assert [*middle.get_ydata()] == [8.0, 31.0] and [*late.get_ydata()] == [12.0, 60.0]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "4"]
    assert ax.figure.get_label().endswith("ours: 1 clients 8 ms, 4 clients 31 ms")


def test_rows_are_drawn_a_panel_a_job_with_the_same_colours() -> None:
    few = [{"x": x, "score": x / 100, "ci": (x / 120, x / 80)} for x in (16, 64)]
    left, right = plots.row_lines({"bash": {"counting": few, "2m": few}, "labels": {"2m": few}})
    assert (left.get_title(loc="left") or left.get_title(), right.get_ylabel()) == ("bash", "")
    assert [text.get_text() for text in left.figure.legends[0].get_texts()] == ["counting", "2m"]
    colours = [
        {c.get_label(): c.lines[0].get_color() for c in ax.containers} for ax in (left, right)
    ]
    assert colours[0] == colours[1]
    assert [len(c.lines[0].get_xdata()) for c in right.containers] == [0, 2]
    assert "bash: counting 16 to 64, 2m 16 to 64; labels: 2m" in left.figure.get_label()
