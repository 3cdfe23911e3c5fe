"""An outcome explained: as lines for a terminal, as a table and a picture for a notebook."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from helpers.pipeline.drafts import Dictations
from helpers.pipeline.outcome import ASK, NOTHING, TYPE, Outcome, Stage, choices
from helpers.pipeline.route import HEARING, LATTICE, RULES, place
from helpers.pipeline.run import Pipeline

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from helpers.tasks.dictation.lattice import Lattice

ENDS = {TYPE: "typed", ASK: "asked", NOTHING: "nothing"}
WIDTH = 11  # of a stage's name
READINGS = 4  # of a word, in a picture


def explained(outcome: Outcome) -> str:
    """Return how an outcome came about, a line a stage, and below it what else was thought of.

    >>> from helpers.pipeline.outcome import Alternative
    >>> gate = Stage("gate", "talk", 0.8, (Alternative("talk", 0.8), Alternative("none", 0.2)),
    ...              "probability", 0.002, "glue +1.2")
    >>> print(explained(Outcome("um ls", "ls", TYPE, 0.93, "hearing", (gate,), undo="Backspace")))
    said        um ls
    gate        talk (80 %, 2.0 ms; glue +1.2)
                probability: talk 0.8, none 0.2
    typed       ls (93 % sure, 2.0 ms)
    undo        Backspace
    """
    lines = [_line("said", outcome.said)]
    for stage in outcome.stages:
        lines.append(_line(stage.name, f"{stage.decision or '-'}{_brackets(stage)}"))
        if len(stage.alternatives) > 1:
            listed = ", ".join(f"{one.text or '-'} {one.score:g}" for one in stage.alternatives)
            lines.append(_line("", f"{stage.unit}: {listed}"))
    answer = " | ".join(outcome.choices) if outcome.action == ASK else outcome.text
    sure = f"({outcome.confidence:.0%} sure, {1000 * outcome.seconds:.1f} ms)".replace("%", " %")
    lines.append(_line(ENDS[outcome.action], f"{answer} {sure}".strip()))
    if outcome.undo:
        lines.append(_line("undo", outcome.undo))
    return "\n".join(lines)


def _line(name: str, text: str) -> str:
    return f"{name:{WIDTH}} {text}".rstrip()


def _brackets(stage: Stage) -> str:
    sure = f"{stage.confidence:.0%}".replace("%", " %") if stage.confidence is not None else ""
    taken = f"{1000 * stage.seconds:.1f} ms" if stage.seconds else ""
    details = "; ".join(filter(None, [", ".join(filter(None, [sure, taken])), stage.note]))
    return f" ({details})" if details else ""


def table(outcome: Outcome) -> pd.DataFrame:
    """Return the stages of an outcome as a table: decision, alternatives, confidence, time."""
    import pandas as pd

    return pd.DataFrame([_row(stage) for stage in outcome.stages]).set_index("stage")


def _row(stage: Stage) -> dict[str, Any]:
    others = [one.text for one in stage.alternatives if one.text != stage.decision]
    return {
        "stage": stage.name,
        "decision": stage.decision,
        "alternatives": " | ".join(others),
        "confidence": stage.confidence,
        "milliseconds": round(1000 * stage.seconds, 1),
        "note": stage.note,
    }


def milliseconds(outcomes: list[Outcome]) -> pd.DataFrame:
    """Return what each stage of some outcomes took, a row an outcome: a stacked bar's table."""
    import pandas as pd

    rows = [{stage.name: 1000 * stage.seconds for stage in one.stages} for one in outcomes]
    return pd.DataFrame(rows).fillna(0.0).round(1)


def lattice(pipeline: Pipeline, outcome: Outcome, ax: Axes | None = None) -> Axes:
    """Draw the lattice that an outcome was read by, with the path of its answer.

    Of each word's readings the cheapest are drawn. Raises `ValueError` for a job without a lattice.
    """
    from helpers.tasks.dictation.lattice_plot import lattice_graph

    drawn = graph(pipeline, outcome)
    if drawn is None:
        raise ValueError(f"{pipeline.task.name} is no dictation; it has no lattice")
    return lattice_graph(drawn, outcome.text or None, ax)


def graph(pipeline: Pipeline, outcome: Outcome) -> Lattice | None:
    """Return the lattice that an outcome was read by, pruned; None for a job without one."""
    if not isinstance(pipeline.drafter, Dictations):
        return None
    read = pipeline.drafter.router.lattice(outcome.said, _reader(outcome))
    return pruned(read, outcome.text)


def others(pipeline: Pipeline, outcome: Outcome, most: int) -> tuple[str, ...]:
    """Return what else may have been meant, best first: what was asked, then what was listed."""
    listed = [one.text for stage in outcome.stages[:-1] if stage.unit == "log P"
              for one in stage.alternatives]  # fmt: skip
    if isinstance(pipeline.drafter, Dictations) and outcome.said:
        listed += pipeline.drafter.router.texts(outcome.said, _reader(outcome), most + 1)
    found = choices([*outcome.choices, *listed], most + 1)
    return tuple(text for text in found if text != outcome.text)[:most]


def _reader(outcome: Outcome) -> str:
    """Return the place whose lattice an outcome can be found in."""
    name = LATTICE if outcome.route in (RULES, LATTICE) else HEARING
    return place(str(outcome.details["kind"]), name)


def pruned(graph: Lattice, text: str, most: int = READINGS) -> Lattice:
    """Return a lattice with the first readings of each word, and those of a text's path."""
    path = {(step.start, step.arc) for step in graph.path_of(text) or ()}
    arcs = (
        tuple(arc for n, arc in enumerate(own) if n < most or (at, arc) in path)
        for at, own in enumerate(graph.arcs)
    )
    return replace(graph, arcs=tuple(arcs))
