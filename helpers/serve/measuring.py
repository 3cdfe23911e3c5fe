"""What a server takes: memory over time, and how long it lets many clients wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from helpers.serve.local import Client

EVERY = 0.1  # seconds between two looks at memory


def memory(pid: int) -> float:
    """Return the megabytes that a process and those it has started hold for themselves."""
    import psutil

    total = 0
    process = psutil.Process(pid)
    for one in (process, *process.children(recursive=True)):
        try:
            total += one.memory_full_info().uss
        except (psutil.NoSuchProcess, psutil.ZombieProcess):  # it has just ended
            continue
    return total / 1e6


@dataclass
class Watch:
    """Memory over time: seconds and megabytes; and marks, what happened when."""

    began: float = field(default_factory=time.perf_counter)
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    marks: list[tuple[float, str]] = field(default_factory=list)

    def mark(self, what: str) -> None:
        """Note that something happens now."""
        self.marks.append((time.perf_counter() - self.began, what))

    def look(self, pid: int) -> float:
        """Note how much a process holds now, and return it."""
        now = memory(pid)
        self.seconds.append(time.perf_counter() - self.began)
        self.megabytes.append(now)
        return now


@contextmanager
def watching(pid: int) -> Iterator[Watch]:
    """Look at a server's memory again and again, as long as this lasts."""
    watch, over = Watch(), threading.Event()

    def look() -> None:
        while not over.wait(EVERY):
            watch.look(pid)

    looking = threading.Thread(target=look, daemon=True)
    watch.look(pid)
    looking.start()
    try:
        yield watch
    finally:
        over.set()
        looking.join()


@dataclass(frozen=True)
class Load:
    """What so many clients met who asked at once: the milliseconds of each answer, in order."""

    clients: int
    milliseconds: tuple[float, ...]
    seconds: float

    def within(self, share: float) -> float:
        """Return the milliseconds in which this share of the answers came (nearest rank).

        >>> Load(1, (1.0, 2.0, 3.0, 10.0), 1.0).within(0.5)
        2.0
        """
        return self.milliseconds[max(0, -(-round(share * 1000 * self.count) // 1000) - 1)]

    @property
    def count(self) -> int:
        """How many answers there were."""
        return len(self.milliseconds)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.count / self.seconds


def load(
    url: str, ask: Callable[[Client, Any], Any], items: Sequence[Any], clients: int, requests: int
) -> Load:
    """Let clients ask at once, each for its next item as soon as it has an answer.

    `ask` is called with a client of the server and an item; what it raises is raised here.
    """
    numbers, lock = iter(range(requests)), threading.Lock()
    found: list[float] = []
    problems: list[BaseException] = []

    def work() -> None:
        client = Client(url)
        try:
            while not problems:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                began = time.perf_counter()
                ask(client, items[number % len(items)])
                found.append(1000 * (time.perf_counter() - began))
        except Exception as error:
            problems.append(error)
        finally:
            client.close()

    threads = [threading.Thread(target=work) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return Load(clients, tuple(sorted(found)), time.perf_counter() - began)
