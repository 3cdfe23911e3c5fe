"""What an answer would do, said before anything is done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """What an answer would do, said in steps, and how to undo it; or why it is refused.

    `command` is the answer as a person reads it. What is `harmless` needs no question, however
    unsure it is. Nothing here can run anything.
    """

    command: str
    steps: tuple[str, ...]
    refusal: str = ""
    undo: str = ""
    harmless: bool = False

    @property
    def ok(self) -> bool:
        """Say whether the answer can be carried out."""
        return not self.refusal
