"""What each way to bring answers to users costs a month, and what it asks of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

HOURS = 730.0  # in a month


@dataclass(frozen=True)
class Way:
    """A way to ship: dollars a month, the megabytes that each user loads, and who hears what.

    `at_home` means that nothing said leaves the user's device, so that it works offline.
    """

    name: str
    dollars: float
    megabytes: float
    at_home: bool


def awake(requests: float, idle: float) -> float:
    """Return the share of a month in which a service is awake that sleeps after `idle` seconds.

    Requests come by chance, at any time alike: the time between two of them is then exponential,
    and the service sleeps through what of it is longer than `idle`. The rest to one is the share of
    requests that have to wake it.

    >>> round(awake(10_000, 60.0), 3), awake(0, 60.0)
    (0.204, 0.0)
    """
    return 1 - exp(-requests * idle / (3600 * HOURS))


def objection(way: Way, most: float, at_home: bool) -> str:
    """Return what speaks against a way, "" for nothing.

    >>> objection(Way("a service", 1.0, 0.0, False), 20.0, at_home=True)
    'what is said leaves the device'
    """
    if way.megabytes > most:
        return f"more than {most:g} MB to load"
    if at_home and not way.at_home:
        return "what is said leaves the device"
    return ""


def cheapest(ways: Sequence[Way], most: float, at_home: bool) -> Way | None:
    """Return the cheapest way that nothing speaks against; of equals, the one that loads less.

    >>> cheapest([Way("page", 0.0, 7.0, True), Way("file", 0.0, 2.0, True)], 5.0, True).name
    'file'
    """
    fit = [way for way in ways if not objection(way, most, at_home)]
    return min(fit, key=lambda way: (way.dollars, way.megabytes), default=None)
