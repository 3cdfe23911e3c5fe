"""Apps that people run: what each is for, how its name is shortened, how it is misheard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers.corpora.tables import parted, sections


@dataclass(frozen=True)
class KnownApp:
    """An app as people speak of it; `kind` is empty where no nickname means it."""

    name: str
    kind: str
    short: tuple[str, ...]
    mangled: tuple[str, ...]


@cache
def apps() -> tuple[KnownApp, ...]:
    """Return every app; a name that ends in `*` in the table is of no kind.

    >>> apps()[0].name, apps()[0].kind, apps()[0].short
    ('Google Chrome', 'browser', ('chrome',))
    """
    table = sections("voice_requests", "apps")
    return tuple(_app(kind, line) for kind, lines in table.items() for line in lines)


@cache
def by_name() -> dict[str, KnownApp]:
    """Return every app by its name."""
    return {app.name: app for app in apps()}


def nicknames(kind: str) -> tuple[str, ...]:
    """Return what people call the one app of a kind; its determiner stands apart.

    >>> nicknames("3d"), nicknames("other")
    (('the 3D app', 'the 3D program'), ())
    """
    return parted(sections("voice_requests", "nicknames").get(kind, ()))


def aliases(kind: str) -> tuple[str, ...]:
    """Return names an owner might give an app of a kind, told in the desktop itself."""
    return parted(sections("voice_requests", "aliases").get(kind, ()))


def _app(kind: str, line: str) -> KnownApp:
    name, short, misheard = (part.strip() for part in line.split("|"))
    plain = name.removesuffix(" *")
    return KnownApp(plain, kind if plain == name else "", parted([short]), parted([misheard]))
