"""Several processes at one run, a GPU each: all train, and the first alone evaluates and writes.

`torchrun` or `accelerate launch` starts them, and names each by its rank. Started without one of
them a process is the first of one, and everything here costs nothing.
"""

from __future__ import annotations

import os
from typing import Any

HOURS = 12  # that others wait for the first to evaluate, before they take it for dead


def count() -> int:
    """Return how many processes train together."""
    return int(os.environ.get("WORLD_SIZE", 1))


def own() -> int:
    """Return this process's rank, from 0 on."""
    return int(os.environ.get("RANK", 0))


def first() -> bool:
    """Return whether this process evaluates and writes."""
    return own() == 0


def share(rows: int) -> int:
    """Return how many of a batch's rows each process takes; raises `ValueError` for a remainder."""
    if rows % count():
        raise ValueError(
            f"a batch of {rows} rows cannot be shared by {count()} processes; let them divide it"
        )
    return rows // count()


def join(cpu: bool) -> None:
    """Meet the other processes, by gloo on a CPU, by NCCL on GPUs, each of which is one's own."""
    if count() == 1:
        return
    from datetime import timedelta

    import torch
    from accelerate import PartialState

    if not cpu:
        torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", 0)))
    PartialState(cpu=cpu, timeout=timedelta(hours=HOURS))


def agreed(value: Any) -> Any:
    """Return what the first process says; all wait for it."""
    if count() == 1:
        return value
    from accelerate.utils import broadcast_object_list

    return broadcast_object_list([value])[0]


def total(value: float) -> float:
    """Return the sum over all processes."""
    if count() == 1:
        return value
    from accelerate.utils import gather_object

    return float(sum(gather_object([value])))
