"""A worker as the service sees it: started by the first job, ended when idle, replaced if it dies.

Its jobs wait in a row of bounded length. Who leaves before the turn is skipped; who leaves amid a
job stops it.
"""

from __future__ import annotations

import asyncio
import math
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from helpers.serve import frames
from helpers.serve.errors import ENDS, Busy, JobError

GRACE = 10.0  # seconds that a worker has to leave a job, or to end
TRIES = 2  # a worker that is killed amid a job is replaced, and the job done again


@dataclass
class Job:
    """A job that waits: what is asked, and where its result goes."""

    table: dict[str, Any]
    sound: bytes
    result: asyncio.Future[dict[str, Any]]
    tell: Callable[[dict[str, Any]], None]


class Worker:
    """A process that answers in turn; call `ask`."""

    def __init__(
        self,
        role: str,
        start: dict[str, Any],
        idle: float,
        most: int,
        tell: Callable[[str, str], None] = lambda role, event: None,
    ) -> None:
        """Be ready to start one; `tell` hears of what happens to it: started, died, cancelled."""
        self.role, self.idle, self.most, self.tell = role, idle, most, tell
        self._start = start | {"role": role}
        self._process: Process | None = None
        self._waiting: deque[Job] = deque()
        self._arrived = asyncio.Event()
        self._runner: asyncio.Task[None] | None = None
        self._loaded = set[str | None]()  # jobs that its process has at hand
        self._number = 0
        self._doing: Job | None = None
        self._usual = 1.0  # seconds of a job, by those before

    @property
    def awake(self) -> bool:
        """Whether its process runs."""
        return self._process is not None and self._process.returncode is None

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return sum(not job.result.done() for job in self._waiting)

    @property
    def busy(self) -> bool:
        """Whether it does a job, or one waits."""
        return self._doing is not None or self.waiting > 0

    @property
    def pid(self) -> int | None:
        """The number of its process."""
        return self._process.pid if self._process and self.awake else None

    def ask(
        self,
        table: dict[str, Any],
        sound: bytes = b"",
        tell: Callable[[dict[str, Any]], None] = lambda stage: None,
    ) -> asyncio.Future[dict[str, Any]]:
        """Put a job into the row; cancel its result to leave. Raises `Busy`.

        `tell` hears of stages before the result is there; of all anew, if the worker is replaced.
        """
        if self.waiting >= self.most:
            raise Busy(max(1, min(60, math.ceil(self.most * self._usual))))
        job = Job(table, sound, asyncio.get_running_loop().create_future(), tell)
        self._waiting.append(job)
        self._arrived.set()
        if self._runner is None or self._runner.done():
            self._runner = asyncio.create_task(self._run())
        return job.result

    def end(self) -> None:
        """Leave undone what is asked, and let whoever waits hear of it."""
        for job in filter(None, (self._doing, *self._waiting)):
            if not job.result.done():
                job.result.set_exception(JobError("cancelled", ENDS))

    async def close(self) -> None:
        """End, and leave what waits undone."""
        self.end()
        if self._runner is not None:
            self._runner.cancel()
            with suppress(asyncio.CancelledError):
                await self._runner
        for job in self._waiting:
            job.result.cancel()
        self._waiting.clear()
        await self._retire()

    async def _run(self) -> None:
        while True:
            while self._waiting:
                job = self._waiting.popleft()
                if not job.result.done():
                    self._doing = job
                    try:
                        await self._do(job)
                    except OSError as error:  # no memory, or no files, left for a process
                        why = f"no process can be started ({error.strerror})"
                        if not job.result.done():
                            job.result.set_exception(JobError("failed", why))
                    finally:
                        self._doing = None
                        job.result.cancel()  # if it was left undone
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), self.idle)
            except TimeoutError:
                await self._retire()
                if not self._waiting:
                    return

    async def _do(self, job: Job) -> None:
        for _ in range(TRIES):
            try:
                reply = await self._exchange(job)
            except (asyncio.IncompleteReadError, ConnectionError):
                await self._retire()
                self.tell(self.role, "died")
                if job.result.done():
                    return
                continue
            if job.result.done():
                self.tell(self.role, "cancelled")
            elif "result" in reply:
                job.result.set_result(reply["result"])
            else:
                job.result.set_exception(JobError(reply["why"], reply["message"]))
            return
        job.result.set_exception(JobError("failed", "the process that answers was ended"))

    async def _exchange(self, job: Job) -> dict[str, Any]:
        """Load what a job needs, do it, and return the reply, or what is replied to who left."""
        process = await self._awaken()
        task = job.table["task"]
        if task not in self._loaded:
            # Who leaves while this loads stops nothing: whoever comes next will need it.
            reply = await self._sent(process, {"do": "load", "task": task})
            if "result" not in reply:
                return reply
            self._loaded.add(task)
        if job.result.done():
            return {}
        began = asyncio.get_running_loop().time()
        reply = await self._sent(process, job.table, job)
        self._usual += 0.2 * (asyncio.get_running_loop().time() - began - self._usual)
        return reply

    async def _sent(
        self,
        process: Process,
        table: dict[str, Any],
        job: Job | None = None,
    ) -> dict[str, Any]:
        """Send a job and return its reply; if the asker leaves, the worker is told to stop."""
        self._number += 1
        sound = job.sound if job else b""
        process.stdin.write(frames.pack(table | {"number": self._number}, sound))
        reading = asyncio.create_task(_reply(process, job))
        try:
            await process.stdin.drain()
            if job is not None:
                await asyncio.wait({reading, job.result}, return_when=asyncio.FIRST_COMPLETED)
                if not reading.done():
                    process.stdin.write(frames.pack({"cancel": self._number}))
                    await asyncio.wait({reading}, timeout=GRACE)
                if not reading.done():
                    process.kill()
            return await reading
        finally:
            reading.cancel()

    async def _awaken(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "helpers.serve.worker", stdin=PIPE, stdout=PIPE,
                start_new_session=True, env=environment(),
            )  # fmt: skip
            self._loaded = set[str | None]()
            self.tell(self.role, "started")
            self._process.stdin.write(frames.pack(self._start))
        return self._process

    async def _retire(self) -> None:
        """End the process: it ends by itself when nothing more can come."""
        process, self._process = self._process, None
        if process is None:
            return
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), GRACE)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _reply(process: Process, job: Job | None) -> dict[str, Any]:
    """Return what a worker replies; of stages that it tells of before, the job hears at once."""
    while True:
        table, _ = await frames.receive(process.stdout)
        if "stage" not in table:
            return table
        if job is not None:
            job.tell(table["stage"])


def environment() -> dict[str, str]:
    """Return the variables of a worker: ours, without the secret and what only the service needs.

    >>> any(name.startswith("LISTEN_") for name in environment())
    False
    """
    from helpers.serve.config import TOKEN

    hidden = (TOKEN, "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES")
    return {name: value for name, value in os.environ.items() if name not in hidden}
