"""What the record of a fine-tuning tells: the configuration that names the run, and its outcome."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpers.core import fingerprints, runs
from helpers.finetune import checkpoints, curves, masks, ranks
from helpers.finetune.config import FinetuneConfig, name_parts
from helpers.finetune.evaluator import Material
from helpers.models import digests, loading
from helpers.models.bases import license_of
from helpers.profiles import Profile


def configuration(profile: Profile, material: Material, config: FinetuneConfig) -> dict[str, Any]:
    """Return what names a run: equal configurations are one run, which resumes or is finished."""
    return name_parts(profile, config) | {
        "method": "lora",
        "task": material.task.name,
        "variant": material.task.variant or material.task.variants[0],
        "base": loading.place(profile.base).shown,
        "base_digest": loading.digest_of(profile.base),
        "train_rows": len(material.train),
        "train_content": content_of(material.train),
        "validation_rows": len(material.validation),
        "validation_content": content_of(material.validation),
        "n": len(material.eval_rows),
        "eval_content": fingerprints.digest([example.row() for example in material.eval_rows]),
    }


def held_out(config: FinetuneConfig, material: Material) -> dict[str, Any]:
    """Return the ids of a fold's rows: whoever chooses on them later must not fit on them."""
    if config.choose_on != "fold":
        return {}
    return {"held_out": [row.id for row in material.validation]}


def origin(base: str) -> dict[str, Any]:
    """Return what else is known of a base: its commit on the hub, its template and tokenizer.

    A hub's name alone may mean another base tomorrow. This names no run: `base_digest` does, and
    a commit that leaves the content as it was leaves the run as it was.
    """
    place = loading.place(base)
    commit = {"base_revision": place.revision} if place.revision else {}
    parts = digests.of_base(place.folder)
    license = license_of(place.shown)
    return commit | {key: parts[key] for key in ("template_digest", "tokenizer_digest")} | (
        {"base_license": license} if license else {}
    )


def outcome(run: Path) -> dict[str, Any]:
    """Return what a run's record tells beside its configuration."""
    points = curves.read(run)
    best, last = curves.best(points), points[-1]
    adapter = run / checkpoints.ADAPTER
    several = {"processes": ranks.count()} if ranks.count() > 1 else {}
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
        "adapter_digest": digests.adapter_digest(adapter),
        "seconds": last.seconds,
        "seconds_training": last.seconds_training,
        "tokens_per_second": round(last.tokens / max(last.seconds_training, 0.01), 1),
    } | several | runs.environment()


def content_of(rows: Sequence[masks.Encoded]) -> str:
    """Return a digest of rows as a model reads them."""
    return fingerprints.digest([(row.id, row.input_ids, row.labels) for row in rows])
