"""An outcome as plain JSON: every stage, what else it may have been, and the lattice."""

from __future__ import annotations

from collections.abc import Sequence
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
    readings = [
        {"start": at, "end": arc.end, "text": arc.text, "gap": path.get((at, arc))}
        for at, arcs in enumerate(graph.arcs)
        for arc in arcs
    ]
    return {"words": list(graph.words), "readings": narrow(readings)}


def narrow(readings: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return readings without the words of talk that they leave out, each once.

    Whoever talks first may begin at any word: a reading of "so um ls" as "ls" is one of "ls".

    >>> wide = {"start": 0, "end": 3, "text": "ls", "gap": ""}
    >>> narrow([wide, {"start": 2, "end": 3, "text": "ls", "gap": None}])
    [{'start': 2, 'end': 3, 'text': 'ls', 'gap': ''}]
    """
    gaps: dict[tuple[int, int, str], str | None] = {}
    for one in readings:
        within = (
            (other["end"] - other["start"], other["start"], other["end"])
            for other in readings
            if other["text"] == one["text"]
            and one["start"] <= other["start"] < other["end"] <= one["end"]
        )
        _, start, end = min(within)
        place = (start, end, one["text"])
        gaps[place] = one["gap"] if gaps.get(place) is None else gaps[place]
    return [
        {"start": start, "end": end, "text": text, "gap": gap}
        for (start, end, text), gap in gaps.items()
    ]
