"""From a pipeline's file to a pipeline that answers: its n-gram is fitted, its model loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from helpers import tasks
from helpers.core import fingerprints, paths
from helpers.core.examples import Example, read_rows
from helpers.engines import baseline
from helpers.engines.base import Engine
from helpers.engines.causal import Causal
from helpers.pipeline import route, settings, ways
from helpers.pipeline.drafts import Answers, Dictations, Drafter
from helpers.pipeline.route import Router
from helpers.pipeline.run import Pipeline
from helpers.pipeline.settings import Settings
from helpers.tasks.base import Progress, Task
from helpers.tasks.dictation.hearing import misheard
from helpers.tasks.dictation.hearing.misheard import Misheard

Words = Mapping[str, str]


@dataclass(frozen=True)
class Material:
    """A pipeline's parts, read: its job on its own rows, what it learns from, and its model."""

    task: Task
    train: tuple[Example, ...]
    channel: Misheard = field(default_factory=dict)
    model: Causal | None = None


def load(path: Path, words: Words | None = None, progress: Progress = iter) -> Pipeline:
    """Return the pipeline of a file, which alone decides its answers; `words` are more of yours.

    Raises `SettingsError` or `PartError` for a file, or a part of it, that cannot be used.
    """
    known = settings.read(path)
    return fitted(known, material(known, path.parent), words, progress)


def committed(
    task: Task, words: Words | None = None, progress: Progress = iter, most: int = 0
) -> Pipeline:
    """Return the pipeline that comes with the course for a job on any rows.

    A dictation also learns from the training rows of an own folder. Any other job there has answers
    of its own: nothing but those rows is then known, and every answer is typed. At most so many
    rows are read, if `most` says so.
    """
    path, own = settings.path_of(task.name), is_own(task)
    if task.domain is None and (own or not path.exists()):
        bare = Settings(task.name, (), {})
        return fitted(bare, Material(task, tuple(task.load("train"))), words, progress)
    known = settings.read(path)
    found = material(known, path.parent)
    if own and (task.data_dir / "train.jsonl").exists():
        found = replace(found, train=(*task.load("train"), *found.train))
    if most:
        found = replace(found, train=found.train[:most])
    return fitted(known, found, words, progress)


def is_own(task: Task) -> bool:
    """Whether a job's rows are none that come with the course."""
    ours = {paths.data(task.name).resolve()}
    if task.domain is not None:
        ours.add(paths.data(f"spoken_{task.domain.name}").resolve())
    return task.data_dir.resolve() not in ours


def material(known: Settings, near: Path) -> Material:
    """Read a pipeline's parts; their paths are from the folder `near`."""
    files = [near / name for name in known.rows]
    task = tasks.get(known.task, files[0].parent)
    train = tuple(row for file in files for row in read_rows(file, task.check))
    channel = misheard.read(near / known.confusions) if known.confusions else {}
    if known.model is None:
        return Material(task, train, channel)
    model = ways.located(known.model, near)
    return Material(task, train, channel, ways.load(task, known.model.engine, model))


def fitted(
    known: Settings,
    found: Material,
    words: Words | None = None,
    progress: Progress = iter,
    plain: Drafter | None = None,
) -> Pipeline:
    """Return the pipeline of settings and material: what is fitted on rows is fitted here.

    Unless it was: `plain` is then what drafts without a model.
    """
    if words:
        known = replace(known, words={**known.words, **words})
    trained = found.model.loaded.record.get("system") if found.model else ""
    task = replace(found.task, asked_with=trained or found.task.system)
    content = fingerprints.digest([row.row() for row in found.train])
    learned = {"train_rows": len(found.train), "train_content": content}
    if found.model:
        learned["model_fingerprint"] = found.model.fingerprint
    drafter = with_model(plain or drafter_of(known, found, progress), known, found)
    return Pipeline(task, known, drafter, learned)


def drafter_of(known: Settings, found: Material, progress: Progress = iter) -> Drafter:
    """Return what drafts a job's answers without a model: all that is fitted on rows."""
    if known.gate is None:
        ready = found.task.fitted_on(found.train, progress)
        if len({row.target for row in found.train}) < 2:  # nothing to tell apart
            return Answers(ready, baseline.rules(found.task))
        return Answers(ready, baseline.fitted(found.task, found.train, progress))
    return Dictations(router_of(known, found))


def with_model(plain: Drafter, known: Settings, found: Material) -> Drafter:
    """Return a drafter with the model on the places where it is asked."""
    if not (found.model and known.model):
        return plain
    open_to = ways_of(plain, known, found)
    asked = {at: open_to[at][name] for at, name in known.model.ways.items() if name}
    if isinstance(plain, Dictations):
        return replace(plain, ways=asked)
    return replace(plain, model=asked.get(ways.ANY))


def ways_of(plain: Drafter, known: Settings, found: Material) -> dict[str, dict[str, Engine]]:
    """Return all ways to ask a pipeline's model, by place and name."""
    if isinstance(plain, Dictations):
        texts = texts_of(found)
        return ways.of_dictation(found.model, plain.router, texts, known.model.mix)
    return ways.of_answers(found.model, plain.task, known.model.mix)


def router_of(known: Settings, found: Material) -> Router:
    """Return the router of a dictation, fitted on its training rows."""
    router = route.fit(texts_of(found), found.task.domain, known.gate, known.costs, found.channel)
    return router.with_words(known.words)


def texts_of(found: Material) -> list[str]:
    """Return the texts of a pipeline's training rows."""
    return [row.target for row in found.train if row.target]
