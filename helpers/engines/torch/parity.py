"""Batched answers must be those of single rows: padding and company may not reach them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from helpers.core.examples import Example
from helpers.engines.torch.engine import Torch


def parity(engine: Torch, examples: Sequence[Example]) -> dict[str, Any]:
    """Answer rows in a batch and one by one; return how many answers differ, and which rows.

    Sums in another order round differently, so a near tie may fall the other way: each row comes
    with its margin.
    """
    together = replace(engine, at_once=max(engine.at_once, len(examples))).answer(examples)
    alone = [engine.answer([example])[0] for example in examples]
    differing = [
        {"id": a.id, "batched": a.text, "single": b.text, "margin": b.margin}
        for a, b in zip(together, alone, strict=True)
        if a.text != b.text
    ]
    return {"rows": len(examples), "differing": len(differing), "answers": differing}
