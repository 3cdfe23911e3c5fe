"""Classes of wrong commands to a desktop: the first thing that differs from the call meant."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from helpers.evaluation.errors import Error, ErrorClass, not_an_error
from helpers.evaluation.grading import collapse
from helpers.tasks.desktop import context

CLASSES = {
    "malformed": "no answer of the form",
    "kind": "a note in place of a command, or a command in place of a note",
    "action": "another action",
    "argument_missing": "an argument is not there",
    "name_unresolved": "what was said, or another name, in place of the name that is meant",
    "name_not_on_desktop": "a name that neither the desktop nor the transcript has",
    "value": "another position or layout",
    "other": "an argument too many",
}
REMEDIES = {
    "malformed": "decode in the grammar, which allows whole answers alone; longer training",
    "kind": "rows near the line: notes that name an app, commands said in passing",
    "action": "rows that say both actions in other ways; for the rules a phrase more",
    "argument_missing": "decode in the grammar, if the action needs it; rows that say it",
    "name_unresolved": "another name for it in the desktop's listing; rows with such names",
    "name_not_on_desktop": "decode in the grammar, which allows names of the desktop or as said",
    "value": "rows that say this position or layout in other ways",
    "other": "rows of this action without the argument",
}
# Arguments that are names, and the desktop's list which may have them.
NAMES = {"app": "apps", "workspace": "workspaces", "display": "displays", "name": "workspaces"}


class Call(Protocol):
    """What an answer says."""

    kind: str
    action: str
    arguments: Mapping[str, str]


def classify(error: Error, parse: Callable[[str], Call]) -> ErrorClass:
    """Return the class of a wrong answer; raises `ValueError` for a right one.

    `parse` reads an answer and raises `ValueError` that says what is wrong with its form. The
    desktop is the row's context; a row may have none.
    """
    wanted = parse(error.example.target)
    try:
        given = parse(error.answer)
    except ValueError as problem:
        lacking = _lacking(error.answer, wanted)
        return _missing(lacking, wanted) if lacking else ErrorClass("malformed", str(problem))
    if (given.kind, given.action) != (wanted.kind, wanted.action):
        name = "kind" if given.kind != wanted.kind else "action"
        return ErrorClass(name, f"{wanted.action or wanted.kind} → {given.action or given.kind}")
    lacking = [name for name in wanted.arguments if name not in given.arguments]
    if lacking:
        return _missing(lacking, wanted)
    return _arguments(error, wanted.arguments, given.arguments)


def _lacking(answer: str, wanted: Call) -> list[str]:
    """List the missing arguments of the call that is meant; [] if more is wrong with its form."""
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError):
        return []
    if not isinstance(value, dict) or not isinstance(value.get("arguments"), dict):
        return []
    given = value.pop("arguments")
    meant = value == {"kind": wanted.kind, "action": wanted.action}
    whole = not meant or not given.keys() < wanted.arguments.keys()
    return [] if whole else [name for name in wanted.arguments if name not in given]


def _missing(names: list[str], wanted: Call) -> ErrorClass:
    listed = "; ".join(f"{name}: {wanted.arguments[name]}" for name in names)
    return ErrorClass("argument_missing", f"missing {listed}")


def _arguments(error: Error, wanted: Mapping[str, str], given: Mapping[str, str]) -> ErrorClass:
    """Return the class of the first argument that differs, in the order of the classes."""
    differing = {
        name: _kind(error, name, value, given[name])
        for name, value in wanted.items()
        if collapse(given[name]) != collapse(value)
    }
    for kind in CLASSES:
        found = [name for name, of in differing.items() if of == kind]
        if found:
            pairs = [f"{name}: {wanted[name]} → {given[name]}" for name in found]
            return ErrorClass(kind, "; ".join(pairs))
    added = [f"{name}: {given[name]}" for name in given if name not in wanted]
    if not added:
        raise not_an_error(error.example.id)
    return ErrorClass("other", f"added {'; '.join(added)}")


def _kind(error: Error, argument: str, wanted: str, given: str) -> str:
    if argument not in NAMES:
        return "value"
    known = called(error.example.context, NAMES[argument])
    said = collapse(given).lower() in collapse(error.example.prompt).lower()
    if wanted in known and not said and given.lower() not in {name.lower() for name in known}:
        return "name_not_on_desktop"
    return "name_unresolved"


def called(desktop: Any, what: str) -> set[str]:
    """Return what a desktop's apps, workspaces or displays are called, nicknames as well.

    >>> sorted(called({"apps": [{"name": "Slack", "aliases": ["team chat"]}]}, "apps"))
    ['Slack', 'team chat']
    """
    listed = (desktop or {}).get(what, [])
    if what == "displays" and desktop:
        return {display.name for display in context.told_apart(context.displays(desktop))}
    return {name for one in listed for name in (one["name"], *one.get("aliases", []))}
