"""What Prometheus reads: how many asked, how long it took, what is awake; nothing that was said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

LONG = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60)  # seconds


class Metrics:
    """The counters of one service."""

    def __init__(self) -> None:
        """Begin at zero, in a registry of its own."""
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self.registry = registry = CollectorRegistry()
        self.requests = Counter(
            "serve_requests", "Requests that were answered.", ["path", "status"], registry=registry
        )
        self.seconds = Histogram(
            "serve_seconds", "Seconds to an answer.", ["path"], buckets=LONG, registry=registry
        )
        self.stages = Histogram(
            "serve_stage_seconds", "Seconds of a stage.", ["stage"], buckets=LONG, registry=registry
        )
        self.events = Counter(
            "serve_worker_events", "Workers started, died, or stopped amid a job.",
            ["worker", "event"], registry=registry,
        )  # fmt: skip
        self.awake = Gauge("serve_worker_awake", "1 if it runs.", ["worker"], registry=registry)
        self.waiting = Gauge("serve_waiting", "Jobs that wait.", ["worker"], registry=registry)

    def count(self, path: str, status: int, seconds: float) -> None:
        """Count a request."""
        self.requests.labels(path, str(status)).inc()
        self.seconds.labels(path).observe(seconds)

    def took(self, stages: Iterable[dict[str, Any]]) -> None:
        """Count what the stages of an answer took."""
        for stage in stages:
            self.stages.labels(stage["name"]).observe(stage["ms"] / 1000)

    def text(self, workers: Iterable[Any]) -> bytes:
        """Return all of it, as it is now."""
        from prometheus_client import generate_latest

        for worker in workers:
            self.awake.labels(worker.role).set(worker.awake)
            self.waiting.labels(worker.role).set(worker.waiting)
        return generate_latest(self.registry)
