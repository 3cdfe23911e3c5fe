"""The ways in which a pipeline asks its model, and which of them validation rows choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from helpers import engines
from helpers.core.examples import Example
from helpers.engines.base import Engine
from helpers.engines.causal import Causal
from helpers.engines.decoding import rescoring
from helpers.engines.repair import Repaired
from helpers.evaluation.statistics import mcnemar
from helpers.models import folders
from helpers.models.folders import ModelFolder
from helpers.pipeline.gate import TALK
from helpers.pipeline.joint import Joint
from helpers.pipeline.route import HEARING, LATTICE, Router
from helpers.pipeline.settings import ModelPart
from helpers.tasks.base import Task
from helpers.tasks.dictation.hearing import copying
from helpers.tasks.dictation.hearing.task import heard

FREE, GRAMMAR, COPY, RESCORE, JOINT = "free", "grammar", "copy", "rescore", "joint"
LUCK = 0.05  # the p-value from which on a model's lead may be luck
ANY = "any"  # the one place of a job that is no dictation
Progress = Callable[[Iterable], Iterable]


def located(part: ModelPart, near: Path) -> ModelFolder | Path:
    """Return where a pipeline's model lies: its folder and its adapter's base, or a GGUF file."""
    spec = engines.spec_of(part.engine)
    if spec.reads == "file":
        return engines.locate(spec, near / part.folder)
    return folders.locate(near / part.folder, near / part.base if part.base else None)


def load(task: Task, engine: str, model: ModelFolder | Path) -> Causal:
    """Return a model that answers a task's rows, asked as it was trained."""
    variant = engines.variant_of(model)
    asked = replace(task, variant=variant) if variant in task.variants else task
    return engines.create(engine, asked, model=model, repair=False)


def of_dictation(
    causal: Causal, router: Router, texts: Sequence[str], mixes: Mapping[str, float]
) -> dict[str, dict[str, Engine]]:
    """Return the ways to ask a model for dictations, by place and name.

    Where the lattice reaches the model may choose inside it. Of talk it may also copy: any text
    made of the words that were said, and of those that commands are made of. What it writes by
    itself is mended, and may also be ranked among what the lattice lists.
    """
    known = copying.vocabulary(texts)
    hearing = heard(causal.task, router.listener, known)
    talking = heard(causal.task, router.talker, known)
    copier = heard(causal.task, router.listener, known, copies=True)
    free = Repaired(replace(causal, task=hearing), hearing)
    bounded = replace(causal, task=copier, decode=GRAMMAR, max_new_tokens=causal.longest)
    copy = Repaired(bounded, copier)  # a copier could go on for ever
    within = replace(causal, task=hearing, decode=GRAMMAR)
    plain = replace(causal.task, lister=router.writer)

    def ranked(task: Task, place: str) -> Engine:
        return replace(causal, task=task, decode=RESCORE, mix=mixes.get(place, 1.0))

    return {
        LATTICE: {RESCORE: ranked(plain, LATTICE)},
        HEARING: {RESCORE: ranked(hearing, HEARING), GRAMMAR: within, FREE: free},
        TALK: {
            RESCORE: ranked(talking, TALK),
            JOINT: Joint(copy, ranked(talking, TALK)),
            GRAMMAR: replace(within, task=talking),
            COPY: copy,
            FREE: free,
        },
    }


def of_answers(
    causal: Causal, fitted: Task, mixes: Mapping[str, float]
) -> dict[str, dict[str, Engine]]:
    """Return the ways to ask a model for any other job."""
    asked = replace(causal, task=fitted)
    return {
        ANY: {
            RESCORE: replace(asked, decode=RESCORE, mix=mixes.get(ANY, 1.0)),
            GRAMMAR: replace(asked, decode=GRAMMAR),
            FREE: Repaired(asked, fitted),
        }
    }


def choose(
    task: Task,
    ways: Mapping[str, Engine],
    without: Sequence[str],
    rows: Sequence[Example],
    progress: Progress = iter,
) -> tuple[str, float, dict[str, float]]:
    """Return the way that answers most rows exactly, the weight in rescoring, and all shares.

    "" is the way without a model, of which `without` are the texts. A model costs time and memory,
    so it must do better by more than luck. Of equal ways the one that is named first wins.
    """
    if not rows:
        return "", 1.0, {}
    found, mixes = {"": _right(task, without, rows)}, {}
    for name, engine in progress(ways.items()):
        if name in (RESCORE, JOINT):
            scored = engine.scored(rows)
            mixes[name], _ = rescoring.choose_mix(task, scored, rows)
            texts = [rescoring.ranked(listed, mixes[name])[0].text for listed in scored]
        else:
            texts = [one.text for one in engine.answer(rows)]
        found[name] = _right(task, texts, rows)
    best = max(found, key=lambda name: sum(found[name]))
    if mcnemar(found[best], found[""]).p_value >= LUCK:
        best = ""
    mix = mixes.get(best, mixes.get(RESCORE, 1.0))
    return best, mix, {name: round(sum(hits) / len(rows), 4) for name, hits in found.items()}


def _right(task: Task, texts: Sequence[str], rows: Sequence[Example]) -> list[bool]:
    return [grade.exact for grade in task.grade(texts, rows)]
