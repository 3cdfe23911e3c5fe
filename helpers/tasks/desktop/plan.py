"""What a call would do on a desktop, said in steps. Nothing here can run anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rapidfuzz import fuzz, process, utils

from helpers.tasks.desktop.context import Desktop, Display
from helpers.tasks.desktop.render import command_line
from helpers.tasks.desktop.schema import names
from helpers.tasks.desktop.surface import ACTIONS, POSITIONS, Answer
from helpers.tasks.plan import Plan

CALLED = {"app": "running app", "workspace": "saved workspace", "display": "display"}
WINDOW = "the window in front"


def plan(answer: Answer, desktop: Desktop | None) -> Plan:
    """Check a call against a desktop and tell its steps; raises `ValueError` if it is no call.

    Without a desktop no name can be checked, and the first step says so.

    >>> from helpers.tasks.desktop.context import App
    >>> desk = Desktop((), (App("Slack"),), (Display(1, "Built-in Display", 1728, 1117),), 1)
    >>> plan(Answer("command", "window.tile", {"app": "Slack", "position": "left"}), desk).steps
    ('place Slack at 0,0 with 864x1117 pixels on Built-in Display (left)',)
    >>> plan(Answer("command", "app.quit", {"app": "Slak"}), desk).refusal
    "there is no running app 'Slak'; the nearest is Slack"
    """
    command = command_line(answer)
    if answer.kind == "note":
        kept = ("keep the transcript as a note",)
        return Plan(command, kept, undo="delete the note", harmless=True)
    refusal = _refusal(answer, desktop) if desktop else ""
    if refusal:
        return Plan(command, (), refusal)
    action, words = ACTIONS[answer.action], _words(answer, desktop)
    steps = tuple(step.format_map(words) for step in action.steps)
    found = Plan(command, steps, undo=action.undo.format_map(words))
    if desktop is None:
        return replace(found, steps=("look the names up when a desktop is there", *steps))
    return replace(found, steps=steps + _remarks(answer, desktop))


def nearest(name: str, known: list[str], limit: int = 3) -> list[str]:
    """List the known names that are spelled most like `name`, nearest first."""
    found = process.extract(
        name, known, scorer=fuzz.WRatio, processor=utils.default_process, limit=limit
    )
    return [match for match, score, _ in found if score >= 50]


def _refusal(answer: Answer, desktop: Desktop) -> str:
    known = names(desktop, "")
    for argument in ACTIONS[answer.action].arguments:
        name = answer.arguments.get(argument.name)
        if name is None or argument.kind not in CALLED or name in known[argument.kind]:
            continue
        return _unknown(name, CALLED[argument.kind], known[argument.kind])
    if answer.action == "workspace.rename" and answer.arguments["name"] in known["workspace"]:
        return f"there is a workspace {answer.arguments['name']!r} already; choose another name"
    return ""


def _unknown(name: str, called: str, known: list[str]) -> str:
    near = nearest(name, known)
    if near:
        hint = f"the nearest {'is' if len(near) == 1 else 'are'} {', '.join(near)}"
    else:
        hint = f"there {'is' if len(known) == 1 else 'are'} {', '.join(known) or 'none'}"
    return f"there is no {called} {name!r}; {hint}"


def _words(answer: Answer, desktop: Desktop | None) -> Mapping[str, str]:
    """Return what stands for the braces of a step: names, and a position in pixels."""
    words = {"app": WINDOW} | dict(answer.arguments)
    if "position" in words and desktop:
        words["position"] = f"{_rectangle(words['position'], desktop.focused)}"
    return words


def _rectangle(position: str, display: Display) -> str:
    left, top, width, height = POSITIONS[position]
    x, y = round(left * display.width), round(top * display.height)
    size = f"{round(width * display.width)}x{round(height * display.height)}"
    return f"{x},{y} with {size} pixels on {display.name} ({position})"


def _remarks(answer: Answer, desktop: Desktop) -> tuple[str, ...]:
    given = answer.arguments
    known = names(desktop, "")
    if answer.action == "app.launch" and given["app"] in known["app"]:
        return ("it is running already, so its windows come to the front",)
    if answer.action == "workspace.save" and given["name"] in known["workspace"]:
        return ("it replaces the saved workspace of that name",)
    return ()
