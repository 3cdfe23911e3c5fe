"""The commands `course` and `badges`: what is made from the pages, and where they lead."""

from __future__ import annotations

import argparse
from collections.abc import Callable

Command = Callable[[str, Callable], argparse.ArgumentParser]


def add(command: Command) -> None:
    """Add the commands."""
    sub = command("course", course)
    sub.add_argument("what", choices=sorted(MAKERS), help="what to make")
    sub = command("badges", badges)
    sub.add_argument("address", nargs="?", default="", help="of your fork; else git's origin")


def course(options: argparse.Namespace) -> None:
    """Make what belongs to the pages: their glossary and table, quizzes and more, in build/."""
    MAKERS[options.what]()


def badges(options: argparse.Namespace) -> None:
    """Let badges and set-up cells, and what the course says of itself, name your fork."""
    from helpers.core import paths
    from helpers.course import address

    repository = address.fork(options.address) if options.address else address.origin()
    for file in address.move(repository):
        print(paths.shown(file))
    print(f"badges and set-up cells lead to {repository}; commit and push them")


def _write() -> None:
    from helpers.core import paths
    from helpers.course import glossary, overview

    notebooks = paths.root() / "notebooks"
    glossary.write(notebooks / "01_inspect_the_data.ipynb")
    overview.write(notebooks / "README.md")


def _made(name: str) -> None:
    """Make a folder of build/ anew, and name its files."""
    import importlib
    import shutil

    from helpers.core import paths

    target = paths.root() / "build" / name
    shutil.rmtree(target, ignore_errors=True)
    for file in importlib.import_module(f"helpers.course.{name}").write(target):
        print(paths.shown(file))


def _kit() -> None:
    from helpers.core import paths
    from helpers.course import kit

    print(kit.make(paths.root() / "build" / "offline-kit"))


def _check() -> None:
    """Make everything, and look for dead links, silent pictures, and what a browser finds."""
    from helpers.core import paths
    from helpers.course import browsing, checks

    for name in MADE:
        _made(name)
    found = [
        f"{name}/{problem}"
        for name in MADE
        if name != "solutions"  # notebooks; each solution was run when it was written
        for problem in checks.problems(paths.root() / "build" / name)
    ]
    for name in ("quizzes", "site", "slides"):
        looked = browsing.problems(paths.root() / "build" / name, legible=name == "site")
        found += [f"{name}/{problem}" for problem in looked]
    if found:
        raise ValueError("\n".join([f"{len(found)} things to mend in build/:", *found]))
    print("quizzes, slides, site: no dead link, no picture without words, nothing from elsewhere,")
    print("and a browser as narrow as a phone finds nothing wrong (axe)")


MADE = ("quizzes", "solutions", "slides", "site")
MAKERS = {
    "check": _check,
    "offline-kit": _kit,
    "quizzes": lambda: _made("quizzes"),
    "site": lambda: _made("site"),
    "slides": lambda: _made("slides"),
    "solutions": lambda: _made("solutions"),
    "write": _write,
}
