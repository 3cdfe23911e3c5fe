"""Every request and answer of the factory, kept by content in a folder for nobody else's eyes.

Cases may be customers' messages, so the folder and its files can be read by their owner alone. A
run's journal names what it asked, before it asks: a run that was killed goes on, pays nothing
twice, and can say what it has paid. A budget stops it before it asks for more.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

from helpers.core import paths
from helpers.core.files import replace_file
from helpers.engines.api import reply
from helpers.engines.api.ledger import Ledger
from helpers.factory.budget import Budget, BudgetSpent, Usage, cost

FOLDER = "factory-cache"
TRY = "try"  # a line of the journal for each request that was sent, and may have failed
LOST = re.compile(r"lost (\S+) dollars")  # and for each reply that was paid, and no answer


def private_folder() -> Path:
    """Return the folder of what was asked and answered, closed to everybody else."""
    folder = paths.runs() / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)  # it may be older than this rule
    return folder


def empty() -> int:
    """Remove every request and answer that was kept; return how many there were."""
    files = [file for file in private_folder().iterdir() if file.is_file()]
    for file in files:
        file.unlink(missing_ok=True)
    return sum(file.suffix == ".json" for file in files)


class PrivateLedger(Ledger):
    """Keeps replies in the private folder, counts what was used, and minds a budget.

    `journal` is a file of the run's own.
    """

    def __init__(self, journal: Path, budget: Budget | None = None) -> None:
        """Read the journal of an earlier start: what it asked counts as spent."""
        self.folder, self.journal, self.budget = private_folder(), journal, budget or Budget()
        journal.parent.mkdir(parents=True, exist_ok=True)
        self.usage: dict[str, Usage] = defaultdict(Usage)  # of answers used, by model
        self.earlier: dict[str, Usage] = defaultdict(Usage)  # of answers that the journal names
        self.tries: Counter[str] = Counter()  # of this start: sent, and why some failed
        self._lock, self._names = Lock(), defaultdict(Lock)
        self._spent, self._reserved = Usage(), 0.0
        self._journalled, self._before = self._read_journal()
        self.unanswered = 0  # asked by an earlier start that was stopped before the answer came
        for name in self._journalled:
            kept = self._read(name)
            if kept is None:
                self.unanswered += 1
                continue
            model = kept["request"]["model"]
            self.earlier[model].count(kept, self.budget.price(model))
            self._spent.count(kept, self.budget.price(model))

    def remember(
        self, name: str, request: dict[str, Any], make: Callable[[], dict[str, Any]]
    ) -> dict[str, Any]:
        """Return the reply kept under a name, or ask for it and keep it.

        Raises `BudgetSpent` instead of asking for more than the budget allows.
        """
        with self._name_lock(name):  # two equal requests at once are one
            kept = self._read(name)
            if kept is None:
                kept = {"request": request} | self._asked(name, request, make)
                text = json.dumps(kept, ensure_ascii=False)
                replace_file(self.folder / f"{name}.json", text, private=True)
            elif name not in self._journalled:
                with self._lock:
                    self.tries["found"] += 1  # another run's: this one pays nothing for it
        with self._lock:
            self.usage[request["model"]].count(kept, self.budget.price(request["model"]))
        return kept

    def forget(self, name: str) -> None:
        """Forget the reply kept under a name."""
        (self.folder / f"{name}.json").unlink(missing_ok=True)

    def trying(self, request: dict[str, Any]) -> None:
        """Count a try; raise `BudgetSpent` where no more requests are allowed."""
        with self._lock:
            sent = self.tries["sent"] + self._before
            if self.budget.requests is not None and sent >= self.budget.requests:
                raise BudgetSpent(f"{self.budget.requests} requests")
            self.budget.check(self._spent.dollars + self._reserved)  # tries before may have cost
            self.tries["sent"] += 1
            self._write(TRY)

    def failed(self, request: dict[str, Any], failure: Any) -> None:
        """Count a failed try by its kind, and what it cost as spent."""
        lost = cost(failure.counts, self.budget.price(request["model"]))
        with self._lock:
            self.tries[failure.kind] += 1
            if lost:
                self._spent.pay(lost)
                self._write(f"lost {lost!r} dollars")

    def _asked(
        self, name: str, request: dict[str, Any], make: Callable[[], dict[str, Any]]
    ) -> dict[str, Any]:
        price = self.budget.price(request["model"])
        with self._lock:
            at_most = self.budget.estimate(request, self._spent)
            reserved = self._reserved + at_most
            self.budget.check(self._spent.dollars + reserved)
            self._reserved = reserved
            self._append(name)
        try:
            made = make()
        finally:
            with self._lock:
                self._reserved -= at_most
        with self._lock:
            self._spent.count(made, price)
        return made

    def _name_lock(self, name: str) -> Lock:
        with self._lock:
            return self._names[name]

    def _read(self, name: str) -> dict[str, Any] | None:
        """Return what is kept under a name; a broken file counts as nothing."""
        try:
            kept = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
            reply.read(kept["body"])
            return kept if kept["request"]["model"] and "seconds" in kept else None
        except (OSError, ValueError, AttributeError, KeyError, TypeError, reply.NoAnswer):
            return None

    def _append(self, name: str) -> None:
        if name in self._journalled:
            return
        self._journalled.add(name)
        self._write(name)

    def _write(self, line: str) -> None:
        with self.journal.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def _read_journal(self) -> tuple[set[str], int]:
        """Return the names of what was asked, and how many requests that took at least."""
        if not self.journal.exists():
            return set(), 0
        lines = self.journal.read_text(encoding="utf-8").split("\n")
        if lines[-1]:  # cut by a kill: the next name must not be written behind it
            self._write("")
        for lost in filter(None, map(LOST.fullmatch, lines)):
            self._spent.pay(float(lost[1]))
        names = {line for line in lines if len(line) == 16 and not LOST.fullmatch(line)}
        return names, max(lines.count(TRY), len(names))
