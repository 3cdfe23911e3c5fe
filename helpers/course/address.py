"""The repository's address: pyproject.toml has it, badges and set-up cells are written from it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

from helpers.core import paths
from helpers.core.files import replace_file

OPENING = "# On Colab: fetch the course, install what it needs, work inside it. Elsewhere: nothing."
SETUP_CELL = (
    OPENING
    + """
import os
import subprocess
import sys
from pathlib import Path

if "google.colab" in sys.modules:
    url = "{address}"
    if Path.cwd().name != "{name}":
        if not Path("{name}").exists():
            subprocess.run(["git", "clone", "--depth", "1", url], check=True)
        os.chdir("{name}")
    sys.path.insert(0, str(Path.cwd()))
    from helpers.course import colab

    colab.install()"""
)
BADGE = re.compile(r"^\[!\[Open In Colab\].*$", re.MULTILINE)
LINE = re.compile(r'^Repository = ".*"$', re.MULTILINE)
# git@github.com:a/b.git, ssh://git@github.com/a/b, https://name:secret@github.com/a/b.git
REMOTE = re.compile(r"(?:(?:ssh|https|git)://)?(?:[^@/]+@)?github\.com[:/]([\w-]+/[\w.-]+?)(?:\.git)?/?")
COLAB = "https://colab.research.google.com"


def address() -> str:
    """Return the repository's address, without a slash at its end."""
    project = tomllib.loads((paths.root() / "pyproject.toml").read_text("utf-8"))["project"]
    return project["urls"]["Repository"].rstrip("/")


def fork(remote: str) -> str:
    """Return the address of a repository on GitHub, from what git calls it; no secret is kept.

    Raises `ValueError` for one that is elsewhere.

    >>> fork("git@github.com:you/narrow-models.git")
    'https://github.com/you/narrow-models'
    >>> fork("https://you:secret@github.com/you/narrow-models")
    'https://github.com/you/narrow-models'
    """
    found = REMOTE.fullmatch(remote)
    if not found:
        where = re.sub(r"//[^@/]+@", "//", remote)
        raise ValueError(f"{where}: Colab opens GitHub alone; name https://github.com/you/your-fork")
    return f"https://github.com/{found[1]}"


def origin() -> str:
    """Return the address of this clone's `origin`; raises `ValueError` if it has none."""
    git = shutil.which("git")
    command = [git, "-C", str(paths.root()), "remote", "get-url", "origin"]
    done = subprocess.run(command, capture_output=True, text=True) if git else None
    if not done or done.returncode:
        what = "this clone has no remote called origin" if git else "git is missing"
        raise ValueError(f"{what}; name your fork: python -m helpers badges https://github.com/…")
    return fork(done.stdout.strip())


def move(repository: str) -> list[Path]:
    """Write an address into pyproject.toml and all notebooks; return the files that changed."""
    project = paths.root() / "pyproject.toml"
    notebooks = sorted((paths.root() / "notebooks").glob("*.ipynb"))
    before = {file: file.read_bytes() for file in (project, *notebooks)}
    text, count = LINE.subn(f'Repository = "{repository}"', project.read_text("utf-8"))
    if count != 1:
        raise ValueError(f"{project.name}: {count} lines begin with 'Repository ='; keep one")
    replace_file(project, text)
    for notebook in notebooks:
        write(notebook)
    return [file for file, content in before.items() if file.read_bytes() != content]


def setup_cell(repository: str) -> str:
    """Return the source of the set-up cell, the same in all notebooks.

    >>> [line.strip() for line in setup_cell("https://github.com/a/b").splitlines()][7:9]
    ['url = "https://github.com/a/b"', 'if Path.cwd().name != "b":']
    """
    return SETUP_CELL.format(address=repository, name=repository.rpartition("/")[2])


def badge(repository: str, notebook: str) -> str:
    """Return the line that opens a notebook on Colab.

    >>> badge("https://github.com/a/b", "01.ipynb").rpartition("(")[2]
    'https://colab.research.google.com/github/a/b/blob/main/notebooks/01.ipynb)'
    """
    slug = "/".join(repository.split("/")[-2:])
    target = f"{COLAB}/github/{slug}/blob/main/notebooks/{notebook}"
    return f"[![Open In Colab]({COLAB}/assets/colab-badge.svg)]({target})"


def write(notebook: Path) -> None:
    """Write the address into a notebook; its outputs stay, none comes from the set-up cell."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        source = with_address("".join(cell["source"]), address(), notebook.name)
        cell["source"] = source.splitlines(keepends=True)
    replace_file(notebook, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def with_address(source: str, repository: str, notebook: str) -> str:
    """Return a cell's source with this address: the set-up cell's, a badge's, or as it is.

    >>> with_address("print(1)", "https://github.com/a/b", "01.ipynb")
    'print(1)'
    """
    if is_setup(source):
        return setup_cell(repository)
    return BADGE.sub(badge(repository, notebook), source)


def is_setup(source: str) -> bool:
    """Return whether a cell is the set-up cell, of whatever address."""
    return source.startswith(OPENING)
