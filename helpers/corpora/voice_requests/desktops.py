"""Desktops drawn at random: each row of the data stands on one of its own."""

from __future__ import annotations

import random
from dataclasses import replace

from helpers.corpora.voice_requests.apps import KnownApp, aliases, apps, by_name
from helpers.corpora.voice_requests.sounds import letters
from helpers.corpora.voice_requests.workspaces import draw_name, draw_path
from helpers.tasks.desktop.context import App, Desktop, Display, Workspace

BUILT_IN = (  # name, width, height
    ("Built-in Display", 1728, 1117),
    ("Built-in Display", 1512, 982),
    ("Built-in Retina Display", 1440, 900),
    ("Built-in Retina Display", 1680, 1050),
)
EXTERNAL = (
    ("DELL U2720Q", 2560, 1440),
    ("DELL S3422DW", 3440, 1440),
    ("LG UltraFine", 2560, 1440),
    ("LG HDR 4K", 3840, 2160),
    ("Studio Display", 2560, 1440),
    ("Pro Display XDR", 3008, 1692),
    ("BenQ PD3220U", 3840, 2160),
    ("Samsung Odyssey", 5120, 1440),
    ("Samsung TV", 1920, 1080),
    ("ASUS ProArt", 2560, 1440),
    ("HP Z27", 3840, 2160),
    ("Acer Predator", 2560, 1440),
    ("Philips 346B", 3440, 1440),
    ("AOC 24G2", 1920, 1080),
    ("EIZO ColorEdge", 1920, 1200),
    ("ViewSonic VP27", 2560, 1440),
    ("ThinkVision P27", 2560, 1440),
    ("Sidecar Display", 1366, 1024),
    ("Epson Projector", 1280, 720),
)
TWIN_TAILS = ("", "", " Export", " Plugin", " Docs", " Training", " Tests", " Extension", " Notes")


def draw_desktop(rng: random.Random, twin: bool = False) -> Desktop:
    """Draw 4–10 apps, 2–7 workspaces, 1–3 displays; a `twin` workspace is named after an app."""
    apps = _apps(rng)
    workspaces = _workspaces(rng)
    if twin:
        name = rng.choice(apps).name + rng.choice(TWIN_TAILS)
        if letters(name) not in {letters(w.name) for w in workspaces}:
            at = rng.randrange(len(workspaces))
            workspaces[at] = replace(workspaces[at], name=name, path="")
    displays = _displays(rng)
    return Desktop(tuple(workspaces), tuple(apps), displays, rng.choice(displays).index)


def _apps(rng: random.Random) -> list[App]:
    count = rng.randint(4, 10)
    drawn: dict[str, KnownApp] = {}
    while len(drawn) < count:
        app = rng.choice(apps())
        drawn[app.name] = app
    taken = {letters(form) for app in drawn.values() for form in (app.name, *app.short)}
    running = []
    for app in drawn.values():
        alias = _alias(rng, app, taken) if rng.random() < 0.3 else ""
        running.append(App(app.name, (alias,) if alias else ()))
        taken.add(letters(alias))
    return running


def _alias(rng: random.Random, app: KnownApp, taken: set[str]) -> str:
    if app.short and rng.random() < 0.4:
        return rng.choice(app.short)
    free = [alias for alias in aliases(app.kind) if letters(alias) not in taken]
    return rng.choice(free) if free else ""


def _workspaces(rng: random.Random) -> list[Workspace]:
    count = rng.randint(2, 7)
    chosen: dict[str, Workspace] = {}
    while len(chosen) < count:
        name = draw_name(rng)
        path = draw_path(rng, name) if rng.random() < 0.4 else ""
        chosen.setdefault(letters(name), Workspace(name, path))
    return list(chosen.values())


def _displays(rng: random.Random) -> tuple[Display, ...]:
    count = rng.choice((1, 2, 2, 2, 3))
    models = rng.sample(EXTERNAL, count)
    if rng.random() < 0.75:
        models[0] = rng.choice(BUILT_IN)
    if rng.random() < 0.2:
        rng.shuffle(models)
    primary = rng.randrange(count)
    return tuple(
        Display(n, name, width, height, n - 1 == primary)
        for n, (name, width, height) in enumerate(models, start=1)
    )


def kind_of(name: str) -> str:
    """Return the kind that nicknames refer to, or nothing for an app without one.

    >>> kind_of("Google Chrome"), kind_of("Steam")
    ('browser', '')
    """
    return by_name()[name].kind if name in by_name() else ""
