"""Carry a sweep's cells out as tasks of a Ray cluster: `ray://HOST:10001`.

What dies is told apart: a node takes its running cells with it, and they run again elsewhere; a
cell that has killed its worker three times is given up. Ray itself repeats nothing, so that no try
goes uncounted.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from helpers.core import bundle, paths
from helpers.core.bundle import Bundle
from helpers.sweep import node, shipping
from helpers.sweep.cells import Cell
from helpers.sweep.grid import SweepError
from helpers.sweep.running import Carry, failure
from helpers.sweep.shipping import Shipment

TRIES = {"worker": 3, "node": 10}  # deaths of a kind after which a cell is given up
MISSING = "Ray is not installed; run: pip install -r requirements-cluster.txt"
QUIET = 60  # seconds without an end after which the nodes are counted
CONNECTS = 4  # times that a head is asked for a server of our own before it is given up


def carry(address: str, cpus: int = 1, gpus: float = 0) -> Carry:
    """Return what carries cells out on a cluster; raises `SweepError` for what is no address.

    Each cell is given so many CPUs, which are its threads too, and GPUs, of which a part will do.
    """
    if not address.startswith("ray://"):
        raise SweepError(f"--cluster {address!r}: write ray://HOST:10001, or local")
    if cpus < 1 or gpus < 0:
        raise SweepError(f"{cpus} CPUs and {gpus} GPUs a cell; take 1 CPU or more, 0 GPUs or more")
    return partial(carried_out, address=address, needs={"num_cpus": cpus, "num_gpus": gpus})


def carried_out(
    cells: Sequence[Cell], address: str, needs: dict[str, float]
) -> Iterator[tuple[Cell, str]]:
    """Carry out cells on a cluster; yield each with its error as it ends."""
    if not cells:
        return
    code = bundle.code(paths.root())
    threads = int(needs["num_cpus"])
    shipments = {cell.folder: shipping.shipment(cell, code, threads) for cell in cells}
    with _connected(address) as ray:
        _check_room(ray, needs)
        yield from Work(ray, needs, code).all(cells, shipments)


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """Connect to a cluster; raises `RuntimeError` in one line where that cannot be."""
    try:
        import ray
    except ModuleNotFoundError as error:
        raise RuntimeError(MISSING) from error
    try:
        _connect(ray, address)
    except Exception as error:  # of many kinds, gRPC's among them
        reason = str(error).strip().splitlines()[-1]  # above it, a server may show where it failed
        raise RuntimeError(f"{address}: {reason}; see `ray status` on that host") from error
    try:
        ray.cloudpickle.register_pickle_by_value(node)  # nodes need not have the course installed
        yield ray
    except ConnectionError as error:
        raise RuntimeError(
            f"{address}: the connection is lost; start the same sweep again, finished cells stay"
        ) from error
    finally:
        ray.cloudpickle.unregister_pickle_by_value(node)
        ray.shutdown()


def _connect(ray: Any, address: str) -> None:
    """Connect; a head that was reached, but had no server for us in time, is asked again.

    It starts one for each client, and waits half a minute for it; a busy head takes longer. A
    host that cannot be reached, or turns us away, is not asked again.
    """
    for tries in range(1, CONNECTS + 1):
        try:
            ray.init(address, log_to_driver=False, logging_level="ERROR")
            return
        except ConnectionAbortedError:
            if tries == CONNECTS:
                raise
            _say(f"{address}: it is slow to start; once more ({tries} of {CONNECTS - 1})")


def _check_room(ray: Any, needs: dict[str, float]) -> None:
    """Raise `RuntimeError` where no node is large enough: Ray would wait for one for ever."""
    nodes = [one["Resources"] for one in ray.nodes() if one["Alive"]]
    for name, kind in (("num_cpus", "CPU"), ("num_gpus", "GPU")):
        most = max((one.get(kind, 0) for one in nodes), default=0)
        if needs[name] > most:
            raise RuntimeError(
                f"a cell asks for {needs[name]:g} {kind}s, and the largest node has {most:g}; "
                "ask for fewer, or start a larger node"
            )


@dataclass
class Work:
    """Cells at work: which task is which cell, what has been sent, and what has died."""

    ray: Any
    needs: dict[str, float]
    code: Bundle
    sent: dict[str, Any] = field(default_factory=dict)  # what Ray holds, by its place on a node
    deaths: Counter = field(default_factory=Counter)

    def all(
        self, cells: Sequence[Cell], shipments: dict[Any, Shipment]
    ) -> Iterator[tuple[Cell, str]]:
        """Yield each cell as it ends, for good or after too many deaths, with its error."""
        at_work = {self.start(cell, shipments[cell.folder]): cell for cell in cells}
        while at_work:
            ended, _ = self.ray.wait(list(at_work), num_returns=1, timeout=QUIET)
            if not ended and not any(one["Alive"] for one in self.ray.nodes()):
                _say("no node is left; waiting for one")
            for task in ended:
                cell = at_work.pop(task)
                error = self.outcome(task, cell, shipments[cell.folder])
                if error is None:
                    at_work[self.start(cell, shipments[cell.folder])] = cell
                else:
                    yield cell, error

    def start(self, cell: Cell, shipment: Shipment) -> Any:
        """Hand a cell to the cluster."""
        root = f"code/{self.code.digest}"
        parts = {root: self.held(root, self.code)}
        for place, folder in shipment.folders.items():
            parts[f"{root}/{place}"] = self.held(f"{root}/{place}", folder)
        if cell.training:
            name = cell.training.record()["run"]
            back = {here: there for there, here in shipment.names.items()}
            place = f"cells/{cell.folder.name}/runs/{name}"
            parts[place] = self.held(f"runs/{name}", shipping.run(paths.runs() / name), back)
        task = self.ray.remote(max_retries=0, **self.needs)(node.carry_out)
        return task.remote(shipment.order, parts, root)

    def held(self, place: str, folder: Bundle, names: dict[str, str] | None = None) -> Any:
        """Return what Ray holds of a folder; it is handed over once."""
        if place not in self.sent:
            self.sent[place] = self.ray.put(shipping.pack(folder, names or {}))
        return self.sent[place]

    def outcome(self, task: Any, cell: Cell, shipment: Shipment) -> str | None:
        """Bring home what a cell made; return its error, or None where it is to run again."""
        errors = self.ray.exceptions
        try:
            found = self.ray.get(task)
        except (errors.NodeDiedError, errors.LocalRayletDiedError, errors.ObjectLostError):
            return self.died(cell, "node", "its node died")
        except errors.OutOfMemoryError:
            return self.died(cell, "worker", "its node ran out of memory, and Ray ended it")
        except errors.WorkerCrashedError:
            return self.died(cell, "worker", "its worker died")
        except errors.RayTaskError as error:
            return str(error).strip().splitlines()[-1]
        here = {found["runs"]: paths.shown(paths.runs())}
        shipping.unpack(found["files"], {**shipment.names, **here})
        status = found["status"]
        if status < 0:
            return self.died(cell, "worker", failure(cell.folder, status))
        return failure(cell.folder, status) if status else ""

    def died(self, cell: Cell, what: str, how: str) -> str | None:
        """Count a death; return the error where it was one too many, else None."""
        self.deaths[cell.folder, what] += 1
        count, most = self.deaths[cell.folder, what], TRIES[what]
        if count >= most:
            return f"given up after {count} tries: {how}"
        _say(f"again: {cell.label}: {how} ({count} of {most})")
        return None


def _say(line: str) -> None:
    from tqdm import tqdm

    tqdm.write(line, file=sys.stderr)
