"""How people speak to a desktop: of apps, workspaces, windows, displays, and of none of them."""

from __future__ import annotations

from collections.abc import Callable

from helpers.core.examples import Example
from helpers.tasks.desktop import surface
from helpers.tasks.scenarios import Brief, Scenario, has_trait


def _acts(*kinds: str) -> Callable[[Example], bool]:
    """Return what wants rows whose action is of some kind: "app" of app.quit."""
    return lambda row: surface.parse_answer(row.target).action.partition(".")[0] in kinds


def _names(row: Example) -> bool:
    """Want rows whose answer has a name that can be said wrongly."""
    names = {"app", "workspace", "display", "name"}
    return bool(names & surface.parse_answer(row.target).arguments.keys())


def _sounds_like_a_command(row: Example) -> bool:
    """Want notes that were made to sound like a command."""
    note = surface.parse_answer(row.target).kind == "note"
    return note and has_trait("note_like_command")(row)


BRIEF = Brief(
    "Somebody speaks to their computer, which takes a note or carries out a command.",
    "command",
    (
        Scenario("app", "They speak of an app: start it, show it, hide it, quit it.", _acts("app")),
        Scenario("workspace", "They speak of a saved workspace.", _acts("workspace")),
        Scenario(
            "layout",
            "They say where windows shall be, or how they are laid out.",
            _acts("layout", "window"),
        ),
        Scenario(
            "display",
            "They speak of a screen: by its number, its place, or what they call it.",
            lambda row: "display" in surface.parse_answer(row.target).arguments,
        ),
        Scenario(
            "notes",
            "They dictate a note that sounds like a command to the computer, and is none.",
            _sounds_like_a_command,
        ),
        Scenario(
            "filler",
            "They hesitate: fillers, half a sentence, a second thought.",
            has_trait("filler", "half_sentence", "correction"),
        ),
        Scenario(
            "wrong_names",
            "They get the name wrong, or the transcriber mishears it; it is still clear which.",
            _names,
        ),
    ),
)


def secrets_of(target: str) -> tuple[str, ...]:
    """Return what only an answer has: its form, and an action's name.

    >>> secrets_of('{"kind":"command","action":"app.list","arguments":{}}')
    ('"kind"', 'app.list')
    """
    action = surface.parse_answer(target).action
    return ('"kind"', *([action] if action else []))
