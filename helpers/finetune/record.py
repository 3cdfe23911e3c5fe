"""What the record of a fine-tuning tells: the configuration that names the run, and its outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from helpers.core import fingerprints, runs
from helpers.finetune import checkpoints, curves, masks
from helpers.finetune.evaluator import Material
from helpers.finetune.torch import models
from helpers.finetune.torch.generation import Generator
from helpers.models import folders
from helpers.profiles import Profile


def configuration(
    profile: Profile,
    material: Material,
    choose_on: str,
    seed: int,
    every: int,
    patience: int,
    generate: Generator | None = None,
) -> dict[str, Any]:
    """Return what names a run: equal configurations are one run, which resumes or is finished."""
    told = asdict(profile) | {"modules": list(profile.modules)}
    told["profile"], told["trainer"] = told.pop("name"), told.pop("engine")
    return told | {
        "method": "lora",
        "task": material.task.name,
        "variant": material.task.variant or material.task.variants[0],
        "base": models.place(profile.base).shown,
        "base_digest": models.digest_of(profile.base),
        "train_rows": len(material.train),
        "train_content": _content(material.train),
        "choose_on": choose_on,
        "choosing_rows": len(material.choosing),
        "choosing_content": _content(material.choosing),
        "n": len(material.asked),
        "asked_content": fingerprints.digest([example.row() for example in material.asked]),
        "seed": seed,
        "every": every,
        "patience": patience,
        "generator": getattr(generate, "__qualname__", "greedy"),
    }


def origin(base: str) -> dict[str, Any]:
    """Return the commit of a base from the hub, whose name alone may mean another one tomorrow.

    It names no run: a commit that leaves the content as it was leaves the run as it was.
    """
    commit = models.place(base).revision
    return {"base_revision": commit} if commit else {}


def outcome(run: Path) -> dict[str, Any]:
    """Return what a run's record tells beside its configuration."""
    points = curves.read(run)
    best, last = curves.best(points), points[-1]
    adapter = run / checkpoints.ADAPTER
    return {
        "run": run.name,
        "best_step": best.step,
        "exact": best.exact,
        "effective": best.effective,
        "valid_loss": best.valid_loss,
        "steps_taken": last.step,
        "epochs": last.epoch,
        "tokens": last.tokens,
        "curve": [point.lasting() for point in points],
        "adapter_bytes": (adapter / "adapter_model.safetensors").stat().st_size,
        "adapter_digest": folders.adapter_digest(adapter),
        "seconds": last.seconds,
        "seconds_training": last.seconds_training,
        "tokens_per_second": round(last.tokens / max(last.seconds_training, 0.01), 1),
    } | runs.environment()


def _content(rows: Sequence[masks.Encoded]) -> str:
    return fingerprints.digest([(row.id, row.input_ids, row.labels) for row in rows])
