"""Sliders: what they show where nobody can drag, and what they show once somebody does."""

import nbformat
import pytest
from nbclient import NotebookClient

from helpers.core import paths
from helpers.course import play
from helpers.course.outputs import shows


def test_the_stops_are_printed_without_anything_to_drag(capsys):
    """A page on the web showed an empty box where a slider had been."""
    play.slide(lambda x: print("at", x), "x", [0.0, 0.5, 1.0], 0.1)
    play.pick(lambda x: print("pick", x), "x", [1, 8])
    play.ask(print, "you say", ["ls dash l"])
    assert capsys.readouterr().out.splitlines() == [
        "at 0.0", "at 0.5", "at 1.0", "pick 1", "pick 8", "ls dash l",
    ]  # fmt: skip


def test_one_stop_is_no_slider():
    with pytest.raises(ValueError, match="rank: 1 stops; give the first and the last"):
        play.slide(print, "rank", [1.0], 0.1)


def test_a_batch_keeps_the_stops_and_a_drag_answers(tmp_path):
    """In a kernel the widget is there, and answers when it moves; a page keeps what was printed."""
    asked = [
        "from ipywidgets.widgets.widget import _instances as there",
        "from helpers.course import play",
        'play.slide(lambda x: print(f"at {x}"), "x", [0.0, 1.0], 0.5)',
        '(one,) = [w for w in there.values() if type(w).__name__ == "FloatSlider"]',
        '(out,) = [w for w in there.values() if type(w).__name__ == "Output"]',
    ]
    moved = ["one.value = 0.5", "print(one.description, one.continuous_update)"]
    cells = [nbformat.v4.new_code_cell("\n".join(part)) for part in (asked, moved)]
    page = nbformat.v4.new_notebook(cells=cells)
    where = {"metadata": {"path": str(paths.root())}}
    NotebookClient(page, timeout=300, resources=where).execute()
    first, second = page.cells
    kept = [output for output in first.outputs if shows(output)]
    assert [output.text for output in kept] == ["at 0.0\nat 1.0\n"]
    assert len(first.outputs) == 2  # the widget, too
    state = page.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    (inside,) = [one["state"]["outputs"] for one in state.values() if "outputs" in one["state"]]
    assert [output["text"] for output in inside] == ["at 0.5\n"]
    assert second.outputs[0].text == "x False\n"
