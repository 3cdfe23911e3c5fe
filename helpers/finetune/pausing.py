"""Stop a run before a session ends, and tell how much of it is left: nothing of it is lost."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from helpers.finetune.curves import Point


class Paused(RuntimeError):
    """A run that has used its minutes and kept a checkpoint; the same call again goes on."""


@dataclass(frozen=True)
class Allowance:
    """The minutes that one call may take; 0 means as long as it needs."""

    minutes: float = 0
    began: float = field(default_factory=time.perf_counter)

    @property
    def used(self) -> float:
        """Seconds since the call began."""
        return time.perf_counter() - self.began

    @property
    def spent(self) -> bool:
        """Whether it is time to pause."""
        return self.minutes > 0 and self.used > 60 * self.minutes


def seconds_left(points: Sequence[Point], steps: int) -> float:
    """Return how long the rest of a run takes at the pace of its log, evaluations counted.

    >>> seconds_left([Point(20, 0.5, 0.5, 0.1, 0.7, 0.9, 1e-3, 9, 60.0, 50.0)], 80)
    180.0
    """
    last = points[-1]
    return last.seconds / last.step * (steps - last.step)


def in_minutes(seconds: float) -> str:
    """Return a time as people say it.

    >>> in_minutes(2880), in_minutes(61), in_minutes(20)
    ('48 minutes', '1 minute', 'less than a minute')
    """
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def opening(points: Sequence[Point], steps: int, minutes: float = 0) -> str:
    """Return what a call says before it trains; empty if it has nothing to say.

    >>> opening([], 80), opening([], 80, minutes=50)
    ('', 'pauses at the first evaluation after 50 minutes')
    >>> opening([Point(20, 0.5, 0.5, 0.1, 0.7, 0.9, 1e-3, 9, 960.0, 900.0)], 80)
    'going on from step 20 of 80, about 48 minutes are left'
    """
    parts = []
    if points:
        left = _are_left(seconds_left(points, steps))
        parts.append(f"going on from step {points[-1].step} of {steps}, {left}")
    if minutes:
        parts.append(f"pauses at the first evaluation after {in_minutes(60 * minutes)}")
    return "; ".join(parts)


def pause(points: Sequence[Point], steps: int, used: float, fresh: bool = False) -> Paused:
    """Return the exception that ends a call whose run is not finished.

    >>> str(pause([Point(400, 9.0, 0.5, 0.1, 0.7, 0.9, 1e-3, 9, 2880.0, 2800.0)], 800, 3000.0))
    'paused at step 400 of 800 after 50 minutes; call it again to go on, about 48
     minutes are left'
    """
    again = "call it again, without fresh, to go on" if fresh else "call it again to go on"
    left = _are_left(seconds_left(points, steps))
    step = points[-1].step
    return Paused(
        f"paused at step {step} of {steps} after {in_minutes(used)}; {again}, {left}"
    )


def _are_left(seconds: float) -> str:
    time_left = in_minutes(seconds)
    if time_left.startswith("less"):
        return f"{time_left} is left"
    return f"about {time_left} {'is' if time_left.startswith('1 ') else 'are'} left"
