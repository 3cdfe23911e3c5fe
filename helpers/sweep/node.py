"""What a node of a cluster does for a cell: unpack what is not there yet, work, pack what was made.

It travels to the node as it is, so it uses the standard library and Ray alone. What has been
unpacked lies in a folder named by its content, and is not sent again.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
import uuid
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from pathlib import Path
from typing import Any

KEPT_THERE = ("cache", "checkpoint-", ".")  # what begins so is made anew where it is missing


def home() -> Path:
    """Return this node's folder, which `TINY_SPECIALISTS_NODE` may move to a larger disk."""
    place = os.environ.get("TINY_SPECIALISTS_NODE")
    return Path(place) if place else Path.home() / "tiny-specialists" / "cluster"


def carry_out(order: dict[str, Any], parts: Mapping[str, Any], code: str) -> dict[str, Any]:
    """Carry out a cell with the code that was sent; return its process's status and its files.

    `parts` are packed folders by their place below this node's, that of the code first. Called
    again after a death it goes on with what lies here.
    """
    top, name = home(), order["folder"]
    for place, packed in parts.items():
        unpack(top / place, packed)
    runs = top / "cells" / name / "runs"
    folder, root = runs / name, top / code
    folder.mkdir(parents=True, exist_ok=True)
    env = os.environ | {
        "PYTHONPATH": str(root),
        "TINY_SPECIALISTS_ROOT": str(root),
        "TINY_SPECIALISTS_RUNS": str(runs),
        "TINY_SPECIALISTS_COMMIT": order["commit"] or "",
    }
    status = work(order | {"folder": str(folder)}, folder, order["threads"], env, root)
    brought = {Path(place).name for place in parts if place.startswith("cells/")}
    files = pack(runs, [f"{name}/log.txt"] if status else made(runs, brought))
    if not status:
        shutil.rmtree(top / "cells" / name)
    return {"status": status, "files": files, "runs": str(runs)}


def work(
    order: dict[str, Any],
    folder: Path,
    threads: int,
    env: Mapping[str, str] | None = None,
    root: Path | None = None,
) -> int:
    """Carry out a cell in a process of its own, and note when and where; return its status."""
    own = os.environ if env is None else env  # no default of the function's: that would travel
    more = {
        "PYTHONUNBUFFERED": "1",
        "OMP_NUM_THREADS": str(threads),
        "OMP_WAIT_POLICY": "passive",  # threads that spin slow the other cells down
        "TINY_SPECIALISTS_WAIT": "-1",  # for a run that another cell is at, however long
    }
    command, began = [sys.executable, "-m", "helpers.sweep.work"], time.time()
    with (folder / "log.txt").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=log, stderr=log, text=True, cwd=root,
            env={**own, **more},
        )  # fmt: skip
        with process:  # its stdin stays open until it ends: see work.py
            with suppress(BrokenPipeError):  # it died before it read its order: its status tells
                process.stdin.write(json.dumps(order) + "\n")
                process.stdin.flush()
            status = process.wait()
            with suppress(BrokenPipeError):  # the same, said once more
                process.stdin.close()
    span = {"node": node(), "began": began, "ended": time.time()}
    (folder / "span.json").write_text(json.dumps(span), encoding="utf-8")
    return status


def node() -> str:
    """Return this node's name in its cluster; empty outside of one."""
    ray = sys.modules.get("ray")
    return ray.get_runtime_context().get_node_id()[:8] if ray and ray.is_initialized() else ""


def unpack(folder: Path, packed: Any) -> None:
    """Unpack what Ray holds into a folder, unless it is there; two may try at once."""
    if folder.exists():
        return
    import ray

    part = folder.with_name(f".{folder.name}.{uuid.uuid4().hex}")
    with tarfile.open(fileobj=io.BytesIO(ray.get(packed))) as archive:
        archive.extractall(part, filter="data")
    try:
        part.rename(folder)
    except OSError:  # another cell was faster
        shutil.rmtree(part)


def pack(folder: Path, names: Sequence[str]) -> bytes:
    """Return files below a folder, packed."""
    with io.BytesIO() as packed:
        with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1) as archive:
            for name in names:
                archive.add(folder / name, name, recursive=False)
        return packed.getvalue()


def made(runs: Path, brought: Set[str]) -> list[str]:
    """Return the files that a cell left, its record last: with it the cell is finished."""
    files = [file for file in runs.rglob("*") if file.is_file()]
    names = [file.relative_to(runs) for file in files]
    mine = [
        "/".join(name.parts)
        for name in names
        if name.parts[0] not in brought
        and not any(part.startswith(KEPT_THERE) for part in name.parts)
    ]
    return sorted(mine, key=lambda name: (name.startswith("cell-"), name))
