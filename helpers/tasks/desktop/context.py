"""A desktop as a row's `context` tells it: saved workspaces, running apps, displays.

Only names that stand here can be acted on, so every name is checked once, when it is read.
Displays of one name are told apart by their number, "Studio Display (3)", and windows of one app
are one app.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from helpers.core.examples import Example

Item = TypeVar("Item")


@dataclass(frozen=True)
class Workspace:
    """A saved arrangement of windows; `path` is the folder it belongs to, or empty."""

    name: str
    path: str = ""


@dataclass(frozen=True)
class App:
    """A running app; `aliases` are further names this desktop's owner gave it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Display:
    """A screen; `index` counts from 1, so "the second monitor" and "display 2" are the same.

    `model` is the name it shares with other screens, where `name` tells it apart from them.
    """

    index: int
    name: str
    width: int
    height: int
    primary: bool = False
    model: str = ""


@dataclass(frozen=True)
class Desktop:
    """What stands on the desktop now; `focused_display` is the index of the display in use."""

    workspaces: tuple[Workspace, ...]
    apps: tuple[App, ...]
    displays: tuple[Display, ...]
    focused_display: int

    @property
    def focused(self) -> Display:
        """Return the display in use."""
        return next(d for d in self.displays if d.index == self.focused_display)


def from_json(value: Any) -> Desktop:
    """Read a desktop from plain JSON; raises `ValueError` that names the item and the fix.

    >>> from_json({"workspaces": [], "apps": [{"nam": "Slack"}], "displays": [],
    ...            "focused_display": 1})
    Traceback (most recent call last):
    ValueError: context: apps 1 has the unknown key 'nam'; its keys are name, aliases
    """
    _only_keys(value, "the desktop", ("workspaces", "apps", "displays", "focused_display"))
    desktop = Desktop(
        workspaces=_workspaces(value),
        apps=_one_each(_list(value, "apps", _app)),
        displays=told_apart(displays(value)),
        focused_display=_number(value, "focused_display", "the desktop"),
    )
    indexes = [d.index for d in desktop.displays]
    if desktop.focused_display not in indexes:
        raise ValueError(
            f"context: 'focused_display' is {desktop.focused_display}, but the displays are "
            f"numbered {indexes}; name one of them"
        )
    return desktop


def displays(value: Any) -> tuple[Display, ...]:
    """Read the displays of a desktop in plain JSON, with the names that they have there."""
    return _list(value, "displays", _display)


def to_json(desktop: Desktop) -> dict[str, Any]:
    """Return the desktop as plain JSON; what is empty (a path, the aliases) is left out."""
    return {
        "workspaces": [
            {"name": w.name} | ({"path": w.path} if w.path else {}) for w in desktop.workspaces
        ],
        "apps": [
            {"name": a.name} | ({"aliases": list(a.aliases)} if a.aliases else {})
            for a in desktop.apps
        ],
        "displays": [
            {"index": d.index, "name": d.model or d.name, "width": d.width, "height": d.height}
            | ({"primary": True} if d.primary else {})
            for d in desktop.displays
        ],
        "focused_display": desktop.focused_display,
    }


def render(desktop: Desktop) -> str:
    """Return the desktop as the three lines that stand in a model's prompt.

    >>> print(render(Desktop((Workspace("Nexus", "~/code/nexus"),),
    ...                      (App("Slack"), App("Google Chrome", ("web",))),
    ...                      (Display(1, "Built-in Display", 1728, 1117, True),), 1)))
    workspaces: Nexus (~/code/nexus)
    apps: Slack; Google Chrome (web)
    displays: 1 Built-in Display 1728x1117 primary focused
    """
    workspaces = [w.name + (f" ({w.path})" if w.path else "") for w in desktop.workspaces]
    apps = [a.name + (f" ({', '.join(a.aliases)})" if a.aliases else "") for a in desktop.apps]
    displays = [
        f"{d.index} {d.name} {d.width}x{d.height}"
        + (" primary" if d.primary else "")
        + (" focused" if d.index == desktop.focused_display else "")
        for d in desktop.displays
    ]
    lines = {"workspaces": workspaces, "apps": apps, "displays": displays}
    return "\n".join(f"{title}: {'; '.join(items) or 'none'}" for title, items in lines.items())


def _workspaces(value: Any) -> tuple[Workspace, ...]:
    items = _list(value, "workspaces", _workspace)
    names = [item.name for item in items]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise ValueError(
                f"context: workspaces {number + 1} repeats the name {name!r}; rename one"
            )
    return items


def _list(value: Any, key: str, read: Callable[[Any, str], Item]) -> tuple[Item, ...]:
    entries = value.get(key)
    if not isinstance(entries, list):
        raise ValueError(f"context: '{key}' is not a list; write [] if there are none")
    return tuple(read(entry, f"{key} {n}") for n, entry in enumerate(entries, start=1))


def _one_each(apps: Sequence[App]) -> tuple[App, ...]:
    """Return each app once, with all the names it has: two windows of Finder are one Finder."""
    once: dict[str, App] = {}
    for app in apps:
        known = once.setdefault(app.name, app).aliases
        more = tuple(alias for alias in app.aliases if alias not in known)
        once[app.name] = App(app.name, known + more)
    return tuple(once.values())


def told_apart(displays: Sequence[Display]) -> tuple[Display, ...]:
    """Return displays with names of their own; raises `ValueError` if two have one number.

    >>> pair = [Display(n, "Studio Display", 2560, 1440) for n in (2, 3)]
    >>> [display.name for display in told_apart(pair)]
    ['Studio Display (2)', 'Studio Display (3)']
    """
    if len({display.index for display in displays}) != len(displays):
        raise ValueError("context: two displays have one index; number them 1, 2, 3 …")
    names = Counter(display.name for display in displays)
    if len(names) == len(displays):
        return tuple(displays)
    apart = [d if names[d.name] == 1 else _numbered(d) for d in displays]
    return told_apart(apart)  # one may have been called "Studio Display (3)" all along


def _numbered(display: Display) -> Display:
    name = f"{display.name} ({display.index})"
    return replace(display, name=name, model=display.model or display.name)


def _workspace(entry: Any, item: str) -> Workspace:
    _only_keys(entry, item, ("name", "path"))
    return Workspace(_text(entry, "name", item), _text(entry, "path", item, default=""))


def _app(entry: Any, item: str) -> App:
    _only_keys(entry, item, ("name", "aliases"))
    aliases = entry.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(a, str) and a for a in aliases):
        raise ValueError(f"context: {item} has 'aliases' that are not a list of names")
    return App(_text(entry, "name", item), tuple(aliases))


def _display(entry: Any, item: str) -> Display:
    _only_keys(entry, item, ("index", "name", "width", "height", "primary"))
    primary = entry.get("primary", False)
    if not isinstance(primary, bool):
        raise ValueError(f"context: {item} has 'primary' {primary!r}; write true or false")
    width, height = (_number(entry, key, item) for key in ("width", "height"))
    return Display(
        _number(entry, "index", item), _text(entry, "name", item), width, height, primary
    )


def _only_keys(entry: Any, item: str, known: tuple[str, ...]) -> None:
    if not isinstance(entry, dict):
        raise ValueError(f"context: {item} is not a JSON object; its keys are {', '.join(known)}")
    for key in entry:
        if key not in known:
            raise ValueError(
                f"context: {item} has the unknown key {key!r}; its keys are {', '.join(known)}"
            )


def _text(entry: dict[str, Any], key: str, item: str, default: str | None = None) -> str:
    text = entry.get(key, default)
    if not isinstance(text, str) or (not text.strip() and default is None) or "\n" in text:
        raise ValueError(f"context: {item} has the {key} {text!r}; write one line of text")
    return text


def _number(entry: dict[str, Any], key: str, item: str) -> int:
    number = entry.get(key)
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise ValueError(f"context: {item} has the {key} {number!r}; write a whole number from 1")
    return number


def desktop_of(example: Example) -> Desktop | None:
    """Return the desktop a row was said beside, or None."""
    return None if example.context is None else from_json(example.context)
