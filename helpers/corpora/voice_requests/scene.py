"""What a piece of a transcript is (`Mention`) and where it is said (`Scene`)."""

from __future__ import annotations

import random
from dataclasses import dataclass

from helpers.tasks.desktop.context import Desktop


@dataclass(frozen=True)
class Mention:
    """Words for a name, its determiner apart (`lead`), and the name they stand for.

    `target` is empty where the words themselves are the name. `missing`: the desktop lacks it.
    """

    text: str
    target: str = ""
    lead: str = ""
    kind: str = ""
    traits: tuple[str, ...] = ()
    missing: bool = False


@dataclass(frozen=True)
class Scene:
    """Where something is said: the desktop, if it is known, and whether case is written."""

    rng: random.Random
    desktop: Desktop | None
    written: bool

    def cased(self, text: str) -> str:
        """Return a name in the case of this transcript; written names begin with a capital."""
        if not self.written:
            return text.lower()
        return text[0].upper() + text[1:] if text.split()[0].islower() else text
