"""How one name is said: in full, short, by nickname, misheard, and what it then stands for."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.corpora.voice_requests.apps import KnownApp, apps, by_name, nicknames
from helpers.corpora.voice_requests.desktops import kind_of
from helpers.corpora.voice_requests.scene import Mention, Scene
from helpers.corpora.voice_requests.sounds import alike, clear, far, letters, mishear
from helpers.corpora.voice_requests.workspaces import draw_name, spoken
from helpers.tasks.desktop.context import App, Workspace

CASED = {"vs code": "VS Code", "vscode": "VSCode", "obs": "OBS", "nvim": "nvim"}


def say_app(scene: Scene, missing: bool = False, plain: bool = False) -> Mention | None:
    """Say the name of an app, or return nothing where the draw would be unclear."""
    known, others = _pick_app(scene, missing)
    ways = [("", name) for name in [known.name] * 5]
    if not plain:
        ways += [("short", form) for form in known.short for _ in range(3 // len(known.short))]
        heard = scene.desktop is not None and not missing  # else the slip would be the answer
        ways += [("mangled", form) for form in known.mangled * 2 if heard]
        ways += [("nickname", form) for form in _nicknames(scene, known)[:2]]
        ways += [("alias", form) for form in _aliases(scene, known) for _ in range(7)]
    way, form = scene.rng.choice(ways)
    lead, text = _split_lead(form)
    wrong = [form for app in others for form in _forms(scene, app)]
    if way == "nickname":
        ok = all(alike(text, name) < 0.7 for name in wrong)
    elif missing:
        ok = far(text, wrong) and far(known.name, wrong)
    else:
        ok = _named(text, known.name) or clear(text, _forms(scene, known), wrong)
        ok = ok and (_named(text, known.name) or not _part_of(text, wrong))
    if not ok:
        return None
    text = text if way == "nickname" else _proper(scene, text, known.name)
    text = text if scene.written and way == "nickname" else scene.cased(text)
    traits = (way,) if way in ("mangled", "nickname", "alias") else ()
    target = known.name if scene.desktop and not missing else ""
    return Mention(text, target, lead, "app", traits, missing)


def say_workspace(scene: Scene, missing: bool = False, plain: bool = False) -> Mention | None:
    """Say the name of a workspace, sometimes misheard or by its folder."""
    known, others = _pick_workspace(scene, missing)
    name, leaf = spoken(known.name), spoken(known.path.rpartition("/")[2])
    wrong = [form for w in others for form in (spoken(w.name), spoken(w.path.rpartition("/")[2]))]
    roll = scene.rng.random()
    text, trait = name, ""
    if not plain and roll < 0.36 and scene.desktop and not missing:
        text, trait = mishear(scene.rng, name), "mangled"
    elif not plain and roll < 0.66 and leaf and letters(leaf) != letters(name) and not missing:
        text, trait = leaf, "path_hint"
    if missing:
        ok = far(text, wrong) and far(name, wrong)
    else:
        ok = _named(text, name) or clear(text, [name, leaf], wrong)
        ok = ok and (_named(text, name) or not _part_of(text, wrong))
    if not ok:
        return None
    trait = "" if text.lower() == name.lower() else trait
    target = known.name if scene.desktop and not missing else ""
    return Mention(scene.cased(text), target, "", "workspace", (trait,) if trait else (), missing)


def say_new(scene: Scene) -> Mention:
    """Say a name that nothing has yet; the words themselves are the name."""
    name = spoken(draw_name(scene.rng))
    taken = {letters(w.name) for w in scene.desktop.workspaces} if scene.desktop else set()
    while letters(name) in taken:
        name = spoken(draw_name(scene.rng))
    text = name if scene.written and scene.rng.random() < 0.6 else name.lower()
    return Mention(text, kind="name")


def say_any(scene: Scene, missing: bool = False, plain: bool = False) -> Mention | None:
    """Say a bare name after "switch to": a workspace goes before an app of the same name."""
    desktop = scene.desktop
    running = [a.name for a in desktop.apps] if desktop else []
    workspaces = [spoken(w.name) for w in desktop.workspaces] if desktop else []
    if scene.rng.random() < 0.55:
        mention = say_workspace(scene, missing, plain)
        return mention if mention and (not missing or far(mention.text, running)) else None
    mention = say_app(scene, missing, plain)
    if mention is None or (missing and not far(mention.text, workspaces)):
        return None
    return mention if max((alike(mention.text, w) for w in workspaces), default=0) < 0.75 else None


def _pick_app(scene: Scene, missing: bool) -> tuple[KnownApp, Iterable[App]]:
    if scene.desktop is None:
        return scene.rng.choice(apps()), ()
    running = {a.name for a in scene.desktop.apps}
    if missing:
        return scene.rng.choice([a for a in apps() if a.name not in running]), scene.desktop.apps
    name = scene.rng.choice(scene.desktop.apps).name
    return by_name()[name], [a for a in scene.desktop.apps if a.name != name]


def _pick_workspace(scene: Scene, missing: bool) -> tuple[Workspace, Iterable[Workspace]]:
    if scene.desktop is None or missing:
        return Workspace(draw_name(scene.rng)), scene.desktop.workspaces if scene.desktop else ()
    workspace = scene.rng.choice(scene.desktop.workspaces)
    return workspace, [w for w in scene.desktop.workspaces if w != workspace]


def _forms(scene: Scene, app: App | KnownApp) -> list[str]:
    known = by_name()[app.name]
    return [known.name, *known.short, *known.mangled, *_aliases(scene, known)]


def _aliases(scene: Scene, known: KnownApp) -> tuple[str, ...]:
    running = scene.desktop.apps if scene.desktop else ()
    return next((a.aliases for a in running if a.name == known.name), ())


def _nicknames(scene: Scene, known: KnownApp) -> list[str]:
    """List the nicknames that mean this app and no other that runs."""
    running = [kind_of(a.name) for a in scene.desktop.apps] if scene.desktop else []
    runs = scene.desktop is not None and known.name in {a.name for a in scene.desktop.apps}
    if not known.kind or running.count(known.kind) != int(runs):
        return []
    names = list(nicknames(known.kind))
    scene.rng.shuffle(names)
    return names


def _named(text: str, name: str) -> bool:
    return letters(text) == letters(name)


def _part_of(text: str, names: Iterable[str]) -> bool:
    words = set(text.lower().split())
    return any(words <= set(name.lower().split()) for name in names)


def _split_lead(form: str) -> tuple[str, str]:
    lead, _, rest = form.partition(" ")
    return (lead, rest) if lead in ("the", "my") else ("", form)


def _proper(scene: Scene, text: str, name: str) -> str:
    """Write a short or misheard form with the capitals a transcriber would give it."""
    at = name.lower().find(text.lower())
    if at >= 0:
        return name[at : at + len(text)]
    return CASED.get(text, text.title() if scene.rng.random() < 0.5 else text)
