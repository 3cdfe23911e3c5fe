"""Is the gate worth its place? The same rows by other gates, and by no gate at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from helpers.core import paths
from helpers.core.examples import Example
from helpers.pipeline import embedding, engine, fit, measuring
from helpers.pipeline.route import Router
from helpers.tasks.base import Task

Progress = Callable[[str], Callable[[Iterable], Iterable]]


def compare(task: Task, base: Path, progress: Progress, split: str = "test") -> dict[str, Any]:
    """Return how often each gate names the kind of a row's speech, and what then comes out right.

    Every way answers the same rows of heard speech with the same n-gram. "always" ways have no
    gate; each is compared with the gate in pairs, p-values corrected for their number.
    """
    heard = engine.heard_folder(task)
    train, rows = task.load("train", heard), task.load(split, heard)
    router = engine.router(task)
    said = [row.prompt for row in rows]
    routes = [router.route(text) for text in progress("the gate")(said)]
    others = embedding.kinds(
        [row.prompt for row in train], [fit.kind_of(row) for row in train], said, base,
        progress("embeddings"),
    )  # fmt: skip
    texts = {
        "gate": [route.candidates[0].text for route in routes],
        "embedding gate": _answers(router, said, others),
        "always the n-gram": [_best(router.writer, text) for text in said],
        "always hearing": [_best(router.listener, text) for text in said],
    }
    return {
        "task": task.name,
        "rows": len(rows),
        "base": paths.shown(base),
        "kind": {
            "gate": _share([route.kind for route in routes], rows),
            "embedding gate": _share(others, rows),
        },
    } | measuring.against(task, rows, {name: task.grade(t, rows) for name, t in texts.items()})


def _answers(router: Router, said: Sequence[str], kinds: Sequence[str]) -> list[str]:
    return [
        router.route(text, kind).candidates[0].text for text, kind in zip(said, kinds, strict=True)
    ]


def _best(lister: Any, said: str) -> str:
    texts = lister.candidates(said)
    return texts[0].text if texts else ""


def _share(kinds: Sequence[str], rows: Sequence[Example]) -> float:
    hits = sum(kind == fit.kind_of(row) for kind, row in zip(kinds, rows, strict=True))
    return round(hits / len(rows), 4)
