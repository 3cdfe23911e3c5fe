"""The full growth of a base: material, tokenizer, `growing_loop`, saving, measuring, its record.

What `python -m helpers grow` does. A base's folder then holds all that Hugging Face loads, the
curve, and `record.json`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

from helpers import tasks
from helpers.core import runs
from helpers.corpora import base_text
from helpers.corpora.base_text import Material
from helpers.engines.loaded import Loaded
from helpers.engines.torch import loading
from helpers.pretrain import loop, probes, tiny_base
from helpers.pretrain.tiny_base import Recipe

DOCUMENTS = 30_000  # that the tokenizer is trained on
CURVE_ROWS = 40  # validation rows of each task, for the curve
ROWS = 200  # validation rows of each task, for the record
ITEMS = 300  # of each probe
N_GRAM_BYTES = 8_000_000  # of documents that the n-gram is fitted on


def tokenizer_of(material: Material, folder: Path | None = None, documents: int = DOCUMENTS) -> Any:
    """Read the tokenizer of a folder, or train one; all sizes share one.

    It is trained on what people write, not on drills, whose odd texts would take room from words.
    """
    if folder is None:
        rng = Random(0)
        return tiny_base.train_tokenizer(
            base_text.document(material, rng, practice=False) for _ in range(documents)
        )
    return read_tokenizer(folder)


def read_tokenizer(folder: Path) -> Any:
    """Read the tokenizer of a base's folder; raises `FileNotFoundError` if it has none."""
    if not (folder / "tokenizer.json").exists():
        raise FileNotFoundError(f"{folder}: no tokenizer.json there; name another base's folder")
    from transformers import PreTrainedTokenizerFast

    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
    for name in ("is_local", "local_files_only"):  # how it was read is no business of whoever reads
        tokenizer.init_kwargs.pop(name, None)
    return tokenizer


def curve_texts(rows: int = CURVE_ROWS) -> list[str]:
    """Return the texts that the curve is measured on: commands, messages, transcripts."""
    return [
        example.target if task.open_targets else example.prompt
        for task in map(tasks.get, tasks.names())
        for example in task.load("valid")[:rows]
    ]


def grow(
    size: str,
    out: Path,
    work: Path,
    recipe: Recipe,
    tokenizer_folder: Path | None = None,
    compiled: bool = False,
    report: Callable[[dict[str, float]], None] = lambda row: None,
    amount: int = base_text.AMOUNT,
) -> dict[str, Any]:
    """Grow a base into `out`, checkpoints in `work`; measure it and return its record.

    Started again it goes on from the last checkpoint; a growth that has ended is only measured.
    """
    work.mkdir(parents=True, exist_ok=True)
    with runs.only_one(work):
        material = base_text.gather(amount, recipe.seed)
        tokenizer = tokenizer_of(material, tokenizer_folder)
        model = loop.grow(
            size, material, tokenizer, work, recipe, curve_texts(), report, compiled
        )
        tiny_base.save(model, tokenizer, out)
        shutil.copyfile(work / "curve.csv", out / "curve.csv")
        record = {"size": size, "recipe": asdict(recipe), "compiled": compiled, "commands": amount}
        record |= grown(out) | measured(loading.load(out), material) | runs.environment()
        runs.write(out, record)
    return record


def grown(folder: Path) -> dict[str, Any]:
    """Return what growing took, from a base's curve, and what the weights weigh."""
    last = loop.curve(folder)[-1]
    taken = {name: last[name] for name in ("tokens", "seconds")}
    return taken | {"bytes": (folder / "model.safetensors").stat().st_size}


def measured(
    loaded: Loaded,
    material: Material,
    rows: int = ROWS,
    count: int = ITEMS,
    size: int = N_GRAM_BYTES,
) -> dict[str, Any]:
    """Measure a base: weights, probes, and bits per byte of held-out text against an n-gram."""
    texts: dict[str, list[str]] = {}
    for task in map(tasks.get, tasks.names()):
        texts |= probes.held_out_texts(task, rows)
    words = [text for found in texts.values() for text in found]
    n_gram = probes.fit_n_gram(probes.documents(material, size))
    compared = probes.compare(loaded, n_gram, texts)
    return {
        "weights": sum(p.numel() for p in loaded.model.parameters()),
        "probes": {
            name: probes.ask(loaded, probes.items(name, words, count)).scores()
            for name in probes.SKILLS
        },
        "n_gram": {"order": n_gram.order, "bytes": size},
        "bits_per_byte": {kind: asdict(bits) for kind, bits in compared.items()},
    }


def measure_beside(base: str, rows: int = ROWS) -> dict[str, Any]:
    """Measure another's base on the held-out texts, for the card; return its record.

    Its bytes are counted as those of the tiny ones, so that tokenizers do not matter. The probes
    are left out: they ask in the form that only the tiny bases have read.
    """
    texts: dict[str, list[str]] = {}
    for task in map(tasks.get, tasks.names()):
        texts |= probes.held_out_texts(task, rows)
    loaded = loading.load(base, "float32", "cpu")
    bits = {
        kind: {"texts": len(found), "bytes": probes.size_of(found)}
        | {"model": tiny_base.bits_per_byte(loaded.model, loaded.tokenizer, found)}
        for kind, found in texts.items()
    }
    weights = sum(p.numel() for p in loaded.model.parameters())
    return {"size": base, "weights": weights, "bits_per_byte": bits} | runs.environment()
