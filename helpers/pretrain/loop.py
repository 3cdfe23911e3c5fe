"""The loop that grows a tiny base: steps, two optimizers, checkpoints, and the curve.

A batch depends on the seed and its number only, so a killed run goes on from its last checkpoint
to the same weights.
"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from helpers.core import fingerprints
from helpers.core.files import replace_file
from helpers.corpora.base_text import Material
from helpers.pretrain import tiny_base
from helpers.pretrain.tiny_base import Recipe


def grow(
    size: str,
    material: Material,
    tokenizer: Any,
    folder: Path,
    recipe: Recipe,
    held_out: Sequence[str] = (),
    report: Callable[[dict[str, float]], None] = lambda row: None,
    compiled: bool = False,
) -> Any:
    """Train a model of `size`, keeping checkpoints and the curve in `folder`; return it.

    Started again it goes on from the last checkpoint, to the same weights. `held_out` are texts
    on which bits per byte are measured at every checkpoint. `compiled` lets `torch.compile`, which
    needs a C++ compiler, make steps a quarter faster. Raises `ValueError` if `folder` holds the
    growth of another size, recipe, material or tokenizer.
    """
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    model = tiny_base.new_model(size, recipe.seed)
    forward = torch.compile(model) if compiled else model
    optimizers = _optimizers(model, recipe)
    made_from = {
        "size": size,
        "recipe": fingerprints.digest(asdict(recipe)),
        "material": fingerprints.digest(asdict(material)),
        "tokenizer": digest_of(tokenizer),
    }
    first = _restore(folder, model, optimizers, made_from)
    points = [point for point in curve(folder) if point["step"] <= first]  # a killed run's first
    started = time.perf_counter() - (points[-1]["seconds"] if points else 0.0)
    losses: list[float] = []
    for step in range(first, recipe.steps):
        for optimizer, peak in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = peak * recipe.warmth(step)
        ids = torch.tensor(tiny_base.batch(material, tokenizer, recipe, step))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = forward(input_ids=ids, labels=ids).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer, _ in optimizers:
            optimizer.step()
            optimizer.zero_grad()
        losses.append(loss.item())
        done = step + 1
        if done % recipe.checkpoint_every == 0 or done == recipe.steps:
            point = {
                "step": done,
                "tokens": done * recipe.rows * recipe.length,
                "seconds": round(time.perf_counter() - started, 1),
                "loss": round(sum(losses) / len(losses), 4),
                "bits_per_byte": round(tiny_base.bits_per_byte(model, tokenizer, held_out), 4),
            }
            points.append(point)
            _write_curve(folder, points)
            _checkpoint(folder, model, optimizers, made_from | {"step": str(done)})
            report(point)
            losses = []
    return model


def digest_of(tokenizer: Any) -> str:
    """Return a short name for all that a tokenizer does to a text."""
    return fingerprints.digest(tokenizer.backend_tokenizer.to_str())


def _optimizers(model: Any, recipe: Recipe) -> list[tuple[Any, float]]:
    """Return two optimizers with their peak rates: Muon for the layers' matrices, AdamW else.

    Muon (Jordan 2024; in PyTorch since 2.9) makes a step's directions equally strong. At 220
    steps the loss of the 2m was 2.14, where AdamW alone had brought it to 3.54.
    """
    import torch

    layers = [p for p in model.model.layers.parameters() if p.dim() == 2]
    chosen = set(map(id, layers))
    others = [p for p in model.parameters() if id(p) not in chosen]
    muon = torch.optim.Muon(
        layers, weight_decay=recipe.weight_decay, adjust_lr_fn="match_rms_adamw"
    )
    adam = torch.optim.AdamW(others, betas=(0.9, 0.95), weight_decay=0.0)
    return [(muon, recipe.peak_rate), (adam, recipe.peak_rate_adam)]


def _checkpoint(
    folder: Path, model: Any, optimizers: list[tuple[Any, float]], metadata: dict[str, str]
) -> None:
    """Write weights, the optimizers' state and what they were made from as one file, at once."""
    from safetensors.torch import save_file

    tensors = {f"model.{name}": p.detach() for name, p in model.named_parameters()}
    for which, (optimizer, _) in enumerate(optimizers):
        for number, state in optimizer.state_dict()["state"].items():
            tensors |= {f"{which}.{number}.{name}": value for name, value in state.items()}
    temporary = folder / ".checkpoint.safetensors"
    save_file(tensors, temporary, metadata)
    temporary.replace(folder / "checkpoint.safetensors")


def _restore(
    folder: Path, model: Any, optimizers: list[tuple[Any, float]], made_from: dict[str, str]
) -> int:
    """Load the last checkpoint if there is one; return the number of steps it has done.

    Raises `ValueError` if it was made from anything else.
    """
    import torch
    from safetensors import safe_open

    path = folder / "checkpoint.safetensors"
    if not path.exists():
        return 0
    with safe_open(path, "pt") as file:
        metadata = file.metadata()
        step = int(metadata["step"])
        # A checkpoint older than this check tells its step alone.
        others = [name for name, ours in made_from.items() if metadata.get(name, ours) != ours]
        if others:
            raise ValueError(
                f"{folder} holds another growth (another {', another '.join(others)}); "
                "name another --work"
            )
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                parameter.copy_(file.get_tensor(f"model.{name}"))
        states: list[dict[int, dict[str, Any]]] = [{} for _ in optimizers]
        for key in file.keys():  # noqa: SIM118 - not a dictionary
            which, number, name = key.split(".", 2)
            if which.isdigit():
                states[int(which)].setdefault(int(number), {})[name] = file.get_tensor(key)
    for (optimizer, _), state in zip(optimizers, states, strict=True):
        optimizer.load_state_dict(optimizer.state_dict() | {"state": state})
    return step


def _write_curve(folder: Path, points: Sequence[dict[str, float]]) -> None:
    """Write the curve in one step."""
    text = io.StringIO()
    writer = csv.DictWriter(text, points[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(points)
    replace_file(folder / "curve.csv", text.getvalue())


def curve(folder: Path) -> list[dict[str, float]]:
    """Read the curve that `grow` has written to a folder: a point at every checkpoint."""
    path = folder / "curve.csv"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    whole = {"step": int, "tokens": int}
    return [
        {name: whole.get(name, float)(value) for name, value in row.items()}
        for row in csv.DictReader(lines)
    ]
