"""What a pipeline comes to, and how: every stage with its decision, what else it saw, its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

TYPE, ASK, NOTHING = "type", "ask", "nothing"
MOST = 3  # choices that are offered


@dataclass(frozen=True)
class Alternative:
    """What a stage might have decided: a text and its score, in the unit that the stage names."""

    text: str
    score: float


@dataclass(frozen=True)
class Stage:
    """One step on the way: what it decided, and how sure it is where it can say (0 to 1).

    `alternatives` come best first, the decision among them; `unit` says what their scores are.
    """

    name: str
    decision: str
    confidence: float | None = None
    alternatives: tuple[Alternative, ...] = ()
    unit: str = ""
    seconds: float = 0.0
    note: str = ""


@dataclass(frozen=True)
class Outcome:
    """What is done about something said: it is typed, or asked about, or nothing is.

    `text` is the best answer, `choices` are what is asked between. `undo` says how to take back
    what was typed. `margin` is the answer's lead over the second best, in nats.
    """

    said: str
    text: str
    action: str
    confidence: float
    route: str
    stages: tuple[Stage, ...]
    choices: tuple[str, ...] = ()
    undo: str = ""
    margin: float | None = None
    details: dict[str, object] = field(default_factory=dict)

    @property
    def typed(self) -> str:
        """What is typed: nothing where it asks."""
        return self.text if self.action == TYPE else ""

    @property
    def seconds(self) -> float:
        """How long all stages took."""
        return sum(stage.seconds for stage in self.stages)

    def after(self, *stages: Stage) -> Outcome:
        """Return the outcome with stages that came before its own."""
        return replace(self, stages=(*stages, *self.stages))


def choices(texts: Sequence[str], most: int = MOST) -> tuple[str, ...]:
    """Return the first different texts that say something.

    >>> choices(["ls -l", "", "ls -l", "ls -a", "ls", "l"])
    ('ls -l', 'ls -a', 'ls')
    """
    return tuple(dict.fromkeys(filter(None, texts)))[:most]
