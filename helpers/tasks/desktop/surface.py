"""The controlled surface: every action there is, its arguments, and the answers one row allows.

An answer is one line of JSON: `{"kind":"note"}`, or a command with an action and its arguments.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

POSITIONS: dict[str, tuple[float, float, float, float]] = {  # left, top, width, height: shares
    "left": (0, 0, 0.5, 1),
    "right": (0.5, 0, 0.5, 1),
    "top": (0, 0, 1, 0.5),
    "bottom": (0, 0.5, 1, 0.5),
    "full": (0, 0, 1, 1),
    "center": (0.2, 0.1, 0.6, 0.8),
    "top-left": (0, 0, 0.5, 0.5),
    "top-right": (0.5, 0, 0.5, 0.5),
    "bottom-left": (0, 0.5, 0.5, 0.5),
    "bottom-right": (0.5, 0.5, 0.5, 0.5),
}
LAYOUTS = ("columns", "rows", "grid", "stack", "float")
CLOSED = {"position": tuple(POSITIONS), "layout": LAYOUTS}  # kinds with the same words everywhere


@dataclass(frozen=True)
class Argument:
    """One argument; its `kind` is app, workspace, display, new (speech as it stands) or closed."""

    name: str
    kind: str
    optional: bool = False


@dataclass(frozen=True)
class Action:
    """One thing the desktop can do; `steps` say it to a person, with the arguments in braces.

    `undo` says how to take it back, as far as that can be done.
    """

    name: str
    arguments: tuple[Argument, ...]
    steps: tuple[str, ...]
    undo: str = "there is nothing to undo"


@dataclass(frozen=True)
class Answer:
    """What a transcript comes to: a note, or a command with its action and arguments."""

    kind: str
    action: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)


_APP = Argument("app", "app")
_WINDOW = Argument("app", "app", optional=True)  # without it: the window in front
_WORKSPACE = Argument("workspace", "workspace")
_DISPLAY = Argument("display", "display")
_NAME = Argument("name", "new")

ACTIONS: dict[str, Action] = {
    action.name: action
    for action in (
        Action("app.activate", (_APP,), ("bring every window of {app} to the front",),
               "bring the app to the front that was there before"),
        Action("app.launch", (Argument("app", "new"),), ("find and start the app {app}",),
               "quit {app}"),
        Action("app.hide", (_APP,), ("hide every window of {app}",), "show {app}"),
        Action("app.quit", (_APP,), ("ask {app} to quit",), "start {app} again"),
        Action("app.list", (), ("show the names of the running apps",)),
        Action("workspace.load", (_WORKSPACE,), ("start or bring up the apps of {workspace}",
                                                 "put its windows where they were saved"),
               "put the windows back by hand: save them first, next time"),
        Action("workspace.save", (_NAME,), ("save the windows as they stand as {name}",),
               "delete the workspace {name}"),
        Action("workspace.delete", (_WORKSPACE,), ("delete the saved workspace {workspace}",),
               "save the windows as {workspace} again"),
        Action("workspace.rename", (_WORKSPACE, _NAME), ("rename {workspace} to {name}",),
               "rename {name} to {workspace}"),
        Action("workspace.list", (), ("show the names of the saved workspaces",)),
        Action("layout.switch", (Argument("layout", "layout"),),
               ("arrange the windows on the display in use: {layout}",),
               "switch to the layout that was there before"),
        Action("window.tile", (_WINDOW, Argument("position", "position")),
               ("place {app} at {position}",), "move {app} back to where it was"),
        Action("window.move", (_WINDOW, _DISPLAY), ("move {app} to the display {display}",),
               "move {app} back to where it was"),
        Action("window.minimize", (_WINDOW,), ("minimize {app}",), "show {app}"),
        Action("window.close", (_WINDOW,), ("close {app}",), "open {app} again"),
        Action("display.focus", (_DISPLAY,), ("put the focus on the display {display}",),
               "put the focus on the display that had it before"),
    )
}  # fmt: skip


def answer_json(kind: str, action: str = "", arguments: Mapping[str, str] | None = None) -> str:
    """Return the one canonical text of an answer; raises `ValueError` if it is no answer.

    >>> answer_json("command", "app.activate", {"app": "Google Chrome"})
    '{"kind":"command","action":"app.activate","arguments":{"app":"Google Chrome"}}'
    """
    check(Answer(kind, action, arguments or {}))
    value: dict[str, Any] = {"kind": kind}
    if kind == "command":
        given = arguments or {}
        order = [a.name for a in ACTIONS[action].arguments if a.name in given]
        value |= {"action": action, "arguments": {name: given[name] for name in order}}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


NOTE = '{"kind":"note"}'


def parse_answer(text: str) -> Answer:
    """Read an answer, in any spacing and key order; raises `ValueError` that says what is wrong.

    >>> parse_answer('{"kind": "command", "action": "app.quit", "arguments": {}}')
    Traceback (most recent call last):
    ValueError: app.quit lacks the argument 'app'; it takes app
    """
    try:
        value = json.loads(text, object_pairs_hook=_object)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"the answer is not JSON ({error}); write one object") from error
    if not isinstance(value, dict):
        raise ValueError('the answer is not a JSON object; write {"kind": …}')
    allowed = ["kind"] if value.get("kind") == "note" else ["kind", "action", "arguments"]
    for key in value:
        if key not in allowed:
            raise ValueError(f"the answer has the key {key!r}; its keys are {', '.join(allowed)}")
    for key in allowed:
        if key not in value:
            raise ValueError(f"the answer lacks the key {key!r}; add it")
    answer = Answer(value["kind"], value.get("action", ""), value.get("arguments", {}))
    check(answer)
    return answer


def check(answer: Answer) -> None:
    """Raise `ValueError` unless the answer is a note or a call as the table has it."""
    if answer.kind == "note":
        if answer.action or answer.arguments:
            raise ValueError("a note has no action and no arguments; leave them out")
        return
    if answer.kind != "command":
        raise ValueError(f"the kind is {answer.kind!r}; it is 'note' or 'command'")
    if not isinstance(answer.action, str) or answer.action not in ACTIONS:
        raise ValueError(
            f"there is no action {answer.action!r}; choose one of {', '.join(ACTIONS)}"
        )
    if not isinstance(answer.arguments, Mapping):
        raise ValueError(f"the arguments of {answer.action} are not an object; write {{}}")
    _check_arguments(ACTIONS[answer.action], answer.arguments)


def _check_arguments(action: Action, given: Mapping[str, str]) -> None:
    known = {a.name: a for a in action.arguments}
    takes = f"it takes {', '.join(known) or 'none'}"
    for name, value in given.items():
        if name not in known:
            raise ValueError(f"{action.name} has no argument {name!r}; {takes}")
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{action.name} has the {name} {value!r}; write a text")
        words = CLOSED.get(known[name].kind)
        if words and value not in words:
            raise ValueError(
                f"{action.name} has the {name} {value!r}; choose one of {', '.join(words)}"
            )
    for name, argument in known.items():
        if name not in given and not argument.optional:
            raise ValueError(f"{action.name} lacks the argument {name!r}; {takes}")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("the answer has a key twice; write each once")
    return value
