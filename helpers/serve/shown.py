"""An outcome as plain JSON: every stage, what else it may have been, and the lattice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpers.speech.transcribe import Segment, Transcript

if TYPE_CHECKING:
    from helpers.pipeline.outcome import Outcome, Stage
    from helpers.pipeline.run import Pipeline
    from helpers.tasks.dictation.lattice import Lattice

OTHERS = 6  # texts to choose from


def transcript(table: dict[str, Any]) -> Transcript:
    """Return a transcript from plain JSON.

    >>> transcript({"text": "", "seconds": 0.1, "duration": 2.0, "segments": [],
    ...             "dictated": "", "alternatives": [["ls", -1.0]]}).alternatives
    (('ls', -1.0),)
    """
    segments = tuple(Segment(**one) for one in table["segments"])
    scores = tuple((text, score) for text, score in table["alternatives"])
    return Transcript(**table | {"segments": segments, "alternatives": scores})


def outcome(made: Pipeline, found: Outcome, explain: bool) -> dict[str, Any]:
    """Return what a pipeline came to; explained, with what else to choose from and its lattice."""
    table = {
        "task": made.task.name,
        "said": found.said,
        "text": found.text,
        "action": found.action,
        "confidence": found.confidence,
        "route": found.route,
        "choices": list(found.choices),
        "undo": found.undo,
        "stages": [stage(one) for one in found.stages],
        "ms": round(1000 * found.seconds, 3),
    }
    if not explain:
        return table
    from helpers.pipeline import explain as explaining

    graph = explaining.graph(made, found)
    return table | {
        "others": explaining.others(made, found, OTHERS),
        "lattice": None if graph is None else lattice(graph, found.text),
    }


def stage(one: Stage) -> dict[str, Any]:
    """Return a stage as plain JSON."""
    return {
        "name": one.name,
        "decision": one.decision,
        "confidence": one.confidence,
        "alternatives": [{"text": each.text, "score": each.score} for each in one.alternatives],
        "unit": one.unit,
        "ms": round(1000 * one.seconds, 3),
        "note": one.note,
    }


def lattice(graph: Lattice, text: str) -> dict[str, Any]:
    """Return a lattice's words and their readings, those on a text's path marked.

    `gap` is what the path has before a reading: a space, nothing, or null off the path.
    """
    path = {(step.start, step.arc): step.gap for step in graph.path_of(text) or ()}
    return {
        "words": list(graph.words),
        "readings": [
            {"start": at, "end": arc.end, "text": arc.text, "gap": path.get((at, arc))}
            for at, arcs in enumerate(graph.arcs)
            for arc in arcs
        ],
    }
