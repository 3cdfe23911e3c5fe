"""The answers a row allows, as a JSON schema: the desktop's names, stretches of the speech."""

from __future__ import annotations

from itertools import product
from typing import Any

from helpers.tasks.desktop.context import Desktop
from helpers.tasks.desktop.surface import ACTIONS, CLOSED, Action, Argument

EDGES = '.,!?;:"()'  # what a transcriber puts around words
MAX_NAME_WORDS = 5
MAX_STRETCHES = 400  # a transcript of 80 words; a name that begins later cannot be chosen


def stretches(transcript: str) -> list[str]:
    """List the names a transcript can hold: up to five words in a row, no punctuation between.

    >>> stretches("Save this, as deep work.")
    ['Save', 'Save this', 'this', 'as', 'as deep', 'as deep work', 'deep', 'deep work', 'work']
    """
    words = transcript.split()
    found: dict[str, None] = {}
    for start, end in product(range(len(words)), range(1, MAX_NAME_WORDS + 1)):
        if len(found) == MAX_STRETCHES:
            break
        run = words[start : start + end]
        name = " ".join(run).strip(EDGES)
        apart = any(word.rstrip(EDGES) != word for word in run[:-1])
        apart = apart or any(word.lstrip(EDGES) != word for word in run[1:])
        if len(run) == end and name and not apart:
            found[name] = None
    return list(found)


def names(desktop: Desktop | None, transcript: str) -> dict[str, list[str]]:
    """List what each kind of argument may be; without a desktop every name is a stretch."""
    spoken = stretches(transcript)
    found = {kind: list(words) for kind, words in CLOSED.items()} | {"new": spoken}
    if desktop is None:
        return found | {"app": spoken, "workspace": spoken, "display": spoken}
    return found | {
        "app": [a.name for a in desktop.apps],
        "workspace": [w.name for w in desktop.workspaces],
        "display": [d.name for d in desktop.displays],
    }


def schema(desktop: Desktop | None, transcript: str) -> dict[str, Any]:
    """Return the JSON schema of every answer to `transcript` on `desktop`, the note first.

    An action whose names this desktop lacks (no workspace to load) is left out.

    >>> schema(None, "")["anyOf"][0]["properties"]
    {'kind': {'const': 'note'}}
    """
    allowed = {kind: values for kind, values in names(desktop, transcript).items() if values}
    branches = [_object({"kind": {"const": "note"}})]
    for action in ACTIONS.values():
        branches += [
            _command(action, chosen)
            for chosen in _variants(action)
            if all(argument.kind in allowed for argument in chosen)
        ]
    return {
        "anyOf": branches,
        "$defs": {kind: {"enum": values} for kind, values in allowed.items()},
    }


def _variants(action: Action) -> list[list[Argument]]:
    """List the argument lists of an action: each optional argument is there or not."""
    choices = [[[a], []] if a.optional else [[a]] for a in action.arguments]
    return [[a for part in chosen for a in part] for chosen in product(*choices)]


def _command(action: Action, arguments: list[Argument]) -> dict[str, Any]:
    return _object(
        {
            "kind": {"const": "command"},
            "action": {"const": action.name},
            "arguments": _object({a.name: {"$ref": f"#/$defs/{a.kind}"} for a in arguments}),
        }
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
