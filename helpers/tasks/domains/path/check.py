"""Paths as POSIX allows them, and a little stricter: names that no script stumbles over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

NAME_MAX, PATH_MAX = 255, 4096  # bytes, what POSIX systems take
# The portable names of POSIX, with @ and +, or a variable that stands for a name.
NAME = re.compile(r"[A-Za-z0-9._@+][A-Za-z0-9._@+-]*|\$[A-Za-z_]\w*|\$\{[A-Za-z_]\w*\}", re.ASCII)
HOME = re.compile(r"~[a-z_][a-z0-9_-]*|~", re.ASCII)
ROOT = re.compile("^/+")  # POSIX leaves open what two slashes mean; Linux and macOS take one
DOTS = re.compile(r"\.{3,}")


def formatted(texts: Sequence[str]) -> list[str | None]:
    """Return each path without what changes nothing in it, or None where it is none.

    >>> formatted(["//usr//local/./bin", "~/notes.txt", "..", "src/", "/"])
    ['/usr/local/bin', '~/notes.txt', '..', 'src', '/']
    >>> formatted(["", "my notes", "a\\0b", "/usr/-rf", "src/...", "a/~b", "$/x", "x" * 256])
    [None, None, None, None, None, None, None, None]
    """
    return [str(PurePosixPath(ROOT.sub("/", text))) if is_path(text) else None for text in texts]


def is_path(text: str) -> bool:
    """Whether a text is a path by this grammar: names between slashes, perhaps a ~ before them."""
    if not text or len(text.encode("utf-8", "replace")) > PATH_MAX:
        return False
    first, *rest = text.split("/")
    names = [name for name in ([] if HOME.fullmatch(first) else [first], rest) for name in name]
    return all(_is_name(name) for name in names if name)


def _is_name(name: str) -> bool:
    fits = len(name) <= NAME_MAX and not DOTS.fullmatch(name)
    return fits and NAME.fullmatch(name) is not None


def anchor(text: str) -> str:
    """Return where a path begins.

    >>> anchor("/etc/hosts"), anchor("~/bin"), anchor("../src"), anchor("$HOME/bin"), anchor("a/b")
    ('root', 'home', 'above', 'variable', 'here')
    """
    starts = {"/": "root", "~": "home", "..": "above", "$": "variable"}
    return next((name for sign, name in starts.items() if text.startswith(sign)), "here")
