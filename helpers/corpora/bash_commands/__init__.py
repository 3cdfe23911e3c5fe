"""Shell commands composed from parts, and their dictations: the course's own bash data.

`compose` writes one command in one writer's hand; `stream` writes them without end; `dataset`
gathers, groups and splits them. `python -m helpers.corpora.bash_commands OUT_DIR` writes the data.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from random import Random

from helpers.corpora.bash_commands.compose import Command, draw_command

__all__ = ["Command", "draw_command", "stream"]


def stream(seed: int, without: Collection[str] = ()) -> Iterator[Command]:
    """Yield commands without end, none of them of a group (a skeleton) in `without`.

    >>> first = next(stream(1))
    >>> first == next(stream(1)), next(stream(1, {first.skeleton})) == first
    (True, False)
    """
    excluded, rng = frozenset(without), Random(seed)
    while True:
        command = draw_command(rng)
        if command.skeleton not in excluded:
            yield command
