"""The command `course`: what is made from the pages, for readers and for teachers."""

from __future__ import annotations

import argparse
from collections.abc import Callable

Command = Callable[[str, Callable], argparse.ArgumentParser]


def add(command: Command) -> None:
    """Add the command."""
    sub = command("course", course)
    sub.add_argument("what", choices=sorted(MAKERS), help="what to make")


def course(options: argparse.Namespace) -> None:
    """Make what belongs to the pages: their glossary and table, quizzes and more, in build/."""
    MAKERS[options.what]()


def _write() -> None:
    from helpers.core import paths
    from helpers.course import glossary, overview

    notebooks = paths.root() / "notebooks"
    glossary.write(notebooks / "01_inspect_the_data.ipynb")
    overview.write(notebooks / "README.md")


def _quizzes() -> None:
    from helpers.core import paths
    from helpers.course import quizzes

    for page in quizzes.write(paths.root() / "build" / "quizzes"):
        print(paths.shown(page))


MAKERS = {"quizzes": _quizzes, "write": _write}
