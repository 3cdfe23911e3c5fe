"""Packages of npm's registry: packed by npm, verified, and never run or installed."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from pathlib import Path

from helpers.core.fetch import Archive, FetchError
from helpers.core.text import one_line

SHOWN = 200  # characters of npm's own words
MISSING = "npm is missing; install it (Debian: apt-get install npm), and start again"


def is_there() -> bool:
    """Return whether npm can be asked."""
    return shutil.which("npm") is not None


def download(archive: Archive, folder: Path) -> Path:
    """Fetch a package's archive into a folder, from the registry that npm is set up with.

    Raises `FetchError`, and for anything but the file whose digest is pinned.
    """
    if not is_there():
        raise FetchError(f"{archive}: {MISSING}")
    command = ["npm", "pack", f"{archive.package}@{archive.version}", "--ignore-scripts"]
    npm = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    files = list(folder.iterdir())
    if npm.returncode or len(files) != 1:
        lines = [line for line in npm.stderr.splitlines() if line.strip()]
        said = one_line(lines[0] if lines else "it says nothing")[:SHOWN]
        raise FetchError(
            f"{archive}: npm cannot have it ({said}); check the network and npm's registry, and "
            "start again"
        )
    if sha512(files[0]) != archive.sha512:
        raise FetchError(
            f"{archive}: {files[0].name} is not the file that is pinned; trust it in no case"
        )
    return files[0]


def sha512(file: Path) -> str:
    """Return a file's digest in base64, as `npm view PACKAGE dist.integrity` writes it."""
    with file.open("rb") as opened:
        return base64.b64encode(hashlib.file_digest(opened, "sha512").digest()).decode()
