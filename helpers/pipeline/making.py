"""Make a pipeline: rows and perhaps a model in, one file out, with all that it rests on.

What validation rows choose: the channel's costs, the model's ways, the confidence and from where
on it asks. What training rows fit: the gate, the n-gram, a classifier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from helpers import engines
from helpers.core import paths
from helpers.core.examples import DataError, EngineError, Example
from helpers.models import folders
from helpers.models.folders import ModelFolder
from helpers.pipeline import confidence, loading, parts, settings, ways
from helpers.pipeline.confidence import Confidence
from helpers.pipeline.drafts import Dictations, Drafter
from helpers.pipeline.engine import confusions, heard_folder
from helpers.pipeline.loading import Material
from helpers.pipeline.outcome import choices
from helpers.pipeline.route import place_of
from helpers.pipeline.run import Pipeline
from helpers.pipeline.settings import ModelPart, Settings, SettingsError
from helpers.tasks import splits
from helpers.tasks.base import Task

Progress = Callable[[str], Callable[[Iterable], Iterable]]


@dataclass(frozen=True)
class Order:
    """What a pipeline is to be made of: a job on its rows, words, a Whisper, and a model's run.

    `rows` limits the validation rows that choose.
    """

    task: Task
    model: Path | None = None
    engine: str = "torch"
    words: Mapping[str, str] | None = None
    whisper: str = "tiny.en"
    rows: int | None = None


def make(order: Order, out: Path, progress: Progress) -> dict[str, Any]:
    """Make a pipeline with its parts beside it, in the folder FILE-parts; return what it says.

    Raises `ValueError` for a file that is not to be written over, and `EngineError` for a model.
    """
    if out.is_dir():
        raise SettingsError(f"--out {out} is a folder; name a file in it")
    if out.exists() and not settings.parts_of(out):
        raise SettingsError(f"--out {out} is no pipeline's file; it stays as it is, name another")
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_name(f"{out.stem}-parts")
    known = _copied(order, out, beside)
    known = with_choices(known, out.parent, valid_rows(order.task, order.rows), progress)
    settings.write(known, out)
    figures = {"task": known.task, "pipeline": str(out), "parts": len(known.sha256)}
    return figures | dict(known.about)


def with_choices(
    known: Settings, near: Path, valid: Sequence[Example], progress: Progress
) -> Settings:
    """Return settings with the model's ways and the confidence that validation rows choose."""
    found = loading.material(known, near)
    about = dict(known.about) | {"validation_rows": len(valid)}
    plain = loading.drafter_of(known, found)
    if known.model:
        known, shares = _with_ways(plain, known, found, valid, progress)
        about["validation_exact_by_way"] = shares
    made = loading.fitted(known, found, plain=plain)
    sure, figures = measured(made, valid)
    return replace(known, confidence=sure, about=about | figures)


def measured(made: Pipeline, valid: Sequence[Example]) -> tuple[Confidence, dict[str, Any]]:
    """Fit the confidence on rows that a pipeline answers; return it, and how they came out."""
    drafts = made.drafter.drafts([row for row in valid if row.prompt.strip()])
    rows = [row for row in valid if row.prompt.strip()]
    right = [g.exact for g in made.task.grade([one.text for one in drafts], rows)]
    offered = [
        any(g.exact for g in made.task.grade(texts, [row] * len(texts)))
        for row, one in zip(rows, drafts, strict=True)
        for texts in [choices([one.text, *one.others()])]
    ]
    typed = [number for number, one in enumerate(drafts) if one.text]

    def of(values: Sequence[Any]) -> list[Any]:
        return [values[number] for number in typed]

    groups = [row.group for row in rows]
    numbers = [one.numbers for one in drafts]
    sure = confidence.fit(of(numbers), of(right), of(offered), of(groups))
    asked = sum(sure.of(one) < sure.ask_below for one in of(numbers))
    return sure, {
        "validation_exact": round(sum(right) / len(rows), 4),
        "validation_asked": round(asked / len(rows), 4),
        "costs_of_asking": [confidence.WRONG, confidence.ASKED, confidence.LOST],
    }


def valid_rows(task: Task, count: int | None = None) -> list[Example]:
    """Return the validation rows that choose: of a dictation those of heard speech."""
    folder = heard_folder(task) if task.domain is not None else task.data_dir
    rows = task.load("valid", folder)
    return splits.sample(rows, count) if count else rows


def _with_ways(
    plain: Drafter, known: Settings, found: Material, valid: Sequence[Example], progress: Progress
) -> tuple[Settings, dict[str, dict[str, float]]]:
    """Let validation rows choose how the model is asked on each route, or not at all."""
    rows = [row for row in valid if row.prompt.strip()]
    if isinstance(plain, Dictations):
        routes = [plain.router.route(row.prompt) for row in rows]
        texts = [route.candidates[0].text for route in routes]
        places = [place_of(route) for route in routes]
    else:
        texts = [draft.text for draft in plain.drafts(rows)]
        places = [ways.ANY] * len(rows)
    open_to = loading.ways_of(plain, known, found)
    names, mixes, shares = {}, {}, {}
    for place, engines_by_name in open_to.items():
        at = [number for number, one in enumerate(places) if one == place]
        names[place], mixes[place], shares[place] = ways.choose(
            found.task, engines_by_name, [texts[n] for n in at], [rows[n] for n in at],
            progress(f"ways to ask of {place}"),
        )  # fmt: skip
    return replace(known, model=replace(known.model, ways=names, mix=mixes)), shares


def _copied(order: Order, out: Path, beside: Path) -> Settings:
    """Copy a pipeline's parts into a folder beside it; return the settings that name them."""
    task, base = order.task, settings.of_task(order.task)
    copies = {
        file: beside / "rows" / str(number) / file.name
        for number, file in enumerate(rows_of(task))
    }
    rows = [*copies.values()]
    copies |= {file: rows[0].with_name(file.name) for file in companions(task)}
    channel = beside / confusions().name
    if base.confusions:
        copies[confusions()] = channel
    model = None
    if order.model:
        found = _checked(order)
        copies |= _files(found, beside)
        adapted = isinstance(found, ModelFolder) and found.adapter is not None
        model = ModelPart(
            parts.relative(beside / "model", out.parent), order.engine, {}, {},
            parts.relative(beside / "base", out.parent) if adapted else "",
        )  # fmt: skip
    before = parts.others(copies.values(), beside / "model", beside / "base")
    known = {out.parent / name for name in settings.parts_of(out)}
    if strange := [file for file in before if file not in known]:
        raise SettingsError(f"{strange[0]}: is no part of {out}; remove it, or name another --out")
    files = [parts.copy(file, to) for file, to in copies.items()]
    for file in before:  # another model's, of the pipeline that this one replaces
        file.unlink()
    return replace(
        base,
        rows=tuple(parts.relative(file, out.parent) for file in rows),
        confusions=parts.relative(channel, out.parent) if base.confusions else "",
        words=dict(order.words or {}),
        whisper=order.whisper,
        model=model,
        sha256=parts.digests(files, out.parent),
    )


def _checked(order: Order) -> ModelFolder | Path:
    """Return where a model lies; raises `EngineError` for one that is not of this job."""
    spec = engines.spec_of(order.engine)
    if spec.reads not in ("folder", "file"):
        raise EngineError(f"engine {order.engine!r} reads no model; take torch, mlx or gguf")
    is_file = spec.reads == "file"
    found = engines.locate(spec, order.model) if is_file else folders.verified(order.model)
    trained_for = engines.task_of(found) or order.task.name
    if trained_for != order.task.name:
        raise EngineError(f"{order.model}: was tuned for {trained_for}; name a run of this task")
    return found


def _files(found: ModelFolder | Path, beside: Path) -> dict[Path, Path]:
    """Return a model's files, and those of the base below an adapter, with their copies."""
    model, base = beside / "model", beside / "base"
    if isinstance(found, Path):
        from helpers.engines.gguf import loading as gguf

        return {file: model / file.name for file in gguf.files_of(found)}
    if found.adapter is None:
        return {file: model / file.name for file in parts.of_model(found.base)}
    files = {found.path / "record.json": model / "record.json"}
    files |= {file: model / "adapter" / file.name for file in parts.of_model(found.adapter)}
    return files | {file: base / file.name for file in parts.of_model(found.base)}


def rows_of(task: Task) -> list[Path]:
    """Return the files of training rows of a job: its own folder's first, of which there is one.

    A dictation's n-gram also reads the bundled rows, and those of heard speech.
    """
    places = [task.data_dir]
    if task.domain is not None:
        places += [paths.data(task.name), heard_folder(task)]
    files = [folder / "train.jsonl" for folder in places]
    found = [file for file in dict.fromkeys(files) if file.exists()]
    if not found:
        raise DataError(f"{files[0]}: is missing; a pipeline learns from training rows")
    return found


def companions(task: Task) -> list[Path]:
    """Return the files beside a job's own rows that its answers depend on."""
    file = task.data_dir / "labels.json"
    return [file] if file.exists() else []
