"""The service without its HTTP: two workers, and the way from what was said to an answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

from helpers import tasks
from helpers.serve.config import Config
from helpers.serve.metrics import Metrics
from helpers.serve.workers import Worker

Step = tuple[str, dict[str, Any]]  # what has happened: heard, gate, stage, answer; and its table


class Service:
    """A text worker (pipelines, one language model) and one that hears; both sleep at first."""

    def __init__(self, config: Config) -> None:
        """Start nothing yet."""
        self.config, self.metrics = config, Metrics()
        limits = config.limits
        start = {
            "jobs": dict(config.jobs),
            "gguf": config.gguf,
            "of": config.of,
            "decode": config.decode,
            "length": limits.length,
            "channels": limits.channels,
        }
        self.text, self.sound = (
            Worker(role, start, config.idle, limits.waiting, self._happened)
            for role in ("text", "sound")
        )
        self.asked = time.monotonic()  # when somebody last asked for an answer

    def _happened(self, role: str, event: str) -> None:
        self.metrics.events.labels(role, event).inc()

    @property
    def workers(self) -> tuple[Worker, Worker]:
        """Both workers."""
        return self.text, self.sound

    @property
    def dictations(self) -> list[str]:
        """The jobs of dictation that are served."""
        return [name for name in self.config.jobs if tasks.get(name).domain is not None]

    def unused(self) -> float:
        """Return for how many seconds nobody asked, while nothing runs or waits."""
        if any(worker.busy for worker in self.workers):
            self.asked = time.monotonic()
        return time.monotonic() - self.asked

    async def steps(
        self,
        task: str,
        said: str | bytes,
        desktop: Any = None,
        explain: bool = False,
        follow: bool = False,
    ) -> AsyncIterator[Step]:
        """Yield what happens to something said, a text or a sound file, up to its answer.

        Followed, the gate and what it leads to come before a model is asked, which may be slow.
        Raises `Busy`, `JobError`, or `TimeoutError`. Whoever stops listening stops the work.
        """
        self.asked = time.monotonic()
        job = {"task": task, "desktop": desktop}
        more = {"do": "answer", "explain": explain, "follow": follow}
        stages: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        names = set[str]()  # of the stages that were named; a worker that is replaced tells again
        # Whoever reads a stream may take the first step in another task than the rest, so that no
        # timeout can last from one step to the next.
        end = asyncio.get_running_loop().time() + self.config.limits.seconds
        heard, more["text"] = {"text": said, "seconds": 0.0}, said
        if isinstance(said, bytes):
            async with asyncio.timeout_at(end):
                heard = await self.sound.ask(job | {"do": "hear"}, said)
            more |= {"text": "", "transcript": heard}
        answer = self.text.ask(job | more, tell=stages.put_nowait)
        answer.add_done_callback(lambda _: stages.put_nowait(None))
        try:
            yield "heard", heard
            while True:
                async with asyncio.timeout_at(end):
                    early = await stages.get()
                if early is None:
                    break
                if early["name"] not in names:
                    names.add(early["name"])
                    yield _named(early)
            found = await answer
        finally:
            answer.cancel()
        self.metrics.took(found["stages"])
        for stage in found["stages"]:
            if stage["name"] not in names:
                yield _named(stage)
        yield "answer", found

    async def chat(self, system: str, text: str, desktop: Any = None) -> dict[str, Any]:
        """Return what the tuned model answers to a text; raises as `steps` does."""
        self.asked = time.monotonic()
        job = {"do": "chat", "task": None, "system": system, "text": text, "desktop": desktop}
        async with asyncio.timeout(self.config.limits.seconds):
            return await self.text.ask(job)

    def end(self) -> None:
        """Let whoever waits hear that nothing more is answered."""
        for worker in self.workers:
            worker.end()

    async def close(self) -> None:
        """End both workers."""
        for worker in self.workers:
            with suppress(ProcessLookupError):
                await worker.close()


def _named(stage: dict[str, Any]) -> Step:
    return ("gate" if stage["name"] == "gate" else "stage"), stage
