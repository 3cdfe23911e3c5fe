"""What travels: the files git tracks, a data folder's rows, a base's files. Nothing else does.

Each goes into a folder named by its content, so what is there already is not sent again, and a
run's code is never changed under it.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers.core import fingerprints
from helpers.core.examples import SPLITS

ROWS = (*(f"{split}.jsonl" for split in SPLITS), "labels.json")
MODEL = re.compile(r".+\.safetensors|.+\.json|.+\.jinja|tokenizer\.model|(vocab|merges)\.txt")
SECRET = re.compile(
    r"\.env(\..+)?|\.netrc|\.pypirc|\.git-credentials|id_(rsa|dsa|ecdsa|ed25519)|.+\.(pem|key|p12)"
)


@dataclass(frozen=True)
class Bundle:
    """Files below a folder, and a name for their content."""

    folder: Path
    files: tuple[str, ...]
    digest: str

    @property
    def names(self) -> bytes:
        """The files' names, as rsync reads them."""
        return b"".join(name.encode() + b"\0" for name in self.files)


def bundle(folder: Path, files: Iterable[str]) -> Bundle:
    """Return files below a folder as a bundle; links count by where they point."""
    names = tuple(sorted(files))
    found = [[name, _content(folder / name)] for name in names]
    return Bundle(folder, names, fingerprints.digest(found))


def _content(file: Path) -> str:
    if file.is_symlink():
        return f"-> {file.readlink()}"
    with file.open("rb") as opened:
        mode = "x" if file.stat().st_mode & 0o100 else "-"
        return mode + hashlib.file_digest(opened, "sha256").hexdigest()


def code(root: Path) -> Bundle:
    """Return the files of a clone that git tracks, as they are now; raises `ValueError`.

    What looks like a key or a password is refused, tracked or not.
    """
    git = shutil.which("git")
    if not git:
        raise ValueError("git is missing on this machine; it says which files are the course's")
    done = subprocess.run(
        [git, "-C", str(root), "ls-files", "-z"], capture_output=True, check=False
    )
    if done.returncode:
        raise ValueError(f"{root} is no clone: {done.stderr.decode().strip()}; clone the course")
    return bundle(root, travelling(root, done.stdout.decode().split("\0")))


def travelling(root: Path, names: Iterable[str]) -> list[str]:
    """Return which tracked files are there and may travel; raises `ValueError` for a secret."""
    there = [name for name in names if name and (root / name).exists()]
    if secrets := [name for name in there if SECRET.fullmatch(Path(name).name)]:
        raise ValueError(f"{secrets[0]} looks like a secret; take it out of git (git rm --cached)")
    return [name for name in there if not name.startswith("runs/")]


def rows(folder: Path) -> Bundle:
    """Return a data folder's splits and labels."""
    return bundle(folder, [name for name in ROWS if (folder / name).is_file()])


def model(folder: Path) -> Bundle:
    """Return a base's weights, configuration, template and tokenizer; no checkpoints."""
    found = [file.name for file in folder.iterdir() if file.is_file()]
    return bundle(folder, [name for name in found if MODEL.fullmatch(name)])
