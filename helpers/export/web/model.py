"""A run's model for the page: one GGUF file, and how it is options."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import tasks
from helpers.core.examples import Example
from helpers.export import fuse, gguf
from helpers.export.steps import ExportError
from helpers.models.folders import locate
from helpers.models.loading import tokenizer_of
from helpers.tasks.prompts import render, turn_end

KIND = "Q8_0"
CANDIDATES = 40  # candidates, as an engine rescores
MARK = "DICTATION"  # stands for what is options, to see what stands around it


@dataclass(frozen=True)
class Model:
    """A GGUF file; `options` is what the page has to know to ask it."""

    file: Path
    options: dict[str, Any]


def of_run(run: Path, work: Path, mix: float | None = None) -> Model:
    """Return a run's model, or a model's folder, fused and quantized in the folder `work`.

    `mix` is the model's weight in rescoring; else the run's own. Raises `ExportError` for another
    job's model, and for no weight, or none from 0 to 1.
    """
    folder = locate(run)
    task = tasks.get("dictated_bash", variant=folder.record.get("variant", ""))
    if folder.record.get("task", task.name) != task.name:
        raise ExportError(
            f"web: {run} was tuned for {folder.record['task']}; the page is for {task.name}"
        )
    mix = folder.record.get("mix") if mix is None else mix
    if mix is None:
        raise ExportError(f"web: {run} has no weight for rescoring in its record; give --mix")
    if not 0 <= mix <= 1:
        raise ExportError(f"web: mix is {mix}; give the model a weight from 0 to 1")
    # In float32: the sum is rounded once, when the file is quantized.
    fused = fuse.fuse(run, work / "fused", "float32") if folder.adapter else folder.base
    half = gguf.convert(fused, work / "gguf" / "model-f16.gguf")
    file = gguf.quantize(half, work / "gguf" / f"model-{KIND}.gguf", KIND)
    tokenizer = tokenizer_of(fused)
    system = folder.record.get("system", "")
    prompt = render(tokenizer, tasks.get(task.name), Example("0", MARK, "", system)).prompt
    before, after = prompt.split(MARK)
    end = tokenizer.convert_tokens_to_ids(turn_end(tokenizer))
    options = {
        "before": before, "after": after, "end": end, "mix": mix, "candidates": CANDIDATES,
        "variant": task.variant or task.variants[0], "kind": KIND,
    }  # fmt: skip
    return Model(file, options)
