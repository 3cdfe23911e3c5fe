"""How a display is said: by number, order, name or what it is for."""

from __future__ import annotations

import random
import re

from helpers.corpora.voice_requests.desktops import EXTERNAL
from helpers.corpora.voice_requests.scene import Mention, Scene
from helpers.tasks.desktop.context import Desktop, Display

ORDINALS = ("first", "second", "third", "fourth", "fifth")
NUMBERS = ("one", "two", "three", "four", "five")
SCREENS = ("monitor", "screen", "display")


def say_display(scene: Scene, missing: bool = False) -> Mention | None:
    """Say which display: by number, order, name or what it is for."""
    rng = scene.rng
    if scene.desktop is None:
        texts = [f"{rng.choice(ORDINALS[:3])} {rng.choice(SCREENS)}", "big screen",
                 "laptop screen", f"main {rng.choice(SCREENS)}", f"other {rng.choice(SCREENS)}",
                 f"external {rng.choice(SCREENS)}"]  # fmt: skip
        return Mention(rng.choice(texts), "", "the", "display")
    ways = _missing_displays(scene) if missing else _display_ways(scene)
    way, lead, text, target = rng.choice(ways)
    text = text if scene.written else text.lower()
    return Mention(text, target, lead, "display", (way,), missing)


def _display_ways(scene: Scene) -> list[tuple[str, str, str, str]]:
    """List (trait, determiner, words, name) for every display of the desktop."""
    rng, desktop = scene.rng, scene.desktop
    assert desktop is not None
    found = []
    for d in desktop.displays:
        number = rng.choice((str(d.index), NUMBERS[d.index - 1]))
        found.append(("display_number", "", f"{rng.choice(SCREENS)} {number}", d.name))
        words = f"{ORDINALS[d.index - 1]} {rng.choice(SCREENS)}"
        found.append(("display_order", "the", words, d.name))
        brand = re.split(r"[ -]", d.name)[0]
        if brand not in ("Built", "Pro", "Studio", "Sidecar", "Samsung", "LG", "DELL"):
            found.append(("display_name", "the", brand, d.name))
        if not d.name.startswith("Built-in"):
            found.append(("display_name", "the", d.name, d.name))
    return found + [("display_role", *role) for role in _roles(rng, desktop)]


def _roles(rng: random.Random, desktop: Desktop) -> list[tuple[str, str, str]]:
    displays, screen = desktop.displays, rng.choice(SCREENS)
    roles = [
        (
            "the",
            f"{rng.choice(('main', 'primary'))} {screen}",
            next(d.name for d in displays if d.primary),
        )
    ]
    built_in = [d for d in displays if d.name.startswith("Built-in")]
    outside = [d for d in displays if d not in built_in]
    if built_in:
        roles += [("my", "laptop screen", built_in[0].name), ("the", "laptop", built_in[0].name),
                  ("the", f"built-in {screen}", built_in[0].name)]  # fmt: skip
    if built_in and len(outside) == 1:
        roles.append(("the", f"external {screen}", outside[0].name))
    if len(displays) == 2:
        other = next(d for d in displays if d.index != desktop.focused_display)
        roles += [("the", f"other {screen}", other.name)] * 2
    by_size = sorted(displays, key=lambda d: d.width * d.height)
    if len(displays) > 1 and _area(by_size[-1]) > _area(by_size[-2]):
        roles += [("the", f"{rng.choice(('big', 'bigger', 'large'))} {screen}", by_size[-1].name)]
    if len(displays) > 1 and _area(by_size[0]) < _area(by_size[1]):
        roles += [("the", f"{rng.choice(('small', 'smaller'))} {screen}", by_size[0].name)]
    return roles


def _missing_displays(scene: Scene) -> list[tuple[str, str, str, str]]:
    rng, desktop = scene.rng, scene.desktop
    assert desktop is not None
    count, screen = len(desktop.displays), rng.choice(SCREENS)
    names = " ".join(d.name for d in desktop.displays)
    number = rng.choice((str(count + 1), NUMBERS[count]))
    found = [
        ("display_order", "the", f"{ORDINALS[count]} {screen}", ""),
        ("display_number", "", f"{screen} {number}", ""),
    ]
    model = rng.choice(EXTERNAL)[0]
    if model.split()[0] not in names and model not in ("Studio Display", "Sidecar Display"):
        found.append(("display_name", "the", model, ""))
    if "Built-in" not in names:
        found.append(("display_role", "my", "laptop screen", ""))
    if count == 1:
        found.append(("display_role", "the", f"other {screen}", ""))
    return found


def _area(display: Display) -> int:
    return display.width * display.height
