"""Things to drag and to type into, on a page that also says something where nobody can drag.

What is shown at a few stops is printed as any output; a widget below it shows what lies between.
So a page run in a batch, or read on the web, has the stops, and loses nothing but the play.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any


def slide(show: Callable[[float], Any], label: str, stops: Sequence[float], step: float) -> None:
    """Show what belongs to each stop, then offer a slider from the first to the last.

    Raises `ValueError` for fewer than two stops: there would be nothing to drag.

    >>> slide(lambda x: print(x, x * x), "x", [2, 3], 1)
    2 4
    3 9
    """
    if len(stops) < 2:
        raise ValueError(f"{label}: {len(stops)} stops; give the first and the last at least")
    from ipywidgets import FloatSlider

    for stop in stops:
        show(stop)
    middle = stops[len(stops) // 2]
    range_ = {"min": stops[0], "max": stops[-1], "step": step, "value": middle}
    _offer(show, FloatSlider(**range_, **_look(label)))


def pick(show: Callable[[Any], Any], label: str, stops: Sequence[Any]) -> None:
    """Show what belongs to each stop, then offer a slider that knows these stops alone."""
    from ipywidgets import SelectionSlider

    for stop in stops:
        show(stop)
    _offer(show, SelectionSlider(options=stops, value=stops[len(stops) // 2], **_look(label)))


def ask(show: Callable[[str], Any], label: str, texts: Sequence[str]) -> None:
    """Show what belongs to each text, then offer a line to type another one into."""
    from ipywidgets import Text

    for text in texts:
        show(text)
    _offer(show, Text(value=texts[-1], placeholder="type, then press Enter", **_look(label)))


def _look(label: str) -> dict[str, Any]:
    """Return how a widget looks: it answers once it is let go, since some answers take a second."""
    from ipywidgets import Layout

    style = {"description_width": "initial"}
    layout = Layout(width="100%", max_width="40rem")
    return {"description": label, "continuous_update": False, "style": style, "layout": layout}


def _offer(show: Callable[[Any], Any], control: Any) -> None:
    """Put a widget below a page's cell, and what it shows below the widget; elsewhere nothing."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None or not hasattr(shell, "kernel"):
        return
    from IPython.display import display
    from ipywidgets import Output, VBox

    out = Output()

    def answer(change: dict[str, Any]) -> None:
        out.clear_output(wait=True)
        with out:
            show(change["new"])
            _pictures()

    control.observe(answer, names="value")
    display(VBox([control, out]))


def _pictures() -> None:
    """Show the figures that were drawn, where they belong: inside the widget's output."""
    from matplotlib_inline.backend_inline import flush_figures

    flush_figures()
